import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTail } from '../../commands/prompt-tail.ts';
import { video } from '../../commands/video.ts';
import { anyText, SEED } from '../fuzz/support.ts';
import { startHouse } from '../support/house.ts';
import { AT_ONCE_MS, processorMs } from '../support/processor.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';

const parts = {
  options: video.options.filter(({ name }) => name !== 'prompt'),
  given: [] as string[],
  telling: { resolution: ['480p', '1080p'], aspect_ratio: ['9:16', '1:1'] },
};
const tail = (prompt: string, given: string[] = []) => findTail(prompt, { ...parts, given });

describe('the end of a prompt', () => {
  it.each([
    ['a dog duration 10', 'a dog', { duration: 10 }],
    ['a dog, duration 10.', 'a dog', { duration: 10 }],
    ['a dog duration 10s', 'a dog', { duration: 10 }],
    ['a dog length 10', 'a dog', { duration: 10 }],
    ['a dog private', 'a dog', { private: true }],
    ['a dog Private!', 'a dog', { private: true }],
    ['a dog model pro', 'a dog', { model: 'pro' }],
    ['a dog MODEL Pro', 'a dog', { model: 'pro' }],
    ['a dog ratio 9:16', 'a dog', { aspect_ratio: '9:16' }],
    ['a dog aspect-ratio 9:16', 'a dog', { aspect_ratio: '9:16' }],
    ['a dog seed 42', 'a dog', { seed: 42 }],
    ['a dog camera_fixed', 'a dog', { camera_fixed: true }],
    ['a dog 1080p', 'a dog', { resolution: '1080p' }],
    ['a dog 9:16', 'a dog', { aspect_ratio: '9:16' }],
    ['a dog, 1:1', 'a dog', { aspect_ratio: '1:1' }],
    ['a dog in 9:16', 'a dog', { aspect_ratio: '9:16' }],
    ['a dog at 9:16, private', 'a dog at 9:16', { private: true }],
    ['a dog with a ratio of 1:1, aspect ratio 9:16', 'a dog with a ratio of 1:1', { aspect_ratio: '9:16' }],
    ['a dog model:pro', 'a dog', { model: 'pro' }],
    ['a dog model = pro', 'a dog', { model: 'pro' }],
    ['a dog –model：pro', 'a dog', { model: 'pro' }],
    ['a dog --private', 'a dog', { private: true }],
    ['a dog, model pro, duration 10, private', 'a dog', { model: 'pro', duration: 10, private: true }],
    ['a\ndog\nduration 10', 'a\ndog', { duration: 10 }],
    ['a dog duration 10 seconds', 'a dog', { duration: 10 }],
    ['a dog duration: 10 s', 'a dog', { duration: 10 }],
    ['a dog (private)', 'a dog', { private: true }],
    ['a dog "private"', 'a dog', { private: true }],
    ['a dog *private*?', 'a dog', { private: true }],
    ['a dog, private 🐶', 'a dog', { private: true }],
    ['a dog, private please', 'a dog', { private: true }],
    ['犬 private。', '犬', { private: true }],
    ['犬　ｐｒｉｖａｔｅ', '犬', { private: true }],
    ['a dog aspect ratio 9:16', 'a dog', { aspect_ratio: '9:16' }],
    ['a dog in 1080p and private', 'a dog', { resolution: '1080p', private: true }],
    ['a dog (big) private', 'a dog (big)', { private: true }],
    ['a dog duration:60', 'a dog', { duration: '60' }],
    ['a dog model:sora', 'a dog', { model: 'sora' }],
  ])('%j is asked about', (prompt, rest, options) => {
    expect(tail(prompt)).toMatchObject({ rest, options });
  });

  it.each([
    'a dog',
    'private',
    'model pro',
    'duration 10',
    'a private dog',
    'duration 10 of a dog',
    'a dog for a duration of 10',
    'a dog without watermark',
    'a fashion model',
    'a model prole',
    'a dog 720p',
    'a dog at 12:30',
    'a dog, duration 300',
    'a dog in 2.0',
    'a scoreboard with a score of 1:1',
    'a clock that stops at 9:16',
    'a scoreboard, it is 1:1!',
    'Ein Spiel, es steht 1:1',
  ])('%j is a prompt', (prompt) => {
    expect(tail(prompt)).toBeUndefined();
  });

  it('is only words where the option was given already, unless it has its mark', () => {
    expect(tail('a clip of no duration 10', ['duration'])).toBeUndefined();
    expect(tail('a dog duration:10', ['duration'])).toMatchObject({ options: { duration: 10 } });
    expect(tail('a dog private', ['private'])).toBeUndefined();
  });

  it('is told as it was typed', () => {
    expect(tail('a dog, Model pro, private')?.words).toBe('Model pro, private');
  });

  it('is taken off whole, whatever the prompt is, and at once', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('', ' duration 10', ' private', ', model:pro'), (text, end) => {
        const prompt = `${text}${end}`;
        const found = tail(prompt);
        if (!found) return;
        expect(prompt.startsWith(found.rest) || prompt.trim().startsWith(found.rest)).toBe(true);
        expect(Object.keys(found.options).length).toBeGreaterThan(0);
      }),
      { seed: SEED, numRuns: 2000 },
    );
    for (const part of ['private ', ', ', 'model ', '- ', 'a']) {
      expect(processorMs(() => tail(part.repeat(20_000)))).toBeLessThan(AT_ONCE_MS);
    }
  });
});

