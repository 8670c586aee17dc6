import { describe, expect, test } from 'vitest';
import { HANDLED } from '../../../commands/command.ts';
import { en } from '../../support/texts.ts';
import { type Bench, card, form, fromMessage, startBench } from './bench.ts';

const ADA = '222222222222222222';
const editable = card({ buttons: [{ action: 'edit', target: 'g1', label: 'Edit', style: 'plain' }] });

/** A message with the button that opens a form. */
async function showButton({ discord, open }: Bench, actor: object = {}) {
  const { ref, handle } = await open(actor);
  await discord.update(ref, editable);
  return handle.reply(({ components }) => components.length > 0);
}

describe('a button that opens a form', () => {
  test('opens it as a modal, filled in, without acknowledging before', async () => {
    const bench = await startBench();
    const message = await showButton(bench);
    bench.answerWith({ kind: 'form', form: form() });
    const pressed = bench.fake.press(message, 'd:edit:g1');
    expect(await pressed.modal()).toEqual({
      custom_id: 'd:edit:g1',
      title: 'Edit the prompt',
      components: [
        {
          type: 18,
          label: 'What to show',
          component: {
            type: 4,
            custom_id: 'prompt',
            style: 2,
            required: true,
            value: 'a dragon',
            max_length: 2000,
          },
        },
        {
          type: 18,
          label: 'Which model',
          component: {
            type: 3,
            custom_id: 'model',
            required: false,
            min_values: 0,
            max_values: 1,
            options: [
              { label: 'Lite', value: 'lite', default: true },
              { label: 'Pro', value: 'pro', default: false },
            ],
          },
        },
      ],
    });
    expect(bench.presses[0]?.reply.messageId).toBe(message.id);
  });

  test('says in private why it does not', async () => {
    const bench = await startBench();
    const message = await showButton(bench);
    bench.answerWith({ kind: 'card', audience: 'requester', card: card({ title: 'Not yours' }) });
    const word = await bench.fake.press(message, 'd:edit:g1').reply();
    expect(word).toMatchObject({ flags: 64, embeds: [{ title: 'Not yours' }] });
    expect(message).toMatchObject({ deleted: false, embeds: [{ title: 'Making the video' }] });
  });

  test('says so in time when it takes too long', async () => {
    const bench = await startBench();
    const message = await showButton(bench);
    bench.answerWith(new Promise(() => undefined));
    const pressed = bench.fake.press(message, 'd:edit:g1');
    const { type, afterMs } = await pressed.acknowledged();
    expect(type).toBe(4);
    expect(afterMs).toBeLessThan(3000);
    const word = await pressed.reply();
    expect(word).toMatchObject({ flags: 64, embeds: [{ description: en.errors.internal }] });
    bench.answerWith(HANDLED);
  });

  test('says in its title what sending it costs, where there is room', async () => {
    const bench = await startBench();
    const message = await showButton(bench);
    bench.answerWith({ kind: 'form', form: form({ title: 'Edit the prompt', costs: '2 credits' }) });
    expect((await bench.fake.press(message, 'd:edit:g1').modal()).title).toBe('Edit the prompt · 2 credits');
    const long = 'A title that has all but one of the letters';
    bench.answerWith({ kind: 'form', form: form({ title: long, costs: '2 credits' }) });
    expect((await bench.fake.press(message, 'd:edit:g1').modal()).title).toBe(long);
  });

  test('never opens one that Discord would refuse, however long the words are', async () => {
    const bench = await startBench();
    const message = await showButton(bench);
    const long = 'word \u{1F409} '.repeat(1000);
    const fields = form().fields.map((field) => ({ ...field, label: long, value: long }));
    bench.answerWith({ kind: 'form', form: form({ title: long, fields }) });
    const { components } = await bench.fake.press(message, 'd:edit:g1').modal();
    expect(components[0]?.component.value?.isWellFormed()).toBe(true);
  });
});

