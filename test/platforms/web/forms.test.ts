import { describe, expect, test } from 'vitest';
import type { Form } from '../../../commands/form.ts';
import type { WireMessage } from '../../../src/platforms/web/wire.ts';
import { en } from '../../support/texts.ts';
import { answerOf, formOf, startPlayground } from './playground.ts';

const EDIT = { action: 'edit', target: 'g1', label: 'Edit prompt', style: 'plain' } as const;

/** A message with a button that opens a form. */
const prepare = async (audience: 'everyone' | 'requester' = 'everyone') => {
  const playground = await startPlayground();
  const ada = await playground.listen('web:ada');
  playground.answers.command = async () =>
    answerOf({ title: 'There', prompt: 'a dragon, as made', buttons: [EDIT] }, audience);
  const { id } = await playground.say('video', { prompt: 'a dragon', model: 'pro' });
  await ada.until(({ card }) => card !== undefined);
  const post = async <T>(path: string, body: object): Promise<{ status: number } & T> => {
    const response = await playground.post(path, body);
    return { status: response.status, ...((await response.json()) as T) };
  };
  const press = () =>
    post<{ form?: Form; message?: WireMessage }>('/api/buttons', { ...EDIT, as: 'web:ada', message: id });
  const submit = (more: object = {}) =>
    post<{ message: WireMessage }>('/api/forms', {
      as: 'web:ada',
      form: 'edit',
      target: 'g1',
      values: { prompt: 'a snail', model: '' },
      message: id,
      ...more,
    });
  const act = (more: object) =>
    post<{ form: Form; error: { message: string } }>('/api/messages/command', {
      as: 'web:ada',
      name: 'video_from_message',
      message: id,
      part: 'said',
      ...more,
    });
  return { playground, ada, id, press, submit, act };
};

describe('a button that answers with a form', () => {
  test('gets it at once, and leaves the reply as it is', async () => {
    const { playground, id, press } = await prepare();
    playground.answers.press = async () => ({ kind: 'form', form: formOf('a dragon') });
    expect(await press()).toEqual({ status: 200, form: formOf('a dragon') });
    expect(playground.presses).toMatchObject([{ action: 'edit', target: 'g1', reply: { messageId: id } }]);
    expect((await playground.channel()).messages).toMatchObject([{ id, card: { title: 'There' } }]);
  });

  test('that is refused gets a word for the presser alone', async () => {
    const { playground, press } = await prepare();
    playground.answers.press = async () => answerOf({ title: 'Not yours' }, 'requester');
    const { status, form, message } = await press();
    expect([status, form]).toEqual([202, undefined]);
    expect(message).toMatchObject({ said: 'Edit prompt', onlyYou: true, card: { title: 'Not yours' } });
    expect((await playground.channel('web:ben')).messages).toHaveLength(1);
  });

  test('that breaks gets a word as well', async () => {
    const { playground, press } = await prepare();
    playground.answers.press = () => Promise.reject(new Error('a mistake of ours'));
    expect((await press()).message).toMatchObject({ onlyYou: true, card: { text: en.errors.internal } });
  });
});

describe('a form that was filled in', () => {
  test('opens a message for its answer, with what was left empty left out', async () => {
    const { playground, ada, submit } = await prepare();
    const { status, message } = await submit();
    expect([status, message.said, message.onlyYou]).toEqual([202, en.forms.edit.title, false]);
    expect(playground.submissions).toMatchObject([
      { form: 'edit', target: 'g1', member: 'web:ada', reply: { platform: 'web', messageId: message.id } },
    ]);
    expect(playground.submissions[0]?.values).toEqual({ prompt: 'a snail' });
    expect((await ada.until(({ card }) => card?.title === 'Sent')).id).toBe(message.id);
  });

  test('stays private when it was opened from a private message, even if that is gone by now', async () => {
    const { playground, id, submit } = await prepare('requester');
    expect((await submit()).message.onlyYou).toBe(true);
    await playground.web.remove({ platform: 'web', messageId: id });
    expect((await submit()).message.onlyYou).toBe(true);
    expect((await playground.channel('web:ben')).messages).toEqual([]);
  });

  test('that makes no sense is a 400', async () => {
    const { playground, submit } = await prepare();
    expect((await submit({ values: { prompt: 5 } })).status).toBe(400);
    expect(playground.submissions).toEqual([]);
  });
});

describe('something that is done with a message', () => {
  test('is offered in the channel', async () => {
    const { playground } = await prepare();
    expect((await playground.channel()).messageCommands).toEqual([
      { name: 'video_from_message', label: en.messageCommands.video_from_message },
    ]);
  });

  test('opens a form with the text of the part that is meant', async () => {
    const { playground, act } = await prepare();
    expect((await act({ part: 'said' })).form).toEqual(formOf('a dragon'));
    expect((await act({ part: 'reply' })).form).toEqual(formOf('a dragon, as made'));
    const { id } = await playground.say('quota');
    expect((await act({ message: id })).form).toEqual(formOf('/quota'));
  });

  test('is a 404 when there is no such thing, and for messages that one may not see', async () => {
    const { act } = await prepare('requester');
    const unknown = await act({ name: 'unheard' });
    expect([unknown.status, unknown.error.message]).toEqual([404, en.errors.command_unknown({ command: 'unheard' })]);
    expect((await act({ as: 'web:ben' })).status).toBe(404);
  });
});

test('what fits an option is for the dispatch to say', async () => {
  const { playground } = await prepare();
  playground.answers.complete = async () => [{ name: '5 s', value: 5 }];
  const body = {
    as: 'web:ben',
    locale: 'de',
    command: 'video',
    option: 'duration',
    typed: '',
    options: { model: 'pro' },
  };
  const response = await playground.post('/api/complete', body);
  expect([response.status, await response.json()]).toEqual([200, { choices: [{ name: '5 s', value: 5 }] }]);
  expect(playground.completions).toMatchObject([
    { command: 'video', option: 'duration', options: { model: 'pro' }, member: 'web:ben', locale: 'de' },
  ]);
});
