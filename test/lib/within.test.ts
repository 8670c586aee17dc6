import { expect, it } from 'vitest';
import { within } from '../../src/lib/within.ts';
import { VirtualClock } from '../support/clock.ts';

it('gives what was there in time, and lets go of the clock', async () => {
  const clock = new VirtualClock(0);
  expect(await within(clock, 1000, Promise.resolve('there'))).toEqual({ value: 'there' });
  await expect(within(clock, 1000, Promise.reject(new Error('wrong')))).rejects.toThrow('wrong');
});

it('gives nothing when it takes longer', async () => {
  const clock = new VirtualClock(0);
  const waited = within(clock, 1000, new Promise(() => {}));
  await clock.advance(1000);
  expect(await waited).toBeUndefined();
});
