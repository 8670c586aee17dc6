import { expect, test } from 'vitest';
import { inSlack, startHouse } from '../../support/house.ts';
import { TITLES } from '../../support/titles.ts';
import { buttonsIn, startFake, textIn } from './bench.ts';

type Fake = Awaited<ReturnType<typeof startFake>>;

const titled = (fake: Fake, title: string, channel = 'C1') =>
  fake.until(() => fake.state.messages.find((one) => one.channel === channel && textIn(one.blocks).includes(title)));

test('a video goes through all stages in one message, and is in its thread then', async () => {
  const fake = await startFake();
  const house = await startHouse({ settings: inSlack(fake) });
  await fake.command('/video', 'a *dragon* &lt;!here&gt; model:pro seed:7');
  await titled(fake, TITLES.generating);
  const done = await titled(fake, TITLES.delivered);
  const clip = fake.state.messages.find(({ threadTs }) => threadTs === done.ts)?.files[0];
  expect(clip?.name).toMatch(/^dailies-.+\.mp4$/);
  expect(clip?.bytes?.subarray(4, 8).toString()).toBe('ftyp');
  expect(textIn(done.blocks)).toMatch(/Seedance 1\.0 Pro[\s\S]*Seed:\s+7/);
  expect(fake.state.messages).toHaveLength(2);
  expect(house.sandbox.requests).toHaveLength(1);
  expect(house.lines.join()).not.toContain(fake.botToken);
});

test('a private one is in the direct message alone', async () => {
  const fake = await startFake();
  await startHouse({ settings: inSlack(fake) });
  await fake.command('/video', 'a dragon --private');
  await titled(fake, TITLES.delivered, 'DU1');
  expect(fake.state.messages.every(({ channel }) => channel === 'DU1')).toBe(true);
});

test('a restart in between loses nothing, and buttons go on working', async () => {
  const fake = await startFake();
  const house = await startHouse({ settings: inSlack(fake) });
  await fake.command('/video', 'a dragon');
  await titled(fake, TITLES.generating);
  await house.restart();
  const done = await titled(fake, TITLES.delivered);
  expect(house.sandbox.requests).toHaveLength(1);
  const again = buttonsIn(done.blocks).find((button) => button.action_id.startsWith('d:again'));
  await fake.press(done, again?.action_id ?? '', again?.value ?? '');
  await fake.until(() => fake.state.messages.filter((one) => textIn(one.blocks).includes(TITLES.delivered))[1]);
  const remove = buttonsIn(done.blocks).find((button) => button.action_id.startsWith('d:delete'));
  await fake.press(done, remove?.action_id ?? '', remove?.value ?? '', { user: 'U2' });
  await fake.until(() => fake.state.whispers.find(({ user }) => user === 'U2'));
  expect(done.deleted).toBe(false);
  await fake.press(done, remove?.action_id ?? '', remove?.value ?? '');
  await fake.until(() => done.deleted);
});

test('what is wrong is said to the asker alone, and nothing is spent', async () => {
  const fake = await startFake();
  const house = await startHouse({ settings: inSlack(fake) });
  for (const text of ['model:pro', 'a dragon model:ultra', '"\u200b"', 'x'.repeat(40_000)]) {
    const before = fake.state.whispers.length;
    await fake.command('/video', text);
    const whisper = await fake.until(() => fake.state.whispers[before]);
    expect(textIn(whisper.blocks)).toContain(TITLES.refused);
  }
  await fake.until(() => fake.state.messages.every(({ deleted }) => deleted));
  expect(house.sandbox.requests).toHaveLength(0);
});

test('whom an admin names moderates from then on: a member, or all of a user group', async () => {
  const fake = await startFake();
  fake.state.users.set('U3', { id: 'U3' });
  fake.state.userGroups.set('S1CREW', ['U3']);
  await startHouse({ settings: inSlack(fake) });
  await fake.command('/video', 'a dragon');
  const done = await titled(fake, TITLES.delivered);
  const remove = buttonsIn(done.blocks).find((button) => button.action_id.startsWith('d:delete'));
  const press = (user: string) => fake.press(done, remove?.action_id ?? '', remove?.value ?? '', { user });
  await press('U3');
  await fake.until(() => fake.state.whispers.find(({ user }) => user === 'U3'));
  fake.state.users.set('UADMIN', { id: 'UADMIN', admin: true });
  await fake.command('/video-moderate', 'moderators add <!subteam^S1CREW|@crew>', { user: 'UADMIN' });
  await fake.until(() => fake.state.whispers.find(({ user }) => user === 'UADMIN'));
  await press('U3');
  await fake.until(() => fake.state.messages.find(({ ts, deleted }) => ts === done.ts && deleted));
});
