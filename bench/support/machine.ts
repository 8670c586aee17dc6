import { availableParallelism, cpus, loadavg } from 'node:os';

/** What a number depends on besides the program: cores, Node, and how busy the machine is with other things. */
export function machineFacts(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  return `Node ${process.versions.node}, ${availableParallelism()} cores (${model}), ${process.platform}, load ${load} at the start`;
}
