import { describe, expect, it } from 'vitest';
import { atUsualPrice, describeModel, valueChoices } from '../../commands/choices.ts';
import { editForm, promptForm } from '../../commands/forms/edit.ts';
import { requestForm } from '../../commands/forms/video.ts';
import type { OptionValue } from '../../commands/options.ts';
import { getModel, type OptionName } from '../../src/domain/models.ts';
import { LANGUAGES } from '../../src/locales/languages.ts';
import { OFFERED } from '../support/models.ts';

const { en, de, es, ja } = LANGUAGES;

/** The names of what can be chosen. */
const names = (model: string, option: OptionName, given: Record<string, OptionValue> = {}) =>
  valueChoices(atUsualPrice(getModel(model)), option, given, en).map(({ name }) => name);

describe('what can be chosen says what it costs:', () => {
  it('models, with the seconds that they make by themselves, and without sound where that is cheaper', () => {
    const say = (model: string, texts = en) => describeModel(atUsualPrice(getModel(model)), texts);
    expect(say('pro')).toBe('pro: Seedance 1.0 Pro · 2 credits for 5 s');
    expect(say('2.0-fast')).toBe('2.0-fast: Seedance 2.0 Fast · 5 credits for 8 s');
    expect(say('1.5-pro')).toBe('1.5-pro: Seedance 1.5 Pro · 2 credits for 5 s (1 without sound)');
    expect(say('1.5-pro', de)).toBe('1.5-pro: Seedance 1.5 Pro · 2 Credits für 5 s (1 ohne Ton)');
    expect(say('1.5-pro', es)).toBe('1.5-pro: Seedance 1.5 Pro · 2 créditos por 5 s (1 sin sonido)');
    expect(say('1.5-pro', ja)).toBe('1.5-pro：Seedance 1.5 Pro · 5秒で2クレジット（音声なしは1）');
  });

  it('resolutions, by the seconds that were chosen', () => {
    expect(names('pro', 'resolution')).toEqual(['480p · 1 credit', '720p · 2 credits', '1080p · 4 credits']);
    expect(names('pro', 'resolution', { duration: 10 })).toEqual([
      '480p · 2 credits',
      '720p · 3 credits',
      '1080p · 7 credits',
    ]);
    // A form hands over text, and what the model does not take does not count.
    expect(names('pro', 'resolution', { duration: '10' })[2]).toBe('1080p · 7 credits');
    expect(names('pro', 'resolution', { duration: 7, resolution: '8k' })[2]).toBe('1080p · 4 credits');
  });

  it('seconds, by the resolution that was chosen', () => {
    expect(names('pro', 'duration')).toEqual(['5 s · 2 credits', '10 s · 3 credits']);
    expect(names('pro', 'duration', { resolution: '1080p' })).toEqual(['5 s · 4 credits', '10 s · 7 credits']);
    expect(names('2.5', 'duration').at(-1)).toBe('30 s · 24 credits');
  });

  it('sound, what is usual first; and nothing where a model has none', () => {
    expect(valueChoices(atUsualPrice(getModel('1.5-pro')), 'generate_audio', {}, en)).toEqual([
      { value: 'true', name: 'sound · 2 credits' },
      { value: 'false', name: 'no sound · 1 credit' },
    ]);
    expect(names('1.5-pro', 'resolution', { generate_audio: 'false' })[2]).toBe('1080p · 2 credits');
    expect(names('pro', 'generate_audio')).toEqual([]);
  });

  it('other options cost nothing', () => {
    expect(names('lite', 'aspect_ratio')[0]).toBe('16:9');
    expect(valueChoices(atUsualPrice(getModel('lite')), 'watermark', {}, en)[0]?.value).toBe('false');
  });

  it('by the community’s own prices', () => {
    const model = { ...getModel('pro'), prices: { any: 5, '1080p': 0 } };
    expect(valueChoices(model, 'resolution', { duration: 10 }, en).map(({ name }) => name)).toEqual([
      '480p · 10 credits',
      '720p · 10 credits',
      '1080p · 0 credits',
    ]);
  });
});

describe('forms that spend', () => {
  it('say what they cost where it is known', () => {
    expect(promptForm('g1', 'a dragon', en, 3)).toMatchObject({ name: editForm.name, costs: '3 credits' });
    expect(promptForm('g1', 'a dragon', en)).not.toHaveProperty('costs');
    expect(requestForm('', en, OFFERED.slice(1, 2))).toMatchObject({ costs: '2 credits' });
    // With several models it depends on the choice, which says it.
    expect(requestForm('', en, OFFERED)).not.toHaveProperty('costs');
  });
});
