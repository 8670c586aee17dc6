import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { SeenEvents } from '../../../src/platforms/slack/seen-events.ts';
import { openStore } from '../../../src/store/store.ts';
import { VirtualClock } from '../../support/clock.ts';
import { tempFolder } from '../../support/temp.ts';

it('what comes again within an hour is not new, and is forgotten later', async () => {
  const clock = new VirtualClock();
  const seen = new SeenEvents(clock);
  expect([await seen.isNew('event 1'), await seen.isNew('event 1'), await seen.isNew('event 2')]).toEqual([
    true,
    false,
    true,
  ]);
  await clock.advance(66 * 60_000);
  expect(await seen.isNew('event 1')).toBe(true);
});

it('what comes to several processes is new to one of them', async () => {
  const store = await openStore(`sqlite:${join(await tempFolder(), 'dailies.db')}`);
  onTestFinished(() => store.close());
  const processes = [1, 2, 3].map(
    () => new SeenEvents(systemClock, (key, expiresAt) => store.keepFirst('slack-seen', key, '', expiresAt)),
  );
  const answers = await Promise.all(processes.map((seen) => seen.isNew('event 1')));
  expect(answers.filter(Boolean)).toHaveLength(1);
});
