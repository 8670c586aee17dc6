import { describe, expect, test } from 'vitest';
import { ReplyError } from '../../../src/domain/reply.ts';
import { compose, mention } from '../../../src/domain/text.ts';
import { en } from '../../support/texts.ts';
import { DRAWING, FILES } from '../contract-script.ts';
import { card, startBench, textIn } from './bench.ts';

const files = [...FILES];
const AT_ONCE = { fake: { fileDelayMs: 0 } };

const failure = async (work: Promise<unknown>): Promise<ReplyError> => {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ReplyError);
  return error as ReplyError;
};

describe('a post', () => {
  test('joins a public channel that the app is not in', async () => {
    const { fake, slack } = await startBench();
    const ref = await slack.post('slack:T1', 'CPUBLIC', card({ title: 'Look' }));
    expect(fake.state.messages).toMatchObject([{ channel: 'CPUBLIC', ts: ref.ts, deleted: false }]);
  });

  test.each([
    ['a private channel without the app', 'slack:T1', 'CPRIVATE'],
    ['an archived channel', 'slack:T1', 'CARCHIVED'],
    ['a channel where only some may post', 'slack:T1', 'CRESTRICTED'],
    ['a person’s direct messages', 'slack:T1', 'U1'],
    ['a direct message', 'slack:T1', 'DU1'],
    ['what is no id', 'slack:T1', '#general'],
    ['another workspace, even if the token is for one only', 'slack:T2', 'C1'],
    ['another platform', 'discord:1', 'C1'],
  ])('never goes into %s', async (_, community, channel) => {
    const { fake, slack } = await startBench();
    expect((await failure(slack.post(community, channel, card()))).kind).toBe('gone');
    expect(fake.state.messages).toEqual([]);
  });

  test('that is gone is nobody’s: no direct message takes its place', async () => {
    const { fake, slack } = await startBench();
    const ref = await slack.post('slack:T1', 'C1', card());
    await slack.remove(ref);
    expect((await failure(slack.update(ref, card(), { last: true }))).kind).toBe('gone');
    expect(fake.callsOf('conversations.open')).toEqual([]);
  });

  test('waits as long as Slack says', async () => {
    const { fake, slack } = await startBench();
    fake.fault({ method: 'chat.postMessage', kind: 'rateLimit', retryAfterS: 1 });
    await slack.post('slack:T1', 'C1', card());
    expect(fake.state.messages).toHaveLength(1);
  });

  test('names people by their names with a link, and groups by their ids, so that nobody is notified', async () => {
    const { fake, slack } = await startBench();
    const text = compose`${mention('member', 'slack:T1/U2')} of ${mention('role', 'S1')} in ${mention('channel', 'C1')}`;
    await slack.post('slack:T1', 'C1', card({ text, notes: [text] }));
    const [message] = fake.state.messages;
    expect(message?.blocks[1]?.elements).toMatchObject([
      {
        elements: [
          { type: 'link', url: 'slack://user?team=T1&id=U2', text: '@Ben' },
          { type: 'text', text: ' of ' },
          { type: 'text', text: '@S1' },
          { type: 'text', text: ' in ' },
          { type: 'channel', channel_id: 'C1' },
        ],
      },
    ]);
    expect(textIn(message?.blocks.at(-1))).toBe('<slack://user?team=T1&amp;id=U2|@Ben> of @S1 in <#C1>');
    expect(message?.text).not.toContain('<');
  });
});

