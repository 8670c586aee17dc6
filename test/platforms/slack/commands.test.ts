import { describe, expect, test } from 'vitest';
import { card, startBench, textIn } from './bench.ts';

describe.each(['socket', 'http'] as const)('a slash command by %s', (by) => {
  test('is acknowledged at once, answered with one message, and handed over', async () => {
    const { fake, invocations, open } = await startBench({ by });
    const acknowledged = await fake.command('/video', 'a &lt;dragon&gt; model:pro private:no', { user: 'U2' });
    expect(acknowledged.afterMs).toBeLessThan(1_000);
    const invocation = await fake.until(() => invocations[0]);
    expect(invocation).toMatchObject({
      command: 'video',
      options: { prompt: 'a <dragon>', model: 'pro', private: false },
      community: 'slack:T1',
      member: 'slack:T1/U2',
      channel: 'C1',
      moderator: false,
      locale: 'de-DE',
      roles: [],
    });
    expect(fake.state.messages).toHaveLength(1);
    expect(fake.state.messages[0]).toMatchObject({ channel: 'C1', ts: invocation.reply.ts });
    expect(fake.callsOf('chat.postMessage')[0]?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
    await open('another');
    expect(fake.state.messages).toHaveLength(2);
  });
});

test.each([
  ['U1', false],
  ['UADMIN', true],
  ['UOWNER', true],
])('%s moderates: %s; Slack is asked once in a while only', async (user, moderator) => {
  const { fake, open } = await startBench();
  expect((await open('a', { user })).invocation.moderator).toBe(moderator);
  await open('b', { user });
  expect(fake.callsOf('users.info')).toHaveLength(1);
});

test('who moderates and what roles there are can be decided elsewhere', async () => {
  const slack = { isModerator: async () => true, rolesOf: async () => ['S1'] };
  const { open } = await startBench({ slack });
  expect((await open()).invocation).toMatchObject({ moderator: true, roles: ['S1'] });
});

test('an answer for the asker alone is said privately, with no message for the others', async () => {
  const { fake, answerWith } = await startBench();
  answerWith({ kind: 'card', audience: 'requester', card: card({ title: 'Your queue' }) });
  await fake.command('/video-queue', '');
  const whisper = await fake.until(() => fake.state.whispers[0]);
  expect(whisper).toMatchObject({ by: 'response_url', user: 'U1', replacesOriginal: false });
  expect(textIn(whisper.blocks)).toContain('Your queue');
  expect(fake.state.messages).toEqual([]);
});

test('a refusal is said privately, and the message that was opened goes away', async () => {
  const { fake, answerWith, open } = await startBench();
  answerWith({ kind: 'card', audience: 'requester', card: card({ tone: 'problem', title: 'Too many' }) });
  const { message } = await open();
  expect(textIn((await fake.until(() => fake.state.whispers[0])).blocks)).toContain('Too many');
  await fake.until(() => message.deleted);
});

test('an unknown option is named with the nearest right one, and nothing is handed over', async () => {
  const { fake, invocations } = await startBench();
  await fake.command('/video', 'a dragon --modle pro --private');
  const whisper = await fake.until(() => fake.state.whispers[0]);
  expect(textIn(whisper.blocks)).toMatch(/“--modle”.*“model”/);
  expect(invocations).toEqual([]);
  expect(fake.state.messages).toEqual([]);
});

test('a private request is answered in a direct message, and the channel sees nothing', async () => {
  const { fake, open, slack } = await startBench();
  const { invocation, message } = await open('a dragon --private');
  expect(message.channel).toBe('DU1');
  expect(invocation.channel).toBe('C1');
  await slack.update(invocation.reply, card({ title: 'Here' }));
  expect(textIn(message.blocks)).toContain('Here');
  expect(textIn((await fake.until(() => fake.state.whispers[0])).blocks)).toContain('direct message');
  expect(fake.state.messages.filter(({ channel }) => channel === 'C1')).toEqual([]);
});

describe('a channel that the app is not in', () => {
  test('is joined when it is public', async () => {
    const { fake, open } = await startBench();
    const { message } = await open('a dragon', { channel: 'CPUBLIC' });
    expect(message.channel).toBe('CPUBLIC');
    expect(fake.state.channels.get('CPUBLIC')?.member).toBe(true);
    expect(fake.state.whispers).toEqual([]);
  });

  test.each([
    ['CPUBLIC', { joinScope: false }, '/invite'],
    ['CPRIVATE', {}, '/invite'],
    ['CARCHIVED', {}, 'I can’t post in this channel'],
    ['CRESTRICTED', {}, 'I can’t post in this channel'],
  ])('%s %o: the person is told why and answered in a direct message', async (channel, options, words) => {
    const { fake, open } = await startBench({ fake: options });
    const { message, invocation } = await open('a dragon', { channel });
    expect(message.channel).toBe('DU1');
    expect(invocation.channel).toBe(channel);
    expect(textIn((await fake.until(() => fake.state.whispers[0])).blocks)).toContain(words);
  });

  test('a person who can’t be written to either is told so, and nothing is begun', async () => {
    const { fake, invocations } = await startBench();
    await fake.command('/video', 'a dragon', { channel: 'CPRIVATE', user: 'UGONE' });
    const whisper = await fake.until(() => fake.state.whispers[0]);
    expect(textIn(whisper.blocks)).toContain('Nothing was started or charged');
    expect(invocations).toEqual([]);
  });
});

test.each(['token_revoked', 'account_inactive'])(
  '%s: the person is told, nothing is begun, no token is logged',
  async (error) => {
    const { fake, invocations, logged } = await startBench();
    fake.revoke(error);
    await fake.command('/video', 'a dragon');
    expect(textIn((await fake.until(() => fake.state.whispers[0])).blocks)).toContain('withdrawn');
    expect(invocations).toEqual([]);
    expect(logged()).not.toContain(fake.botToken);
    expect(logged()).not.toContain(fake.appToken);
  },
);

test('Slack out of order for a moment costs no answer', async () => {
  const { fake, open } = await startBench();
  fake.fault({ method: 'chat.postMessage', kind: 'status', status: 503 });
  fake.fault({ method: 'chat.postMessage', kind: 'rateLimit', retryAfterS: 1 });
  await open();
});

describe('the same again', () => {
  test('a redelivered envelope is acknowledged and not executed twice', async () => {
    const { fake, invocations } = await startBench();
    const payload = fake.payloads.command('/video', 'a dragon');
    await fake.send('slash_commands', payload);
    await fake.send('slash_commands', payload);
    await fake.send('slash_commands', payload);
    await fake.command('/video', 'the end');
    await fake.until(() => invocations.find(({ options }) => options.prompt === 'the end'));
    expect(invocations).toHaveLength(2);
  });

  test('two equal commands are two commands', async () => {
    const { invocations, open } = await startBench();
    await open('a dragon');
    await open('a dragon');
    expect(invocations).toHaveLength(2);
  });
});
