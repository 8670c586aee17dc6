import { describe, expect, test } from 'vitest';
import { formatLine, parseLine } from '../../../src/platforms/shared/command-line.ts';
import { AT_ONCE_MS, processorMs } from '../../support/processor.ts';

const VIDEO = {
  name: 'video',
  options: [
    { name: 'prompt', type: 'string', required: true },
    { name: 'model', type: 'string', choices: ['lite', 'pro'] },
    { name: 'duration', type: 'integer', choices: [5, 10], aliases: ['length'] },
    { name: 'camera_fixed', type: 'boolean' },
  ],
} as const;
const COMMANDS = [
  VIDEO,
  { name: 'moderate', options: [] },
  {
    name: 'moderate block',
    options: [
      { name: 'for', type: 'string', brief: 'length' },
      { name: 'reason', type: 'string' },
    ],
  },
] as const;

const read = (line: string) => {
  const { name, texts, stray } = parseLine(line, COMMANDS);
  return { name, ...Object.fromEntries(texts), ...(stray && { stray }) };
};

describe('reading a line', () => {
  test('a prompt goes on until the next known option', () => {
    expect(read('/video prompt:a dragon over the peaks model:pro duration:10')).toEqual({
      name: 'video',
      prompt: 'a dragon over the peaks',
      model: 'pro',
      duration: '10',
    });
  });

  test('a colon in a prompt makes no option', () => {
    expect(read('/video prompt:a clock at 10:30, style: noir, supermodel:x model:lite')).toEqual({
      name: 'video',
      prompt: 'a clock at 10:30, style: noir, supermodel:x',
      model: 'lite',
    });
  });

  test('the prompt needs no name, before or after the options', () => {
    expect(read('/video a dragon model:pro')).toEqual({ name: 'video', prompt: 'a dragon', model: 'pro' });
    expect(read('/video model:pro a dragon')).toEqual({ name: 'video', prompt: 'a dragon', model: 'pro' });
    expect(read('/video model:pro a dragon duration:5 in the snow')).toMatchObject({ prompt: 'a dragon in the snow' });
  });

  test('quotation marks keep a known option inside a text', () => {
    expect(read('/video prompt:"a sign that says model:pro" model:lite')).toEqual({
      name: 'video',
      prompt: 'a sign that says model:pro',
      model: 'lite',
    });
    expect(read('/video prompt:"say \\"hi\\" \\\\o/"')).toEqual({ name: 'video', prompt: 'say "hi" \\o/' });
  });

  test('quotation marks around a part of a text belong to the text', () => {
    expect(read('/video prompt:"Hello," she says model:pro')).toMatchObject({ prompt: '"Hello," she says' });
    expect(read('/video prompt:a "red" fox')).toMatchObject({ prompt: 'a "red" fox' });
    expect(read('/video prompt:"never closed model:pro')).toMatchObject({ prompt: '"never closed', model: 'pro' });
  });

  test('an option that is named twice counts once', () => {
    expect(read('/video prompt:the word prompt: in neon')).toEqual({
      name: 'video',
      prompt: 'the word prompt: in neon',
    });
    expect(read('/video prompt:x model:lite model:pro')).toMatchObject({ model: 'lite', stray: 'model:pro' });
  });

  test('white space around names and values does not matter, nor does upper case in names', () => {
    expect(read('  /Video   Prompt:  a fox   MODEL: pro ')).toEqual({ name: 'video', prompt: 'a fox', model: 'pro' });
    expect(read('/video prompt:one\ntwo\nmodel:pro')).toMatchObject({ prompt: 'one\ntwo', model: 'pro' });
  });

  test.each([
    ['model=pro', { model: 'pro' }],
    ['model：pro', { model: 'pro' }],
    ['model : pro', { model: 'pro' }],
    ['–duration 10', { duration: '10' }],
    ['—duration 10', { duration: '10' }],
    ['-duration 10', { duration: '10' }],
    ['--duration=10', { duration: '10' }],
    ['length:10', { duration: '10' }],
    ['--camera-fixed', { camera_fixed: 'true' }],
    ['–camera_fixed no', { camera_fixed: 'no' }],
    ["model:'pro' duration:“10”", { model: 'pro', duration: '10' }],
  ])('%s is understood, in front, in the middle and at the end', (option, expected) => {
    const prompt = 'a fox in the snow';
    expect(read(`/video ${option} ${prompt}`)).toEqual({ name: 'video', prompt, ...expected });
    expect(read(`/video a fox ${option} in the snow`)).toEqual({ name: 'video', prompt, ...expected });
    expect(read(`/video ${prompt} ${option}`)).toEqual({ name: 'video', prompt, ...expected });
    expect(read(`/video prompt:${prompt} ${option}`)).toEqual({ name: 'video', prompt, ...expected });
  });

  test.each(['the model: a tall woman', 'a ship —model of a ship—', 'a “model:pro” sign', 'a clock, length = height'])(
    '%s is only text',
    (prompt) => {
      expect(read(`/video ${prompt}`)).toEqual({ name: 'video', prompt });
    },
  );

  test('a name that is almost an option is told, and is not in the text', () => {
    const { unknown, texts } = parseLine('/video a fox modle:pro --sparkles', COMMANDS);
    expect([unknown, texts.get('prompt')]).toEqual([['modle', '--sparkles'], 'a fox']);
  });

  test('a length of time may be several words', () => {
    expect(read('/moderate block for:2 weeks, 3 days reason:spam')).toMatchObject({ for: '2 weeks, 3 days' });
    expect(read('/moderate block for:7d spam')).toMatchObject({ for: '7d', reason: 'spam' });
  });

  test('an option without a value is empty', () => {
    expect(read('/video prompt: model: duration:5')).toEqual({ name: 'video', prompt: '', model: '', duration: '5' });
  });

  test('the longest name of a command counts', () => {
    expect(read('/moderate block reason:spam and more')).toEqual({ name: 'moderate block', reason: 'spam and more' });
    expect(read('/moderate')).toEqual({ name: 'moderate' });
    expect(read('/moderate blocks')).toEqual({ name: 'moderate', stray: 'blocks' });
  });

  test('an unknown command keeps its name', () => {
    expect(parseLine('/vidoe prompt:x', COMMANDS)).toMatchObject({ name: 'vidoe', command: undefined });
    expect(parseLine('/', COMMANDS)).toMatchObject({ name: '', command: undefined });
    expect(parseLine('/videos', COMMANDS)).toMatchObject({ name: 'videos', command: undefined });
  });

  test('a very long line is read at once', () => {
    const line = `/video prompt:${'word: '.repeat(5000)}${'"\\'.repeat(5000)} model:pro`;
    expect(processorMs(() => read(line))).toBeLessThan(AT_ONCE_MS);
  });
});

describe('writing a line', () => {
  test('reads as a person would write it', () => {
    const values = { prompt: 'a clock at 10:30', model: 'pro', duration: 10, camera_fixed: true };
    expect(formatLine('video', values, VIDEO.options)).toBe(
      '/video prompt:a clock at 10:30 model:pro duration:10 camera_fixed:true',
    );
    expect(formatLine('quota', {}, [])).toBe('/quota');
  });

  test.each([
    'a fox',
    'a sign that says model:pro',
    'model:pro',
    '"quoted"',
    '"half',
    'back\\slash "and" model:x',
    ' spaces around ',
    'two\nlines',
    'prompt:prompt:',
  ])('%j comes back as it was', (prompt) => {
    const line = formatLine('video', { prompt, model: 'pro' }, VIDEO.options);
    expect(read(line)).toEqual({ name: 'video', prompt, model: 'pro' });
  });

  test('a value with spaces where one word is read comes back as it was', () => {
    const line = formatLine('video', { model: 'the "big" one', prompt: 'x' }, VIDEO.options);
    expect(read(line)).toEqual({ name: 'video', model: 'the "big" one', prompt: 'x' });
  });
});
