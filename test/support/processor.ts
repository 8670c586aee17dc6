/** How much of the processor's time this takes, in ms: what other processes take meanwhile does not count. */
export function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What is read at once takes a hundredth of this; what looks at each character for each other one never ends, in ms. */
export const AT_ONCE_MS = 5000;
