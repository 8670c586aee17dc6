import { describe, expect, test } from 'vitest';
import { MODELS } from '../../../src/domain/models.ts';
import type { FakeView } from '../../fakes/slack/state.ts';
import { en } from '../../support/texts.ts';
import { startBench, textIn } from './bench.ts';

const typed = (value: string) => ({ value: { type: 'plain_text_input', value } });
const chosen = (value: string, action = 'value') => ({
  [action]: { type: 'static_select', selected_option: { value } },
});
const flags = (...values: string[]) => ({
  value: { type: 'checkboxes', selected_options: values.map((value) => ({ value })) },
});
const place = (channel: string) => ({ value: { type: 'conversations_select', selected_conversation: channel } });
const blockOf = (view: FakeView, name: string) => view.blocks.find(({ block_id: id }) => id?.split(':')[0] === name);
const idOf = (view: FakeView, name: string) => blockOf(view, name)?.block_id ?? '';

async function openGlobal(options: Parameters<typeof startBench>[0] = {}) {
  const bench = await startBench(options);
  await bench.fake.shortcut('video_generate');
  const view = await bench.fake.until(() => bench.fake.state.views[0]);
  return { ...bench, view };
}

test('the modal offers the models that the community has, and none else', async () => {
  const bench = await startBench();
  const [, pro] = MODELS;
  if (!pro) throw new Error('expected a second model');
  bench.offer([pro]);
  await bench.fake.shortcut('video_generate');
  const view = await bench.fake.until(() => bench.fake.state.views[0]);
  const { element } = blockOf(view, 'model') as unknown as {
    element: { options: { value: string }[]; initial_option: object };
  };
  expect(element.options.map(({ value }) => value)).toEqual([pro.id]);
  expect(element.initial_option).toMatchObject({ value: pro.id });
});

describe('the global shortcut', () => {
  test('opens a modal made from the catalogue, with a channel to choose', async () => {
    const { view } = await openGlobal();
    expect(view.blocks.map(({ block_id: id }) => id?.split(':')[0])).toEqual([
      'prompt',
      'model',
      'resolution',
      'aspect_ratio',
      'duration',
      'seed',
      'flags',
      'channel',
    ]);
    expect(blockOf(view, 'model')).toMatchObject({
      dispatch_action: true,
      element: { initial_option: { value: 'lite' } },
    });
    expect(blockOf(view, 'channel')).toMatchObject({
      element: { type: 'conversations_select', default_to_current_conversation: true },
    });
    expect(textIn(blockOf(view, 'flags'))).toContain(en.options.private);
  });

  test('what is sent is posted to the chosen channel as if it had been typed', async () => {
    const { fake, view, invocations } = await openGlobal();
    const sent = await fake.submit(
      view,
      {
        prompt: typed('a <dragon>'),
        model: chosen('pro', 'm:model'),
        [idOf(view, 'duration')]: chosen('10'),
        seed: typed('42'),
        flags: flags('camera_fixed'),
        channel: place('C1'),
      },
      { channel: 'C1' },
    );
    expect(sent.payload ?? {}).not.toHaveProperty('response_action');
    expect(await fake.until(() => invocations[0])).toMatchObject({
      command: 'video',
      options: { prompt: 'a <dragon>', model: 'pro', duration: 10, seed: 42, camera_fixed: true },
      channel: 'C1',
      reply: { channelId: 'C1', kind: 'message' },
    });
  });

  test.each([
    ['no channel', {}],
    ['private', { flags: flags('private'), channel: place('C1') }],
  ])('%s: the answer is a direct message', async (_, values) => {
    const { fake, view, invocations } = await openGlobal();
    await fake.submit(view, { prompt: typed('a dragon'), ...values });
    expect((await fake.until(() => invocations[0])).reply).toMatchObject({ channelId: 'DU1' });
  });

  test('the options follow the chosen model, and what was filled in stays', async () => {
    const { fake, view } = await openGlobal();
    const values = { prompt: typed('a dragon'), model: chosen('pro', 'm:model'), flags: flags('watermark') };
    await fake.viewAction(view, { type: 'static_select', action_id: 'm:model', block_id: 'model' }, values);
    await fake.until(() => fake.callsOf('views.update')[0]);
    expect(idOf(view, 'resolution')).toBe('resolution:pro');
    expect(blockOf(view, 'prompt')).toMatchObject({ element: { initial_value: 'a dragon' } });
    expect(blockOf(view, 'model')).toMatchObject({ element: { initial_option: { value: 'pro' } } });
    expect(blockOf(view, 'flags')).toMatchObject({ element: { initial_options: [{ value: 'watermark' }] } });
  });
});

