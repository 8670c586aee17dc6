import { describe, expect, it } from 'vitest';
import { DailiesError } from '../../src/domain/failure.ts';
import { creditsOf, findModel, getModel, MODELS, type Model, shapeOf, usdFor } from '../../src/domain/models.ts';
import { checkRequest, creditsFor, type RequestInput, requestFor } from '../../src/domain/request.ts';

const half = () => 0.5;
const check = (input: Partial<RequestInput>, offered: readonly Model[] = MODELS) =>
  checkRequest({ prompt: 'a dragon', options: {}, ...input }, offered, half);
const ALL = MODELS.map(({ id }) => id);

function refusal(input: Partial<RequestInput>, offered = MODELS): { code: string; params: object } {
  try {
    check(input, offered);
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
        resolution: '720p',
        aspect_ratio: '16:9',
        duration: 5,
        seed: 2 ** 30,
        camera_fixed: false,
        watermark: false,
      },
      dropped: [],
      defaultModel: true,
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

  it('has the first model that is offered, unless one is named', () => {
    const offered = ['2.0-fast', 'pro'].map(getModel);
    expect(check({}, offered)).toMatchObject({ model: '2.0-fast', defaultModel: true, options: { duration: 8 } });
    expect(check({ model: 'pro' }, offered)).toMatchObject({ model: 'pro' });
    expect(check({ model: 'pro' }, offered)).not.toHaveProperty('defaultModel');
    expect(refusal({}, [])).toEqual({ code: 'models_gone', params: {} });
  });

  it('holds only what its model takes, and what has no usual value only when it is asked for', () => {
    expect(check({ model: 'pro' }).options).not.toHaveProperty('aspect_ratio');
    expect(check({ model: 'pro', options: { aspect_ratio: '1:1' } })).toMatchObject({
      options: { aspect_ratio: '1:1' },
      dropped: [],
    });
    expect(check({ model: '2.0-fast' }).options).toEqual({
      resolution: '720p',
      aspect_ratio: '16:9',
      duration: 8,
      seed: 2 ** 30,
      generate_audio: true,
    });
  });

  it.each([
    ['lite', {}, 1],
    ['lite', { resolution: '480p' }, 1],
    ['lite', { resolution: '1080p' }, 3],
    ['lite', { duration: 10 }, 2],
    ['pro', { resolution: '480p' }, 1],
    ['pro', {}, 2],
    ['pro', { resolution: '1080p' }, 4],
    ['pro', { duration: 10 }, 3],
    ['pro', { duration: 10, resolution: '1080p' }, 7],
    ['pro-fast', { resolution: '480p' }, 1],
    ['pro-fast', {}, 1],
    ['pro-fast', { resolution: '1080p' }, 2],
    ['1.5-pro', {}, 2],
    ['1.5-pro', { generate_audio: false }, 1],
    ['1.5-pro', { duration: 12, resolution: '1080p' }, 8],
    ['2.0', { resolution: '4k' }, 20],
    ['2.0', { generate_audio: false }, 4],
    ['2.0-fast', {}, 5],
    ['2.0-mini', { duration: 4 }, 2],
    ['2.5', { duration: 30 }, 24],
  ])('of %s with %j costs %i', (model, options, credits) => {
    expect(creditsFor(check({ model, options }))).toBe(credits);
  });

  it('costs what the community says, for its resolution first, rounded up to whole credits', () => {
    const own = { any: 3, '1080p': 0 };
    expect(creditsFor(check({ model: 'pro' }), own)).toBe(3);
    expect(creditsFor(check({ model: 'pro', options: { duration: 10 } }), own)).toBe(6);
    expect(creditsFor(check({ model: 'pro', options: { resolution: '1080p' } }), own)).toBe(0);
    expect(creditsFor(check({ model: '2.0', options: { duration: 4 } }), own)).toBe(3);
    expect(creditsFor(check({ model: 'pro' }), { '1080p': 9 })).toBe(2);
  });

  it('costs more the longer and the sharper it is, with every model', () => {
    for (const model of MODELS) {
      for (const { resolution, duration } of [
        { resolution: '480p', duration: 5 },
        { resolution: '720p', duration: 10 },
      ] as const) {
        const shape = shapeOf(model, { resolution, duration });
        expect(usdFor(model, { ...shape, seconds: shape.seconds + 1 })).toBeGreaterThan(usdFor(model, shape));
        expect(creditsOf(model, shape)).toBeGreaterThanOrEqual(1);
      }
    }
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
    [{ model: 'ultra' }, 'model_unknown', { model: 'ultra', models: ALL }],
    [{ model: `x\u202E${'y'.repeat(99)}` }, 'model_unknown', { model: `x${'y'.repeat(49)}…`, models: ALL }],
    [{ options: { generate_audio: true } }, 'option_unsupported', { option: 'generate_audio', model: 'lite' }],
    [{ model: '2.0', options: { camera_fixed: true } }, 'option_unsupported', { option: 'camera_fixed', model: '2.0' }],
    [
      { options: { fps: 24 } },
      'option_unknown',
      { option: 'fps', options: expect.arrayContaining(['seed']), nearest: null },
    ],
    [
      { options: { constructor: 1 } },
      'option_unknown',
      { option: 'constructor', options: expect.anything(), nearest: null },
    ],
    [
      { options: { resolution: '4k' } },
      'option_value',
      { option: 'resolution', value: '4k', expected: ['480p', '720p', '1080p'] },
    ],
    [{ options: { duration: 7 } }, 'option_value', { option: 'duration', value: '7', expected: [5, 10] }],
    [{ options: { duration: '5' } }, 'option_value', { option: 'duration', value: '5', expected: [5, 10] }],
    [
      { options: { seed: -1 } },
      'option_value',
      { option: 'seed', value: '-1', expected: { minimum: 0, maximum: 4294967295 } },
    ],
    [
      { options: { seed: 2 ** 32 } },
      'option_value',
      { option: 'seed', value: '4294967296', expected: { minimum: 0, maximum: 4294967295 } },
    ],
    [
      { options: { seed: 1.5 } },
      'option_value',
      { option: 'seed', value: '1.5', expected: { minimum: 0, maximum: 4294967295 } },
    ],
    [
      { options: { seed: Number.NaN } },
      'option_value',
      { option: 'seed', value: 'NaN', expected: { minimum: 0, maximum: 4294967295 } },
    ],
    [
      { options: { watermark: 'yes' } },
      'option_value',
      { option: 'watermark', value: 'yes', expected: ['true', 'false'] },
    ],
    [
      { model: 'pro', options: { aspect_ratio: '2:1' } },
      'option_value',
      expect.objectContaining({ option: 'aspect_ratio' }),
    ],
  ])('%j is refused as %s', (input, code, params) => {
    expect(refusal(input as Partial<RequestInput>)).toEqual({ code, params });
  });
});

