import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { type OptionValue, option, type ReadingPlace } from '../../commands/options.ts';
import { readOptions } from '../../commands/read-options.ts';
import { video } from '../../commands/video.ts';
import { DailiesError } from '../../src/domain/failure.ts';
import { describeFailure } from '../../src/locales/failures.ts';
import { LANGUAGES } from '../../src/locales/languages.ts';
import type { Texts } from '../../src/locales/texts.ts';
import { anyText, SEED } from '../fuzz/support.ts';

const description = () => '';
const { en, de, es, ja } = LANGUAGES;
const placeIn = (texts: Texts): ReadingPlace => ({
  community: 'slack:T1',
  texts,
  now: 0,
  timeZone: async () => 'Europe/Berlin',
});
const OPTIONS = [
  option.integer('page', { description, minimum: 1, maximum: 9 }),
  option.choice('duration', { description, values: [5, 10], nameOf: String }),
  option.choice('seconds', { description, values: [4, 5, 6, 7], nameOf: String }),
  option.choice('per', { description, values: ['day', 'week'], nameOf: String }),
  option.boolean('private', { description }),
  option.member('member', { description }),
  option.role('role', { description }),
  option.channel('channel', { description }),
  option.mention('who', { description }),
  option.credits('credits', { description }),
  option.length('for', { description }),
  option.end('until', { description }),
  option.rate('rate', { description }),
  option.text('reason', { description, maximumLength: 5 }),
  option.model('model', { description, choices: [{ value: 'pro', name: () => 'Pro' }] }),
] as const;

const read = (given: Record<string, OptionValue>) => readOptions(OPTIONS, given, placeIn(en));
const refusal = async (given: Record<string, OptionValue>, texts: Texts = en) => {
  const error: unknown = await readOptions(OPTIONS, given, placeIn(texts)).catch((cause) => cause);
  if (!(error instanceof DailiesError)) throw new Error('expected a refusal');
  return describeFailure(texts, error.failure);
};

describe('an option', () => {
  it.each<[Record<string, OptionValue>, object]>([
    [{ page: 2 }, { page: 2 }],
    [{ page: ' ２ ' }, { page: 2 }],
    [{ duration: '10' }, { duration: 10 }],
    [{ per: 'WEEK' }, { per: 'week' }],
    [{ private: true }, { private: true }],
    [{ private: 'No' }, { private: false }],
    [{ member: 'slack:T1/U1' }, { member: 'slack:T1/U1' }],
    [{ who: 'U1' }, { who: 'U1' }],
    [{ credits: 'unlimited' }, { credits: null }],
    [{ credits: 20 }, { credits: 20 }],
    [{ for: '2h' }, { for: 7_200_000 }],
    [{ until: '1970-01-01' }, { until: 23 * 3_600_000 - 1000 }],
    [{ rate: '10 / hour' }, { rate: { count: 10, intervalMs: 3_600_000 } }],
    [{ reason: ' spam ' }, { reason: 'spam' }],
    [{ model: 'PRO' }, { model: 'pro' }],
    [{ model: 'ultra' }, { model: 'ultra' }],
    [{}, {}],
  ])('is read in its type, however a platform hands it over: %j', async (given, values) => {
    expect(await read(given)).toEqual(values);
  });

  it.each<[Record<string, OptionValue>, string]>([
    [{ duration: 7 }, 'duration must be 5 or 10.'],
    [{ seconds: 3 }, 'seconds must be a whole number from 4 to 7.'],
    [{ page: 0 }, 'page must be a whole number from 1 to 9.'],
    [{ page: '' }, 'page must be a whole number from 1 to 9.'],
    [{ private: 'perhaps' }, 'private must be true or false.'],
    [{ member: 'discord:1' }, `member must be ${en.conduct.memberExpected}.`],
    [{ reason: 'too long' }, 'reason must be at most 5 characters long.'],
    [{ rate: 'fast' }, `rate must be ${en.limits.expected.rate}.`],
    [{ pgae: 2 }, 'There is no option “pgae”. Did you mean “page”?'],
  ])('that does not fit is told in one sentence: %j', async (given, sentence) => {
    expect(await refusal(given)).toBe(sentence);
  });

  it('is told in each language', async () => {
    expect(await refusal({ duration: 7 }, de)).toBe('duration muss 5 oder 10 sein.');
    expect(await refusal({ duration: 7 }, es)).toBe('duration debe ser 5 o 10.');
    expect(await refusal({ duration: 7 }, ja)).toBe('duration に使えるのは5または10です。');
  });

  it('has its own type in what is read', async () => {
    const values = await read({ page: 2, per: 'day', credits: 'unlimited', private: 'yes' });
    const page: number | undefined = values.page;
    const per: 'day' | 'week' | undefined = values.per;
    const credits: number | null | undefined = values.credits;
    // @ts-expect-error a switch is no text
    const alone: string | undefined = values.private;
    // @ts-expect-error there is no such option
    expect([page, per, credits, alone, values.pgae]).toEqual([2, 'day', null, true, undefined]);
  });

  it('that is unknown and near none is told with those that there are', async () => {
    expect(await refusal({ sparkles: true })).toMatch(/^There is no option “sparkles”\. Options: page, duration, /);
  });

  it('that a command needs and that is missing is read as empty', async () => {
    expect(await readOptions(video.options, {}, placeIn(en))).toEqual({ prompt: '' });
  });
});

it('whatever is given to a command is read, or refused with a reason', async () => {
  const value = fc.oneof(anyText, fc.double(), fc.boolean(), fc.constantFrom('5', 'pro', 'yes', '7d', 'U1', '20'));
  const command = fc.constantFrom(...commands);
  await fc.assert(
    fc.asyncProperty(command, fc.array(value, { maxLength: 8 }), async ({ options }, values) => {
      const given = Object.fromEntries(
        options.flatMap(({ name }, at) => (values[at] === undefined ? [] : [[name, values[at]]])),
      );
      const error: unknown = await readOptions(options, given, placeIn(en)).then(
        () => undefined,
        (cause) => cause,
      );
      if (error !== undefined) expect(error).toBeInstanceOf(DailiesError);
    }),
    { seed: SEED, numRuns: 1000 },
  );
});