describe('the price', () => {
  type Select = {
    element: { options: { text: { text: string }; value: string }[]; initial_option?: { value: string } };
  };
  const select = (view: FakeView, name: string) => blockOf(view, name) as unknown as Select;
  const texts = (view: FakeView, name: string) => select(view, name).element.options.map(({ text }) => text.text);

  test('stands beside each resolution and length, and follows what is chosen', async () => {
    const { fake, view } = await openGlobal();
    const values = { prompt: typed('a dragon'), model: chosen('pro', 'm:model') };
    await fake.viewAction(view, { type: 'static_select', action_id: 'm:model', block_id: 'model' }, values);
    await fake.until(() => fake.callsOf('views.update')[0]);
    expect(texts(view, 'resolution')).toEqual(['480p · 1 credit', '720p · 2 credits', '1080p · 4 credits']);
    const block = idOf(view, 'duration');
    const more = { ...values, [block]: chosen('10', 'm:model') };
    await fake.viewAction(view, { type: 'static_select', action_id: 'm:model', block_id: block }, more);
    await fake.until(() => fake.callsOf('views.update')[1]);
    expect(texts(view, 'resolution')).toEqual(['480p · 2 credits', '720p · 3 credits', '1080p · 7 credits']);
    expect(select(view, 'duration').element.initial_option).toMatchObject({ value: '10' });
  });

  test('sound is a choice where a model has it, and a box that it lacks is not there', async () => {
    const { fake, view, invocations } = await openGlobal();
    expect(blockOf(view, 'generate_audio')).toBeUndefined();
    const values = { prompt: typed('a dragon'), model: chosen('1.5-pro', 'm:model') };
    await fake.viewAction(view, { type: 'static_select', action_id: 'm:model', block_id: 'model' }, values);
    await fake.until(() => fake.callsOf('views.update')[0]);
    expect(texts(view, 'generate_audio')).toEqual(['sound · 2 credits', 'no sound · 1 credit']);
    await fake.submit(view, { ...values, [idOf(view, 'generate_audio')]: chosen('false', 'm:model') });
    expect((await fake.until(() => invocations[0])).options).toMatchObject({ model: '1.5-pro', generate_audio: false });

    const other = await openGlobal();
    const fast = { prompt: typed('a dragon'), model: chosen('2.0-fast', 'm:model') };
    await other.fake.viewAction(other.view, { type: 'static_select', action_id: 'm:model', block_id: 'model' }, fast);
    await other.fake.until(() => other.fake.callsOf('views.update')[0]);
    expect(textIn(blockOf(other.view, 'flags'))).not.toContain(en.options.camera_fixed);
    expect(textIn(blockOf(other.view, 'flags'))).toContain(en.options.private);
  });
});

