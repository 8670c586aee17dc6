/**
 * Loaded into the child process before the program (`node --import`): makes its time run faster, and ends it by SIGKILL
 * at the fault points that it is told. The program itself has no way to be told such a thing.
 */
import { appendFileSync } from 'node:fs';
import { systemClock } from '../../src/lib/clock.ts';
import { onFaultPoint } from '../../src/lib/fault-points.ts';

const { CHAOS_EPOCH = '0', CHAOS_SPEED = '1', CHAOS_KILL_AT = '', CHAOS_TRACE = '' } = process.env;
const epoch = Number(CHAOS_EPOCH);
const speed = Number(CHAOS_SPEED);
const sleep = systemClock.sleep;

// The same moment for every process of a run, so that time does not jump at a restart.
systemClock.now = () => epoch + (Date.now() - epoch) * speed;
systemClock.sleep = (ms, signal) => sleep(ms / speed, signal);

/** `name#count`: at the count-th time that the place is reached. */
const [place = '', count = '1'] = CHAOS_KILL_AT.split('#');
let reached = 0;
onFaultPoint((name) => {
  if (name !== place) return;
  reached += 1;
  if (reached < Number(count)) return;
  if (CHAOS_TRACE) appendFileSync(CHAOS_TRACE, `${name}\n`);
  process.kill(process.pid, 'SIGKILL');
});