describe('a form that is sent', () => {
  test('is handed over in a new reply, with what was filled in', async () => {
    const bench = await startBench();
    const message = await showButton(bench, { userId: ADA });
    bench.answerWith({ kind: 'form', form: form() });
    const pressed = bench.fake.press(message, 'd:edit:g1', { userId: ADA, locale: 'de' });
    await pressed.modal();
    bench.answerWith({ kind: 'card', audience: 'everyone', card: card({ title: 'Taken' }) });
    const sent = bench.fake.submit(pressed, { prompt: 'two dragons' });
    const reply = await sent.reply(({ loading }) => !loading);
    expect(reply).toMatchObject({ flags: 0, embeds: [{ title: 'Taken' }] });
    expect(bench.submissions).toMatchObject([
      { form: 'edit', target: 'g1', values: { prompt: 'two dragons', model: 'lite' }, member: `discord:${ADA}` },
    ]);
    expect(bench.submissions[0]?.reply.messageId).toBe(reply.id);
  });

  test('leaves out what is empty', async () => {
    const bench = await startBench();
    const message = await showButton(bench);
    bench.answerWith({ kind: 'form', form: form() });
    const pressed = bench.fake.press(message, 'd:edit:g1');
    await pressed.modal();
    bench.fake.submit(pressed, { prompt: 'x', model: '' });
    const { values } = await bench.fake.until(() => bench.submissions[0]);
    expect(values).toEqual({ prompt: 'x' });
  });

  test('from a private reply is answered in private', async () => {
    const bench = await startBench();
    const message = await showButton(bench, { options: { prompt: 'a dragon', private: true } });
    bench.answerWith({ kind: 'form', form: form() });
    const pressed = bench.fake.press(message, 'd:edit:g1');
    await pressed.modal();
    expect((await bench.fake.submit(pressed).reply()).flags).toBe(64);
    expect((await bench.fake.until(() => bench.submissions[0])).reply.ephemeral).toBe(true);
  });
});

describe('“Make a video from this”', () => {
  const name = en.messageCommands.video_from_message;
  const discord = { messageCommands: [fromMessage] };

  test('opens a form with the message’s text as the prompt', async () => {
    const { fake, submissions } = await startBench({ discord });
    const used = fake.messageCommand({ name, target: { content: 'a fox in the snow' }, locale: 'ja' });
    const { custom_id, components } = await used.modal();
    expect([custom_id, components[0]?.component.value]).toEqual(['d:video:', 'a fox in the snow']);
    fake.submit(used);
    expect(await fake.until(() => submissions[0])).toMatchObject({ values: { prompt: 'a fox in the snow' } });
  });

  test('takes the words of its embeds when the message has none of its own', async () => {
    const { fake } = await startBench({ discord });
    const target = { embeds: [{ title: 'News', description: 'A fox was seen.' }, { description: 'In the snow.' }] };
    const { components } = await fake.messageCommand({ name, target }).modal();
    expect(components[0]?.component.value).toBe('News\nA fox was seen.\nIn the snow.');
  });

  test('of some other name is refused in private', async () => {
    const { fake } = await startBench({ discord });
    const used = fake.messageCommand({ name: 'Translate', target: { content: 'x' } });
    expect((await used.acknowledged()).type).toBe(4);
    expect((await used.reply()).flags).toBe(64);
  });
});

describe('an option that completes itself', () => {
  test('is asked for with what was chosen before, and gets what fits', async () => {
    const { fake, completions, suggest, invocations } = await startBench();
    suggest([
      { name: 'x'.repeat(200), value: 5 },
      ...Array.from({ length: 30 }, (_, n) => ({ name: `${n}`, value: n })),
    ]);
    const options = { model: 'pro', duration: '1' };
    const typing = fake.autocomplete({ name: 'video', options, focused: 'duration', userId: ADA });
    const choices = await typing.choices();
    expect((await typing.acknowledged()).type).toBe(8);
    expect(choices).toHaveLength(25);
    expect(choices[0]).toEqual({ name: `${'x'.repeat(99)}…`, value: 5 });
    expect(completions).toMatchObject([
      { command: 'video', option: 'duration', typed: '1', options: { model: 'pro' }, member: `discord:${ADA}` },
    ]);
    expect(completions[0]?.options).toEqual({ model: 'pro' });
    expect(invocations).toEqual([]);
  });
});
