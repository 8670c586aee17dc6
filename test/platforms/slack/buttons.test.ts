import { describe, expect, test } from 'vitest';
import { promptForm } from '../../../commands/forms/edit.ts';
import type { Viewer } from '../../../src/platforms/slack/home/home.ts';
import type { HomeTab } from '../../../src/platforms/slack/listeners.ts';
import { en } from '../../support/texts.ts';
import { buttonsIn, card, startBench, textIn } from './bench.ts';

const withButton = (action: string) => card({ buttons: [{ action, target: 'g1', label: action, style: 'plain' }] });

async function startWith(action: string) {
  const bench = await startBench();
  const { invocation, message } = await bench.open();
  await bench.slack.update(invocation.reply, withButton(action));
  const [button] = buttonsIn(message.blocks);
  if (!button) throw new Error('expected a button');
  const press = (actor: Parameters<typeof bench.fake.press>[3] = {}) =>
    bench.fake.press(message, button.action_id, button.value, actor);
  return { ...bench, message, invocation, press };
}

test('a button that changes its message is handed over with it, by anybody, after any restart', async () => {
  const { fake, presses, press, message, invocation, answerWith } = await startWith('cancel');
  answerWith({ kind: 'card', audience: 'everyone', card: card({ title: 'Cancelled' }) });
  expect((await press({ user: 'U2' })).afterMs).toBeLessThan(1_000);
  const pressed = await fake.until(() => presses[0]);
  expect(pressed).toMatchObject({
    action: 'cancel',
    target: 'g1',
    member: 'slack:T1/U2',
    channel: 'C1',
    locale: 'de-DE',
  });
  expect(pressed.reply).toMatchObject({ ts: invocation.reply.ts, kind: 'message', userId: 'U2' });
  await fake.until(() => textIn(message.blocks).includes('Cancelled'));
});

test('a refusal is said to the presser alone, and the message stays', async () => {
  const { fake, press, message, answerWith } = await startWith('cancel');
  answerWith({ kind: 'card', audience: 'requester', card: card({ title: 'Not yours' }) });
  await press({ user: 'U2' });
  expect(await fake.until(() => fake.state.whispers[0])).toMatchObject({ user: 'U2', replacesOriginal: false });
  expect(textIn(message.blocks)).toContain('Making the video');
});

test('a button that opens a new reply opens it beside its message', async () => {
  const { fake, presses, press, message } = await startWith('again');
  await press();
  const { reply } = await fake.until(() => presses[0]);
  expect(reply.ts).not.toBe(message.ts);
  expect(fake.state.messages.find(({ ts }) => ts === reply.ts)).toMatchObject({ channel: 'C1', threadTs: undefined });
});

test('on something private the new reply is private too, and what changes it goes the private way', async () => {
  const { fake, presses, press, answerWith } = await startWith('again');
  await press({ ephemeral: true });
  expect((await fake.until(() => presses[0])).reply).toMatchObject({ channelId: 'DU1' });
  const { fake: other, press: turn, answerWith: answerTurn } = await startWith('history');
  answerTurn({ kind: 'card', audience: 'everyone', card: card({ title: 'Page 2' }) });
  await turn({ ephemeral: true });
  const whisper = await other.until(() => other.state.whispers[0]);
  expect(whisper).toMatchObject({ by: 'response_url', replacesOriginal: true });
  answerWith({ kind: 'handled' });
});

test('pressed twice at once counts as two presses; delivered twice as one', async () => {
  const { fake, presses, message } = await startWith('cancel');
  const payload = fake.payloads.press(message, 'd:cancel:g1', 'g1');
  await fake.send('interactive', payload);
  await fake.send('interactive', payload);
  await fake.press(message, 'd:cancel:g1', 'g1');
  await fake.until(() => presses[1]);
  expect(presses).toHaveLength(2);
});

test('an unknown action is handed over, to be refused there; one of another app is left alone', async () => {
  const { fake, presses, message } = await startWith('cancel');
  await fake.press(message, 'd:juggle:x', 'x');
  expect(await fake.until(() => presses[0])).toMatchObject({ action: 'juggle', target: 'x' });
});

