import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ReplyError, type VideoFile } from '../../../src/domain/reply.ts';
import { smallMp4 } from '../../support/mp4.ts';
import { tempFolder } from '../../support/temp.ts';
import { card, clockAhead, createOn, startBench, startFake, textIn } from './bench.ts';

async function clip(name = 'dailies-g1.mp4'): Promise<VideoFile & { content: Buffer }> {
  const content = smallMp4();
  const path = join(await tempFolder(), name);
  await writeFile(path, content);
  return { generation: 'g1', path, name, bytes: content.length, content };
}

const kindOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ReplyError ? error.kind : error),
  );

const done = card({ tone: 'done', title: 'Your video' });

describe('an edit', () => {
  test('replaces what the message shows, from the ref alone', async () => {
    const { open, another } = await startBench();
    const { message, invocation } = await open();
    const stored = JSON.parse(JSON.stringify(invocation.reply));
    await another().update(stored, card({ title: 'Waiting' }));
    expect(textIn(message.blocks)).toContain('Waiting');
    await another().update(stored, card({ title: 'Making' }));
    expect(textIn(message.blocks)).toContain('Making');
  });

  test.each([
    ['message_not_found', 'gone'],
    ['is_archived', 'gone'],
    ['channel_not_found', 'gone'],
    ['token_revoked', 'gone'],
    ['invalid_blocks', 'invalid'],
    ['internal_error', 'unavailable'],
  ])('refused with %s fails as %s, with no token in the error', async (error, kind) => {
    const { fake, slack, open } = await startBench();
    const { invocation } = await open();
    fake.fault({ method: 'chat.update', kind: 'refuse', error });
    const failure = await slack.update(invocation.reply, done).catch((reason: unknown) => reason);
    expect(failure).toMatchObject({ name: 'ReplyError', kind });
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toContain(fake.botToken);
  });

  test.each([
    ['a broken connection', { kind: 'reset' }],
    ['a server error', { kind: 'status', status: 502 }],
  ] as const)('%s fails as unavailable', async (_, fault) => {
    const { fake, slack, open } = await startBench();
    const { invocation } = await open();
    fake.fault({ method: 'chat.update', ...fault });
    expect(await kindOf(slack.update(invocation.reply, done))).toBe('unavailable');
  });

  test('waits as long as Slack says, and is made then', async () => {
    const { fake, slack, open } = await startBench();
    const { invocation, message } = await open();
    fake.fault({ method: 'chat.update', kind: 'rateLimit', retryAfterS: 1 });
    const start = Date.now();
    await slack.update(invocation.reply, done);
    expect(Date.now() - start).toBeGreaterThanOrEqual(990);
    expect(textIn(message.blocks)).toContain('Your video');
  });

  test('that is the last one goes into a direct message when the message is gone', async () => {
    const { fake, slack, open } = await startBench();
    const { invocation, message } = await open();
    message.deleted = true;
    expect(await kindOf(slack.update(invocation.reply, done))).toBe('gone');
    await slack.update(invocation.reply, done, { last: true });
    expect(textIn(fake.state.messages.find(({ channel }) => channel === 'DU1')?.blocks)).toContain('Your video');
  });

  test('ends when its caller gives up', async () => {
    const { slack, open } = await startBench();
    const { invocation } = await open();
    const reason = new Error('enough');
    await expect(slack.update(invocation.reply, done, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('of a ref that is none of Slack’s is invalid', async () => {
    const slack = createOn(await startFake());
    expect(await kindOf(slack.update({ platform: 'discord' }, done))).toBe('invalid');
  });
});

describe('a delivery', () => {
  test('puts the file into the reply’s thread and links the reply to it, once it is really there', async () => {
    const { fake, slack, open } = await startBench({ fake: { fileDelayMs: 700 } });
    const { invocation, message } = await open();
    const file = await clip();
    const delivered = await slack.deliver(invocation.reply, done, file);
    const shared = fake.state.messages.find(({ files }) => files.length > 0);
    expect(shared).toMatchObject({ channel: 'C1', threadTs: message.ts });
    expect(shared?.files[0]).toMatchObject({ name: file.name, bytes: file.content });
    expect(delivered).toEqual({ attached: true, receipt: shared?.files[0]?.id });
    expect(textIn(message.blocks)).toContain(`https://fake.slack.com/archives/C1/p${shared?.ts.replace('.', '')}`);
  });

  test('is found again by another process', async () => {
    const { slack, another, open } = await startBench();
    const { invocation } = await open();
    const file = await clip();
    expect(await slack.findDelivery(invocation.reply, file.name)).toBeUndefined();
    const delivered = await slack.deliver(invocation.reply, done, file);
    expect(await another().findDelivery(invocation.reply, file.name)).toBe(
      delivered.attached ? delivered.receipt : 'nothing',
    );
    expect(await another().findDelivery(invocation.reply, 'dailies-g2.mp4')).toBeUndefined();
  });

  test('that broke off after the upload is finished without a second one', async () => {
    const { fake, slack, another, open } = await startBench();
    const { invocation, message } = await open();
    const file = await clip();
    fake.fault({ method: 'chat.update', kind: 'status', status: 503 });
    expect(await kindOf(slack.deliver(invocation.reply, done, file))).toBe('unavailable');
    const restarted = another();
    expect(await restarted.findDelivery(invocation.reply, file.name)).toBeUndefined();
    expect(await restarted.deliver(invocation.reply, done, file)).toMatchObject({ attached: true });
    expect(fake.callsOf('files.completeUploadExternal')).toHaveLength(1);
    expect(textIn(message.blocks)).toContain('Your video');
  });

  test.each(['file_upload_size_restricted', 'file_uploads_disabled', 'storage_limit_reached'])(
    'that Slack refuses (%s) is not attached',
    async (error) => {
      const { fake, slack, open } = await startBench();
      const { invocation } = await open();
      fake.fault({ method: 'files.completeUploadExternal', kind: 'refuse', error });
      expect(await slack.deliver(invocation.reply, done, await clip())).toMatchObject({ attached: false });
    },
  );

  test('goes into a direct message when the channel is out of reach', async () => {
    const { fake, slack, open } = await startBench();
    const { invocation } = await open();
    const channel = fake.state.channels.get('C1');
    if (channel) channel.archived = true;
    expect(await slack.deliver(invocation.reply, done, await clip())).toMatchObject({ attached: true });
    const direct = fake.state.messages.filter(({ channel: id }) => id === 'DU1');
    expect(direct.map(({ files }) => files.length)).toEqual([0, 1]);
    expect(textIn(direct[0]?.blocks)).toContain('/archives/DU1/');
  });
});

describe('removing a reply', () => {
  test('takes the message, the file and its message away', async () => {
    const { fake, slack, another, open } = await startBench();
    const { invocation } = await open();
    await slack.deliver(invocation.reply, done, await clip());
    await another().remove(invocation.reply);
    expect(fake.state.messages.every(({ deleted }) => deleted)).toBe(true);
    expect([...fake.state.files.values()].every(({ deleted }) => deleted)).toBe(true);
  });

  test('twice is no error', async () => {
    const { slack, open } = await startBench();
    const { invocation } = await open();
    await slack.remove(invocation.reply);
    await slack.remove(invocation.reply);
  });
});

test('many running replies share the workspace’s pace, and each ends with its last state', async () => {
  const bench = await startBench({ fake: { updatesPerMinute: 50 }, slack: { pace: { burst: 4, intervalMs: 60 } } });
  const opened = [];
  for (let index = 0; index < 6; index++) opened.push(await bench.open(`number ${index}`));
  const edits = opened.flatMap(({ invocation }, index) =>
    [0, 1, 2, 3].map((state) => bench.slack.update(invocation.reply, card({ title: `${index} in state ${state}` }))),
  );
  await Promise.all(edits);
  opened.forEach(({ message }, index) => {
    expect(textIn(message.blocks)).toContain(`${index} in state 3`);
  });
  const calls = bench.fake.callsOf('chat.update');
  expect(calls.length).toBeLessThanOrEqual(12);
  expect(new Set(calls.slice(0, 6).map(({ args }) => args.ts)).size).toBe(6);
});

test('a response_url that is used up does not stop an answer', async () => {
  const { fake, answerWith } = await startBench({ fake: { responseUrlLifeMs: 0 } });
  answerWith({ kind: 'card', audience: 'requester', card: card({ title: 'Your queue' }) });
  await fake.command('/video-queue', '');
  await new Promise((resolve) => setTimeout(resolve, 5));
  const whisper = await fake.until(() => fake.state.whispers[0]);
  expect(whisper).toMatchObject({ by: 'postEphemeral', user: 'U1' });
});

test('a reply lasts longer than everything that began it', async () => {
  const { another, open } = await startBench();
  const { invocation, message } = await open();
  await another({ clock: clockAhead(24 * 3_600_000) }).update(invocation.reply, done);
  expect(textIn(message.blocks)).toContain('Your video');
});
