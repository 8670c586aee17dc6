import { describe, expect, it } from 'vitest';
import type { Generation } from '../../src/domain/generation.ts';
import type { QuotaStatus } from '../../src/domain/quota-status.ts';
import { at } from '../../src/domain/text.ts';
import { LANGUAGES } from '../../src/locales/languages.ts';
import { generationCard } from '../../src/replies/view.ts';
import { makeGeneration } from '../support/generations.ts';
import { en } from '../support/texts.ts';

const NOW = Date.UTC(2026, 0, 1, 12);
const STATUS: QuotaStatus = {
  rule: { scope: 'default', subject: '' },
  credits: 20,
  period: 'day',
  used: 0,
  resetsAt: NOW,
  granted: 0,
  grantsEnd: undefined,
  channel: undefined,
  budget: undefined,
};
const expected = { low: 30_000, median: 40_000, high: 50_000 };
const card = (changes: Partial<Generation>, circumstances = {}) =>
  generationCard(makeGeneration(changes), en, circumstances);

describe('the buttons of a generation', () => {
  const labels = (changes: Partial<Generation>, circumstances = {}) =>
    card(changes, circumstances).buttons.map(({ label }) => label);
  const lite = makeGeneration().request;

  it('say what they spend', () => {
    const delivered = { state: 'delivered' } as const;
    expect(labels(delivered, { prices: { again: 1, pro: 4 } })).toEqual([
      'Again · 1 credit',
      'Edit prompt',
      'Same shot in pro · 4 credits',
      'Delete',
      'Report',
    ]);
    expect(labels({ state: 'cancelled' }, { prices: { again: 2, pro: 4 } })[0]).toBe('Again · 2 credits');
    expect(labels(delivered)).toEqual(['Again', 'Edit prompt', 'Same shot in pro', 'Delete', 'Report']);
  });

  it('offer pro only while it can be used, below pro', () => {
    const shown = (model: string, pro?: number) =>
      labels({ state: 'delivered', request: { ...lite, model } }, { prices: { again: 1, pro } }).join();
    expect(shown('lite')).not.toContain('Same shot');
    expect(shown('pro-fast', 2)).toContain('Same shot in pro · 2 credits');
    for (const model of ['pro', '1.5-pro', '2.0', '2.5']) expect(shown(model, 2)).not.toContain('Same shot');
  });

  it('begin with Edit where the content was refused', () => {
    const failure = { code: 'moderated', params: { hint: '' } } as const;
    const { buttons } = card({ state: 'failed', failure }, { prices: { again: 1, pro: 2 } });
    expect(buttons.map(({ action, style }) => [action, style])).toEqual([
      ['edit', 'primary'],
      ['again', 'plain'],
      ['delete', 'danger'],
    ]);
  });

  it('begin with the successor where the model is gone', () => {
    const params = { model: 'lite', successor: 'pro-fast', credits: 1, draft: 'g1' };
    const gone = card({ state: 'failed', failure: { code: 'model_withdrawn', params } });
    expect(gone.title).toBe('Model no longer available');
    expect(gone.buttons[0]).toEqual({
      action: 'successor',
      target: 'g1',
      label: 'Use pro-fast · 1 credit',
      style: 'primary',
    });
    expect(gone.buttons.map(({ action }) => action)).toEqual(['successor', 'edit', 'delete']);
    const none = { ...params, successor: null, credits: null, draft: null };
    const alone = card({ state: 'failed', failure: { code: 'model_withdrawn', params: none } });
    expect(alone.buttons.map(({ action }) => action)).toEqual(['again', 'edit', 'delete']);
  });

  it.each(['de', 'es', 'ja'] as const)('fit every chat in %s', (language) => {
    const texts = LANGUAGES[language];
    const prices = { again: 1234, pro: 12_345 };
    const { buttons } = generationCard(makeGeneration({ state: 'delivered' }), texts, { prices });
    for (const { label } of buttons) expect(label.length).toBeLessThanOrEqual(75);
  });
});