describe('a button with a form', () => {
  const form = promptForm('g1', 'a dragon', en);

  test('opens it as a modal, and what is sent comes back beside the message', async () => {
    const { fake, press, submissions, answerWith } = await startWith('edit');
    answerWith((kind) => (kind === 'press' ? { kind: 'form', form } : { kind: 'generation', id: 'g2' }));
    await press();
    const view = await fake.until(() => fake.state.views[0]);
    expect(view.raw).toMatchObject({ title: { text: 'Edit the prompt' }, submit: { text: 'Make it' } });
    expect(view.blocks).toMatchObject([
      { block_id: 'prompt', element: { initial_value: 'a dragon', multiline: true } },
    ]);
    const sent = await fake.submit(view, { prompt: { value: { type: 'plain_text_input', value: 'two dragons' } } });
    expect(sent.payload ?? {}).not.toHaveProperty('response_action');
    expect(await fake.until(() => submissions[0])).toMatchObject({
      form: 'edit',
      target: 'g1',
      values: { prompt: 'two dragons' },
      channel: 'C1',
    });
  });

  test('whose trigger is too old is answered with a word', async () => {
    const { fake, press, answerWith } = await startWith('edit');
    answerWith({ kind: 'form', form });
    fake.fault({ method: 'views.open', kind: 'refuse', error: 'expired_trigger_id' });
    await press();
    expect(textIn((await fake.until(() => fake.state.whispers[0])).blocks)).toContain('try again');
  });

  test('that is refused says so', async () => {
    const { fake, press, answerWith } = await startWith('edit');
    answerWith({ kind: 'card', audience: 'requester', card: card({ title: 'Not yours' }) });
    await press();
    expect(textIn((await fake.until(() => fake.state.whispers[0])).blocks)).toContain('Not yours');
    expect(fake.state.views).toEqual([]);
  });
});

test('a long prompt is shown whole on demand', async () => {
  const { fake, slack, open, presses } = await startBench();
  const { invocation, message } = await open();
  const prompt = 'a dragon & a <tower>; '.repeat(80);
  await slack.update(invocation.reply, card({ prompt }));
  const [details] = buttonsIn(message.blocks);
  await fake.press(message, details?.action_id ?? '', details?.value ?? '');
  expect(textIn((await fake.until(() => fake.state.views[0])).blocks)).toBe(prompt);
  expect(presses).toEqual([]);
});

describe('the Home tab', () => {
  const shown: Viewer[] = [];
  const home: HomeTab = {
    async show(viewer, publish) {
      shown.push(viewer);
      const text = { type: 'mrkdwn' as const, text: `Home of ${viewer.member}` };
      await publish({ type: 'home', blocks: [{ type: 'section', text }] });
    },
  };

  test('is shown when it is opened, and anew after a button on it', async () => {
    const { fake, presses, answerWith } = await startBench({ slack: { home } });
    answerWith({ kind: 'handled' });
    await fake.event({ type: 'app_home_opened', user: 'U2', tab: 'home', channel: 'DU2' });
    const view = await fake.until(() => fake.state.homes.get('U2'));
    expect(shown).toMatchObject([{ community: 'slack:T1', member: 'slack:T1/U2', locale: 'de-DE', moderator: false }]);
    await fake.viewAction(view, { type: 'button', action_id: 'd:cancel:g1', value: 'g1' }, {}, { user: 'U2' });
    await fake.until(() => fake.callsOf('views.publish')[1]);
    expect(presses).toMatchObject([{ action: 'cancel', target: 'g1', member: 'slack:T1/U2' }]);
  });

  test('opens new replies in the direct message', async () => {
    const { fake, presses } = await startBench({ slack: { home } });
    await fake.event({ type: 'app_home_opened', user: 'U1', tab: 'home', channel: 'DU1' });
    const view = await fake.until(() => fake.state.homes.get('U1'));
    await fake.viewAction(view, { type: 'button', action_id: 'd:again:g1', value: 'g1' });
    expect((await fake.until(() => presses[0])).reply).toMatchObject({ channelId: 'DU1', kind: 'message' });
  });

  test('says a refusal in a modal', async () => {
    const { fake, answerWith } = await startBench({ slack: { home } });
    answerWith({ kind: 'card', audience: 'requester', card: card({ title: 'Too late' }) });
    await fake.event({ type: 'app_home_opened', user: 'U1', tab: 'home', channel: 'DU1' });
    const view = await fake.until(() => fake.state.homes.get('U1'));
    await fake.viewAction(view, { type: 'button', action_id: 'd:cancel:g1', value: 'g1' });
    expect(textIn((await fake.until(() => fake.state.views[0])).blocks)).toContain('Too late');
  });
});
