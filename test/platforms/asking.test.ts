import { MessageFlags } from 'discord.js';
import { expect, it } from 'vitest';
import { inDiscord, inSlack, startHouse } from '../support/house.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';
import { startFake as startDiscord } from './discord/bench.ts';
import { buttonsIn, startFake as startSlack, textIn } from './slack/bench.ts';

// The playground is asked in test/commands/asking.test.ts.

const { asking } = en;

it('in Discord the question is private, outlives a restart, and the video is for all to see', async () => {
  const fake = await startDiscord();
  const { sandbox, restart } = await startHouse({ settings: inDiscord(fake) });
  const userId = '400000000000000001';
  const said = fake.slash({ name: 'video', options: { prompt: 'a dog model:pro, duration 10' }, userId });
  const question = await said.followUp();
  expect(question.flags & MessageFlags.Ephemeral).not.toBe(0);
  expect(JSON.stringify(question.embeds)).toContain(asking.text({ words: 'model:pro, duration 10' }));
  const buttons = question.components.flatMap(({ components }) => components);
  expect(buttons.map(({ label }) => label)).toEqual(['Use as option · 3 credits', 'Keep in the prompt · 1 credit']);
  expect(sandbox.requests).toEqual([]);
  await restart();
  const pressed = fake.press(question, buttons[0]?.custom_id ?? '', { userId });
  const reply = await pressed.reply(({ embeds }) => embeds[0]?.title === TITLES.delivered);
  expect(reply.flags & MessageFlags.Ephemeral).toBe(0);
  expect(sandbox.requests.map(({ body }) => body)).toMatchObject([{ prompt: 'a dog', duration: 10 }]);
});

it('in Slack the question is private, outlives a restart, and the video is for all to see', async () => {
  const fake = await startSlack();
  fake.state.users.set('U3', { id: 'U3' });
  const { sandbox, restart } = await startHouse({ settings: inSlack(fake) });
  await fake.command('/video', 'a dog duration 10', { user: 'U3' });
  const question = await fake.until(() => fake.state.whispers.find(({ user }) => user === 'U3'));
  expect(textIn(question.blocks)).toContain(asking.text({ words: 'duration 10' }));
  const [use, keep] = buttonsIn(question.blocks);
  if (!use || !keep) throw new Error('expected two buttons');
  expect(sandbox.requests).toEqual([]);
  expect(fake.state.messages.filter(({ deleted }) => !deleted)).toEqual([]);
  await restart();
  await fake.press({ ...question, channel: 'C1', ts: '1.1', threadTs: undefined }, use.action_id, use.value, {
    user: 'U3',
    ephemeral: true,
  });
  const done = await fake.until(() =>
    fake.state.messages.find(({ blocks }) => textIn(blocks).includes(TITLES.delivered)),
  );
  expect(done.channel).toBe('C1');
  expect(sandbox.requests.map(({ body }) => body)).toMatchObject([{ prompt: 'a dog', duration: 10 }]);
});