describe('the card of a generation', () => {
  it('says how long it has been running, and nothing of how much is done, while nothing is measured', () => {
    expect(card({ state: 'generating', generatingAt: NOW }, { now: NOW + 20_000 }).progress).toEqual({
      startedAt: NOW,
    });
  });

  it.each([
    [0, 0],
    [3_999, 0],
    [4_000, 1],
    [20_000, 5],
    [39_999, 9],
    [40_000, 9],
    [400_000, 9],
    [-5_000, 0],
  ])('after %i ms of a median of 40 s stands at %i tenths, and is never full before it is done', (elapsed, tenths) => {
    const { progress } = card({ state: 'generating', generatingAt: NOW }, { expected, now: NOW + elapsed });
    expect(progress).toEqual({ startedAt: NOW, expected, tenths });
  });

  it('says what it costs, and what is left', () => {
    const quota = { ...STATUS, credits: 20, used: 8 };
    expect(card({ credits: 3 }, { quota }).fields).toEqual(
      expect.arrayContaining([
        { label: 'Cost', value: '3 credits' },
        { label: 'Left', value: '12 of 20 credits' },
      ]),
    );
  });

  it('counts what was granted to what is left, and says nothing where there is no limit', () => {
    const fields = (quota: Partial<QuotaStatus>) =>
      card({}, { quota: { ...STATUS, ...quota } }).fields.find(({ label }) => label === 'Left')?.value;
    expect(fields({ credits: 5, used: 5, granted: 2 })).toBe('2 of 7 credits');
    expect(fields({ credits: null })).toBeUndefined();
  });

  it('never says that less than nothing is left', () => {
    const quota = { ...STATUS, credits: 5, used: 8 };
    expect(card({}, { quota }).fields).toContainEqual({ label: 'Left', value: '0 of 5 credits' });
  });

  it.each<[Generation['state'], string[]]>([
    ['queued', ['cancel']],
    ['submitting', []],
    ['generating', []],
    ['delivering', []],
    ['delivered', ['again', 'edit', 'pro', 'delete', 'report']],
    ['failed', ['again', 'edit', 'delete']],
    ['cancelled', ['again', 'edit', 'delete']],
    ['timed_out', ['check', 'again', 'delete']],
    ['undelivered', ['deliver', 'delete']],
  ])('that is %s has the buttons %j, each with the generation’s id', (state, actions) => {
    const { buttons } = card({ state });
    expect(buttons.map(({ action }) => action)).toEqual(actions);
    expect(buttons.every(({ target, label }) => target === 'g1' && label.length > 0)).toBe(true);
  });

  it('offers a shot in pro for lite results only', () => {
    const request = { ...makeGeneration().request, model: 'pro' };
    expect(card({ state: 'delivered', request }).buttons.map(({ action }) => action)).not.toContain('pro');
  });

  it('holds the prompt as the member wrote it, or says that it was removed', () => {
    const request = { ...makeGeneration().request, prompt: '<b>*a* dragon</b>' };
    expect(card({ request }).prompt).toBe('<b>*a* dragon</b>');
    expect(card({ request: { ...request, prompt: '' } }).prompt).toBe('(removed)');
  });

  it('says why it waits: its place, the rate, or a busy provider', () => {
    expect(card({}, { place: { position: 1, notBefore: undefined } }).text).toBe('Next in the queue.');
    expect(card({}, { place: { position: 4, notBefore: undefined } }).text).toBe('Number 4 in the queue.');
    expect(card({}, { place: { position: 1, notBefore: NOW } }).text).toEqual([
      expect.stringContaining('the next one starts'),
      at(NOW, 'relative'),
      '.',
    ]);
    expect(card({}, { delay: 'provider busy' }).text).toBe(en.cards.providerBusy);
  });

  it('with a clip that is too large says so, and until when the link works', () => {
    const link = { url: 'https://x.example/y', expiresAt: NOW, bytes: 20 * 2 ** 20, limitBytes: 10 * 2 ** 20 };
    const made = card({ state: 'delivered' }, { video: { name: 'clip.mp4', link } });
    expect(made.video).toEqual({ name: 'clip.mp4', link: 'https://x.example/y' });
    expect(made.text).toContain('20 MB');
    expect(made.notes).toHaveLength(1);
  });
});
