import { describe, expect, it } from 'vitest';
import type { Handle } from '../fakes/discord/index.ts';
import type { FakeMessage } from '../fakes/discord/state.ts';
import { startFake as startDiscord } from '../platforms/discord/bench.ts';
import { startFake as startSlack, textIn } from '../platforms/slack/bench.ts';
import { inDiscord, inSlack, startHouse } from '../support/house.ts';
import { TITLES } from '../support/titles.ts';

/** A member and a moderator in some chat, as they talk with the bot; each resolves when the text is there to be read. */
interface Talk {
  /** Sets the member's own rule. */
  allow(credits: string): Promise<string>;
  /** The same, said by the member. */
  allowMyself(credits: string): Promise<string>;
  /** The member asks for a video of one credit. */
  video(): Promise<string>;
}

const MANAGE_GUILD = String(1 << 5);

async function inThePlayground(): Promise<Talk> {
  const { chat } = await startHouse();
  const read = async (id: string, as: string) => {
    const { card } = await chat.until(
      id,
      ({ card }) => card?.tone !== undefined && !['waiting', 'working'].includes(card.tone),
      as,
    );
    return [card?.title, card?.text].join('\n');
  };
  const allow = async (credits: string, as: string) =>
    read(await chat.say('moderate quota set', { member: 'web:ada', credits, per: 'day' }, as), as);
  return {
    allow: (credits) => allow(credits, 'web:mo'),
    allowMyself: (credits) => allow(credits, 'web:ada'),
    video: async () => read(await chat.video('a dragon'), 'web:ada'),
  };
}

async function inADiscordServer(): Promise<Talk> {
  const fake = await startDiscord();
  await startHouse({ settings: inDiscord(fake) });
  const userId = '400000000000000001';
  const ended = (message: FakeMessage) =>
    !message.deleted && /"title":"(?!Waiting|Sending|Making|Fetching)/.test(JSON.stringify(message.embeds));
  // What everybody may read is in the reply, a word to one alone in a message after it.
  const read = async (handle: Handle) =>
    JSON.stringify((await Promise.any([handle.reply(ended), handle.followUp()])).embeds);
  const allow = (credits: string, actor: object) =>
    read(
      fake.slash({
        name: 'moderate quota set',
        options: { member: { pick: 'user', id: userId, roles: [] }, credits, per: 'day' },
        ...actor,
      }),
    );
  return {
    allow: (credits) => allow(credits, { userId: '400000000000000002', permissions: MANAGE_GUILD }),
    allowMyself: (credits) => allow(credits, { userId }),
    video: () => read(fake.slash({ name: 'video', options: { prompt: 'a dragon' }, userId })),
  };
}

async function inASlackWorkspace(): Promise<Talk> {
  const fake = await startSlack();
  fake.state.users.set('U3', { id: 'U3' });
  fake.state.users.set('UADMIN', { id: 'UADMIN', admin: true });
  await startHouse({ settings: inSlack(fake) });
  const whisper = async (user: string, say: () => Promise<unknown>) => {
    const before = fake.state.whispers.length;
    await say();
    return textIn((await fake.until(() => fake.state.whispers.slice(before).find((one) => one.user === user))).blocks);
  };
  const allow = (credits: string, user: string) =>
    whisper(user, () =>
      fake.command('/video-moderate', `quota set member:<@U3|ada> credits:${credits} per:day`, { user }),
    );
  return {
    allow: (credits) => allow(credits, 'UADMIN'),
    allowMyself: (credits) => allow(credits, 'U3'),
    video: async () => {
      const [messages, whispers] = [fake.state.messages.length, fake.state.whispers.length];
      await fake.command('/video', 'a dragon', { user: 'U3' });
      const found = await fake.until(
        () =>
          fake.state.whispers.slice(whispers).find(({ user }) => user === 'U3') ??
          fake.state.messages.slice(messages).find((one) => textIn(one.blocks).includes(TITLES.delivered)),
      );
      return textIn(found.blocks);
    },
  };
}

describe.each([
  ['the playground', inThePlayground],
  ['a Discord server', inADiscordServer],
  ['a Slack workspace', inASlackWorkspace],
])('in %s', (_, begin) => {
  it('a moderator sets a rule; the member runs into it, and goes on when it is raised', async () => {
    const { allow, video } = await begin();
    expect(await allow('1')).toMatch(/1 credit a day/);
    expect(await video()).toContain(TITLES.delivered);
    const refused = await video();
    expect(refused).toContain('Your limit is 1 credit a day, and you’ve used 1.');
    expect(refused).toContain('0 left. Resets ');
    await allow('2');
    expect(await video()).toContain(TITLES.delivered);
    await allow('0');
    expect(await video()).toContain('your limit is 0 credits');
    await allow('unlimited');
    expect(await video()).toContain(TITLES.delivered);
  });

  it('nobody else sets one', async () => {
    const { allowMyself, allow, video } = await begin();
    expect(await allow('0')).toContain('0 credits');
    expect(await allowMyself('9')).toContain('Only moderators can do this.');
    expect(await video()).toContain('is 0 credits');
  });

  it.each(['-1', '2.5', '1e99', 'many', '99999999999999999999'])(
    '%s credits are refused with a word',
    async (credits) => {
      const { allow, video } = await begin();
      expect(await allow(credits)).toMatch(/credits must be/);
      expect(await video()).toContain(TITLES.delivered);
    },
  );
});