describe('what is wrong', () => {
  test.each([
    ['an empty prompt', { prompt: typed('  \u200b ') }, 'prompt'],
    ['a prompt that is too long', { prompt: typed('x'.repeat(2001)) }, 'prompt'],
    ['a seed that is no number', { prompt: typed('a'), seed: typed('many') }, 'seed'],
    ['a seed that is too large', { prompt: typed('a'), seed: typed('99999999999') }, 'seed'],
    ['an unknown model', { prompt: typed('a'), model: chosen('ultra', 'm:model') }, 'model'],
  ])('is said at the field: %s', async (_, values, field) => {
    const { fake, view, invocations } = await openGlobal();
    const sent = await fake.submit(view, values);
    expect(sent.payload).toEqual({ response_action: 'errors', errors: { [field]: expect.any(String) } });
    await fake.submit(view, { prompt: typed('a dragon') });
    await fake.until(() => invocations[0]);
    expect(invocations).toHaveLength(1);
  });

  test('by HTTP as well, where the answer carries it', async () => {
    const { fake, view, invocations } = await openGlobal({ by: 'http' });
    const sent = await fake.submit(view, { prompt: typed(' ') });
    expect(sent.payload).toEqual({ response_action: 'errors', errors: { prompt: expect.any(String) } });
    expect((await fake.submit(view, { prompt: typed('a dragon') })).payload).toBe('');
    await fake.until(() => invocations[0]);
  });

  test('also by a check that is given', async () => {
    const checkInput = (values: object) =>
      'prompt' in values && values.prompt === 'a cat' ? [{ field: 'prompt', message: 'No cats.' }] : [];
    const { fake, view } = await openGlobal({ slack: { checkInput } });
    const sent = await fake.submit(view, { prompt: typed('a cat') });
    expect(sent.payload).toEqual({ response_action: 'errors', errors: { prompt: 'No cats.' } });
  });
});

test('a modal that is sent twice is carried out once', async () => {
  const { fake, view, invocations, open } = await openGlobal();
  const values = { prompt: typed('a dragon') };
  await Promise.all([fake.submit(view, values), fake.submit(view, values)]);
  await fake.submit(view, values);
  await fake.until(() => invocations[0]);
  await open('the end');
  expect(invocations).toHaveLength(2);
});

test('the message shortcut opens a modal with the message’s text; the answer goes into its thread', async () => {
  const { fake, invocations } = await startBench();
  const message = fake.say('C1', 'a &lt;dragon&gt; for <@U2|ada>');
  await fake.messageShortcut('video_from_message', { ts: message.ts, text: message.text });
  const view = await fake.until(() => fake.state.views[0]);
  expect(blockOf(view, 'prompt')).toMatchObject({ element: { initial_value: 'a <dragon> for @ada' } });
  expect(blockOf(view, 'channel')).toBeUndefined();
  await fake.submit(view, { prompt: typed('a dragon') });
  const { reply } = await fake.until(() => invocations[0]);
  expect(reply).toMatchObject({ channelId: 'C1', threadTs: message.ts });
  expect(fake.state.messages.find(({ ts }) => ts === reply.ts)).toMatchObject({ threadTs: message.ts });
});

test('a message longer than a prompt may be is shortened, not refused', async () => {
  const { fake } = await startBench();
  const message = fake.say('C1', 'dragon '.repeat(5_000));
  await fake.messageShortcut('video_from_message', { ts: message.ts, text: message.text });
  await fake.until(() => fake.state.views[0]);
});

test('/video alone opens the modal, for this channel', async () => {
  const { fake, invocations } = await startBench();
  await fake.command('/video', '  ', { channel: 'C1' });
  const view = await fake.until(() => fake.state.views[0]);
  expect(invocations).toEqual([]);
  await fake.submit(view, { prompt: typed('a dragon') });
  expect(await fake.until(() => invocations[0])).toMatchObject({ channel: 'C1', reply: { channelId: 'C1' } });
});

test('a trigger that is too old is answered with a word', async () => {
  const { fake } = await startBench({ fake: { triggerLifeMs: -1 } });
  await fake.command('/video', '');
  expect(textIn((await fake.until(() => fake.state.whispers[0])).blocks)).toContain('try again');
  expect(fake.state.views).toEqual([]);
});
