/** Loaded before a program that is measured (`--import`, with `--expose-gc`); tells its memory when it is asked. */

/** What a process takes. */
export interface Footprint {
  /** Resident memory, in bytes. */
  rss: number;
  /** Live objects of JavaScript, in bytes. */
  heap: number;
  /** Processor time since the start, in ms. */
  cpuMs: number;
}

process.on('message', (message) => {
  if (message !== 'measure') return;
  const { user, system } = process.cpuUsage();
  // What only a finalizer frees goes with the second one.
  for (let round = 0; round < 2; round += 1) globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heap: heapUsed, cpuMs: (user + system) / 1000 } satisfies Footprint);
});
// A parent that died can't end this process any more.
process.on('disconnect', () => process.exit());