describe('a request that ends with words that look like options', () => {
  const { asking } = en;

  it('is asked about in private before anything is spent; used as an option, it is one, for all to see', async () => {
    const { chat, sandbox, restart } = await startHouse();
    const id = await chat.video('a dog, resolution 1080p, duration 10');
    const asked = await chat.untilTitle(id, asking.title);
    expect(asked.onlyYou).toBe(true);
    expect(asked.card).toMatchObject({
      text: asking.text({ words: 'resolution 1080p, duration 10' }),
      prompt: 'a dog',
      fields: [{ label: 'Options', value: 'resolution: 1080p · duration: 10 s' }],
      notes: [asking.note],
      buttons: [
        { action: 'as_option', label: 'Use as option · 5 credits' },
        { action: 'keep_prompt', label: 'Keep in the prompt · 1 credit' },
      ],
    });
    expect(sandbox.requests).toEqual([]);
    await restart();
    const done = await chat.untilTitle(await chat.press(id, 'as_option'), TITLES.delivered);
    expect(done).toMatchObject({ onlyYou: false, card: { prompt: 'a dog' } });
    expect(sandbox.requests.map(({ body }) => body)).toMatchObject([
      { prompt: 'a dog', resolution: '1080p', duration: 10 },
    ]);
  });

  it('is kept as it was typed, too', async () => {
    const { chat, sandbox } = await startHouse();
    const id = await chat.video('a dog private');
    await chat.untilTitle(id, asking.title);
    const done = await chat.untilTitle(await chat.press(id, 'keep_prompt'), TITLES.delivered);
    expect(done).toMatchObject({ onlyYou: false, card: { prompt: 'a dog private' } });
    expect(sandbox.requests).toHaveLength(1);
  });

  it('“private” makes a private video', async () => {
    const { chat } = await startHouse();
    const id = await chat.video('a dog private');
    await chat.untilTitle(id, asking.title);
    const done = await chat.untilTitle(await chat.press(id, 'as_option'), TITLES.delivered);
    expect(done).toMatchObject({ onlyYou: true, card: { prompt: 'a dog' } });
  });

  it('makes one video however often and whichever button is pressed, and only for its member', async () => {
    const { chat, sandbox } = await startHouse();
    const id = await chat.video('a dog model pro');
    const { card } = await chat.untilTitle(id, asking.title);
    const target = card?.buttons[0]?.target ?? '';
    const others = await chat.say('quota', {}, 'web:ben');
    const pressed = async (action: string) =>
      await chat.post('/api/buttons', { as: 'web:ada', action, target, message: id });
    await chat.post('/api/buttons', { as: 'web:ben', action: 'as_option', target, message: others });
    await chat.untilWord(/Only the person who asked/, 'web:ben');
    await Promise.all([pressed('as_option'), pressed('as_option'), pressed('keep_prompt')]);
    await chat.untilWord(/was already sent/);
    await pressed('as_option');
    await expect.poll(() => sandbox.requests.length).toBe(1);
    await expect
      .poll(async () => (await chat.messages()).filter((one) => one.card?.title === TITLES.delivered).length)
      .toBe(1);
    expect(sandbox.requests).toHaveLength(1);
  });

  it('that the model does not take can only be kept, and the card says why', async () => {
    const { chat } = await startHouse();
    const { card } = await chat.untilTitle(await chat.video('a dog duration 7', { model: 'pro' }), asking.title);
    expect(card?.text).toBe(`${asking.text({ words: 'duration 7' })} duration must be 5 or 10.`);
    expect(card?.buttons.map(({ action }) => action)).toEqual(['keep_prompt']);
  });

  it('is asked about when a prompt is edited, where the options of before stay', async () => {
    const { chat, sandbox } = await startHouse();
    const id = await chat.video('a dog', { resolution: '480p', model: 'pro' });
    await chat.untilTitle(id, TITLES.delivered);
    const target = (await chat.messages())
      .find((one) => one.id === id)
      ?.card?.buttons.find(({ action }) => action === 'edit')?.target;
    const values = { prompt: 'a cat duration 10' };
    await chat.post('/api/forms', { as: 'web:ada', form: 'edit', target, values });
    const asked = await chat.untilWord(/Option or prompt/);
    await chat.untilTitle(await chat.press(asked.id, 'as_option'), TITLES.delivered);
    expect(sandbox.requests.map(({ body }) => body)).toMatchObject([
      { prompt: 'a dog', resolution: '480p' },
      { prompt: 'a cat', resolution: '480p', duration: 10 },
    ]);
  });

  it('is asked about when the edited prompt says otherwise than the options of before', async () => {
    const { chat, sandbox } = await startHouse();
    const id = await chat.video('a dog', { duration: 5, model: 'lite' });
    await chat.untilTitle(id, TITLES.delivered);
    const edit = async (message: string, prompt: string) => {
      const { card } = (await chat.messages()).find((one) => one.id === message) ?? {};
      const target = card?.buttons.find(({ action }) => action === 'edit')?.target;
      await chat.post('/api/forms', { as: 'web:ada', form: 'edit', target, values: { prompt } });
    };
    await edit(id, 'a dog duration 10 model pro');
    const asked = await chat.untilWord(/Option or prompt/);
    const kept = await chat.press(asked.id, 'keep_prompt');
    await chat.untilTitle(kept, TITLES.delivered);
    // The member has decided about these words; they are not asked about again.
    await edit(kept, 'a cat duration 10 model pro');
    await expect.poll(() => sandbox.requests.length).toBe(3);
    expect(sandbox.requests.map(({ body }) => body)).toMatchObject([
      { prompt: 'a dog', duration: 5 },
      { prompt: 'a dog duration 10 model pro', duration: 5 },
      { prompt: 'a cat duration 10 model pro', duration: 5 },
    ]);
  });

  it('is asked about in a form as well', async () => {
    const { chat, sandbox } = await startHouse();
    const values = { prompt: 'a dog private', model: 'pro' };
    await chat.post('/api/forms', { as: 'web:ada', form: 'video', target: '', values });
    await chat.untilWord(/Option or prompt/);
    expect(sandbox.requests).toEqual([]);
  });
});