describe('an answer for one person', () => {
  const requester = { kind: 'card', audience: 'requester' } as const;

  test('mentions people and groups, as nobody else is there', async () => {
    const { fake, answerWith } = await startBench();
    const text = compose`${mention('member', 'slack:T1/U2')} ${mention('role', 'S1')}`;
    answerWith({ ...requester, card: card({ text, notes: [text] }) });
    await fake.command('/video-quota', '');
    const { blocks } = await fake.until(() => fake.state.whispers[0]);
    expect(blocks[1]?.elements).toMatchObject([
      { elements: [{ type: 'user', user_id: 'U2' }, { type: 'text' }, { type: 'usergroup', usergroup_id: 'S1' }] },
    ]);
    expect(textIn(blocks.at(-1))).toBe('<@U2> <!subteam^S1>');
  });

  test('has its files in the direct message, and says so', async () => {
    const { fake, answerWith } = await startBench(AT_ONCE);
    answerWith({ ...requester, card: card({ title: 'Usage', files }) });
    await fake.command('/video-quota', '');
    const word = await fake.until(() => fake.state.whispers[0]);
    expect(textIn(word.blocks)).toContain(en.slack.filesInDirectMessage);
    const message = await fake.until(() => fake.state.messages.find((one) => one.files.length === 2));
    expect(message).toMatchObject({ channel: 'DU1', text: 'Usage', threadTs: undefined });
    expect(message.files.map(({ name, title }) => [name, title])).toEqual(FILES.map(({ name, alt }) => [name, alt]));
  });

  test('that was asked for in the direct message has them there without a word', async () => {
    const { fake, answerWith } = await startBench(AT_ONCE);
    fake.state.channels.set('DU1', { id: 'DU1', kind: 'im', member: true, user: 'U1' });
    answerWith({ ...requester, card: card({ title: 'Usage', files }) });
    await fake.command('/video-quota', '', { channel: 'DU1' });
    const word = await fake.until(() => fake.state.whispers[0]);
    expect(textIn(word.blocks)).not.toContain(en.slack.filesInDirectMessage);
    await fake.until(() => fake.state.messages.find((one) => one.channel === 'DU1' && one.files.length === 2));
  });

  test.each([
    ['there is no direct message', 'conversations.open', 'cannot_dm_bot'],
    ['Slack takes no files', 'files.getUploadURLExternal', 'file_uploads_disabled'],
    ['Slack takes the files and then does not', 'files.completeUploadExternal', 'storage_limit_reached'],
  ])('is shown without its files when %s', async (_, method, error) => {
    const { fake, answerWith } = await startBench(AT_ONCE);
    fake.fault({ method, kind: 'refuse', error });
    answerWith({ ...requester, card: card({ title: 'Usage', files }) });
    await fake.command('/video-quota', '');
    const word = await fake.until(() => fake.state.whispers[0]);
    expect(textIn(word.blocks)).toContain('Usage');
    expect(textIn(word.blocks)).toContain(en.slack.filesLost);
  });
});

describe('the files of a message', () => {
  test('are in its thread, and go with it', async () => {
    const { fake, slack, another } = await startBench(AT_ONCE);
    const ref = await slack.post('slack:T1', 'C1', card({ title: 'Usage', files }));
    const shared = await fake.until(() => fake.state.messages.find((one) => one.files.length === 2));
    expect(shared).toMatchObject({ channel: 'C1', threadTs: ref.ts });
    await another().remove(JSON.parse(JSON.stringify(ref)));
    expect(fake.state.messages.map(({ deleted }) => deleted)).toEqual([true, true]);
    expect([...fake.state.files.values()].map(({ deleted }) => deleted)).toEqual([true, true]);
  });

  test('show an SVG as a PNG', async () => {
    const { fake, slack } = await startBench(AT_ONCE);
    await slack.post('slack:T1', 'C1', card({ title: 'Usage', files: [DRAWING] }));
    const shared = await fake.until(() => fake.state.messages.find((one) => one.files.length === 1));
    expect(shared.files).toMatchObject([{ name: 'usage.png', title: DRAWING.alt }]);
    expect(shared.files[0]?.bytes?.toString('latin1', 1, 4)).toBe('PNG');
  });

  test('that Slack does not take are missed in words', async () => {
    const { fake, slack } = await startBench(AT_ONCE);
    fake.fault({ method: 'files.getUploadURLExternal', kind: 'refuse', error: 'file_uploads_disabled', times: 2 });
    await slack.post('slack:T1', 'C1', card({ title: 'Usage', files }));
    expect(fake.state.messages).toHaveLength(1);
    expect(textIn(fake.state.messages[0]?.blocks)).toContain(en.slack.filesLost);
  });
});

test('a word that is no mention is answered with what is wanted', async () => {
  const { fake, invocations } = await startBench();
  await fake.command('/video-moderate', 'moderators add @ada');
  const word = await fake.until(() => fake.state.whispers[0]);
  expect(textIn(word.blocks)).toContain(en.slack.wanted.mention);
  expect(invocations).toEqual([]);
});

test('control characters in a prompt make no mention', async () => {
  const { fake, slack, open } = await startBench();
  const { invocation, message } = await open();
  const forged = '\u0002member:slack:T1/U2\u0003';
  await slack.update(invocation.reply, card({ prompt: forged }));
  const shown = fake.state.message('C1', message.ts);
  expect(JSON.stringify(shown?.blocks)).not.toMatch(/user_id|slack:\/\//);
});
