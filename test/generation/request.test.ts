import { describe, expect, it } from 'vitest';
import { DailiesError } from '../../src/errors.ts';
import { bodyFields, checkRequest, creditsFor, type RequestInput } from '../../src/generation/request.ts';

const half = () => 0.5;
const check = (input: Partial<RequestInput>, endpoint: 'universal' | 'bytedance' = 'universal') =>
  checkRequest({ prompt: 'a dragon', options: {}, ...input }, endpoint, half);

function refusal(input: Partial<RequestInput>): { code: string; params: object } {
  try {
    check(input);
  } catch (error) {
    if (error instanceof DailiesError) return { code: error.code, params: error.params };
    throw error;
  }
  throw new Error('expected a refusal, got none');
}

describe('a request', () => {
  it('is completed from the catalogue, with a seed of our own choice', () => {
    expect(check({})).toEqual({
      model: 'lite',
      prompt: 'a dragon',
      options: {
        resolution: '1080p',
        aspect_ratio: '16:9',
        duration: 5,
        seed: 2 ** 30,
        camera_fixed: false,
        watermark: false,
      },
      dropped: [],
    });
  });

  it('keeps what the member chose', () => {
    const options = {
      resolution: '480p',
      aspect_ratio: '9:21',
      duration: 10,
      seed: 0,
      camera_fixed: true,
      watermark: true,
    };
    expect(check({ options }).options).toEqual(options);
  });

  it('drops an option that the endpoint does not take for this model, and says so', () => {
    const input = { model: 'pro', options: { aspect_ratio: '1:1' } };
    expect(check(input)).toMatchObject({ dropped: ['aspect_ratio'] });
    expect(check(input).options).not.toHaveProperty('aspect_ratio');
    expect(check(input, 'bytedance')).toMatchObject({ dropped: [], options: { aspect_ratio: '1:1' } });
    expect(check({ model: 'pro' })).toMatchObject({ dropped: [] });
  });

  it('sends only fields of the endpoint’s schema, under the API’s names', () => {
    expect(bodyFields(check({ model: 'pro' }), 'universal')).toEqual({
      resolution: '1080p',
      duration: 5,
      seed: 2 ** 30,
      camerafixed: false,
      watermark: false,
    });
    expect(bodyFields(check({ model: 'pro' }, 'bytedance'), 'bytedance')).toHaveProperty('aspect_ratio', '16:9');
  });

  it('costs weight × seconds / 5', () => {
    expect(creditsFor(check({}))).toBe(1);
    expect(creditsFor(check({ model: 'pro', options: { duration: 10 } }))).toBe(6);
  });

  it.each(['', '   ', '\n\t', '\u200B\u200B', '\u2060 \uFEFF'])('with the empty prompt %j is refused', (prompt) => {
    expect(refusal({ prompt })).toEqual({ code: 'prompt_empty', params: {} });
  });

  it('may have a prompt of 2,000 characters, counted as people count, and no more', () => {
    expect(check({ prompt: '🐉'.repeat(2000) }).prompt).toHaveLength(4000);
    expect(refusal({ prompt: '🐉'.repeat(2001) })).toEqual({
      code: 'prompt_too_long',
      params: { length: 2001, max: 2000 },
    });
  });

  it.each([
    ['a control character', 'a\u0000b', 'U+0000', 2],
    ['an escape', '🐉\u001B[31m', 'U+001B', 2],
    ['a delete', 'abc\u007F', 'U+007F', 4],
    ['a C1 control', 'abcd\u0085e', 'U+0085', 5],
    ['a right-to-left override', 'abc\u202Edef', 'U+202E', 4],
    ['an isolate', 'abc\u2066def', 'U+2066', 4],
  ])('with %s is refused, and the place is named', (_, prompt, character, position) => {
    expect(refusal({ prompt })).toEqual({ code: 'prompt_characters', params: { character, position } });
  });

  it('keeps line breaks, joiners and the marks that right-to-left languages need', () => {
    const prompt = 'line one\nline two 👩‍🚀 \u200Fעברית\u200F';
    expect(check({ prompt: prompt.replace('\n', '\r\n') }).prompt).toBe(prompt);
  });

  it.each([
    [{ model: 'ultra' }, 'model_unknown', { model: 'ultra', models: ['lite', 'pro'] }],
    [{ model: `x\u202E${'y'.repeat(99)}` }, 'model_unknown', { model: `x${'y'.repeat(49)}…`, models: ['lite', 'pro'] }],
    [{ options: { fps: 24 } }, 'option_unknown', { option: 'fps', options: expect.arrayContaining(['seed']) }],
    [{ options: { constructor: 1 } }, 'option_unknown', { option: 'constructor', options: expect.anything() }],
    [
      { options: { resolution: '4k' } },
      'option_value',
      { option: 'resolution', value: '4k', expected: '480p, 720p, 1080p' },
    ],
    [{ options: { duration: 7 } }, 'option_value', { option: 'duration', value: '7', expected: '5, 10' }],
    [{ options: { duration: '5' } }, 'option_value', { option: 'duration', value: '5', expected: '5, 10' }],
    [{ options: { seed: -1 } }, 'option_value', { option: 'seed', value: '-1', expected: '0 … 4294967295' }],
    [
      { options: { seed: 2 ** 32 } },
      'option_value',
      { option: 'seed', value: '4294967296', expected: '0 … 4294967295' },
    ],
    [{ options: { seed: 1.5 } }, 'option_value', { option: 'seed', value: '1.5', expected: '0 … 4294967295' }],
    [{ options: { seed: Number.NaN } }, 'option_value', { option: 'seed', value: 'NaN', expected: '0 … 4294967295' }],
    [{ options: { watermark: 'yes' } }, 'option_value', { option: 'watermark', value: 'yes', expected: 'true, false' }],
    [
      { model: 'pro', options: { aspect_ratio: '2:1' } },
      'option_value',
      expect.objectContaining({ option: 'aspect_ratio' }),
    ],
  ])('%j is refused as %s', (input, code, params) => {
    expect(refusal(input as Partial<RequestInput>)).toEqual({ code, params });
  });
});