describe('the same request for another model', () => {
  const of = (input: Partial<RequestInput>, model: string) => requestFor(check(input), model);

  it('keeps what was chosen, names what that model does not take, and takes its own usual values', () => {
    const options = { resolution: '1080p', aspect_ratio: '9:21', duration: 10, seed: 7, camera_fixed: true };
    expect(of({ options }, 'pro')).toEqual({ prompt: 'a dragon', model: 'pro', options, dropped: [] });
    expect(of({ options }, '2.0-fast')).toEqual({
      prompt: 'a dragon',
      model: '2.0-fast',
      options: { duration: 10, seed: 7 },
      dropped: ['resolution', 'aspect_ratio', 'camera_fixed'],
    });
    // Nobody chose 5 seconds, nor 16:9.
    expect(of({ options: { seed: 7 } }, '2.0-fast')).toMatchObject({ options: { seed: 7 }, dropped: [] });
  });

  it.each(MODELS.flatMap(({ id }) => MODELS.map(({ id: other }) => [id, other])))(
    'from %s to %s is accepted',
    (from, to) => {
      for (const option of findModel(from ?? '')?.options ?? []) {
        const values = option.type === 'choice' ? option.values : option.type === 'boolean' ? [true, false] : [7];
        for (const value of values) {
          const next = of({ model: from, options: { [option.name]: value } }, to ?? '');
          expect(check(next).model).toBe(to);
        }
      }
    },
  );
});
