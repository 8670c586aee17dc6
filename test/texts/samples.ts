import { LANGUAGES, type Language, type Texts } from '../../src/texts/texts.ts';

type FunctionPath<T> = {
  [K in keyof T & string]: T[K] extends string
    ? never
    : T[K] extends (...args: never[]) => unknown
      ? K
      : `${K}.${FunctionPath<T[K]>}`;
}[keyof T & string];

type ParametersAt<T, P> = P extends `${infer K}.${infer Rest}`
  ? ParametersAt<T[K & keyof T], Rest>
  : T[P & keyof T] extends (...args: infer A) => unknown
    ? A
    : never;

const NONE: readonly [Record<string, never>][] = [[{}]];
const SOON = 1_700_000_300_000;

/** Arguments for every function of the catalogue; numbers are small, and differ from each other. */
export const SAMPLES: { readonly [P in FunctionPath<Texts>]: readonly ParametersAt<Texts, P>[] } = {
  'errors.prompt_empty': NONE,
  'errors.prompt_too_long': [[{ length: 23, max: 20 }]],
  'errors.prompt_characters': [[{ character: 'U+0007', position: 5 }]],
  'errors.model_unknown': [[{ model: 'ultra', models: ['lite', 'pro'] }]],
  'errors.option_unknown': [[{ option: 'colour', options: ['seed', 'duration'] }]],
  'errors.option_unsupported': [[{ option: 'colour', model: 'ultra' }]],
  'errors.option_value': [[{ option: 'duration', value: '7', expected: '5, 10' }]],
  'errors.queue_full': [
    [{ running: 1, waiting: 4, max: 5, roomAt: null }],
    [{ running: 2, waiting: 3, max: 6, roomAt: SOON }],
  ],
  'errors.quota_exhausted': [[{ cost: 3, used: 18, quota: 20, period: 'day', resetsAt: SOON }]],
  'errors.moderators_only': NONE,
  'errors.requester_only': NONE,
  'errors.generation_unknown': NONE,
  'errors.cancel_too_late': [
    [{ state: 'cancelled' }],
    [{ state: 'submitting' }],
    [{ state: 'generating' }],
    [{ state: 'delivering' }],
    [{ state: 'delivered' }],
    [{ state: 'failed' }],
  ],
  'errors.video_forgotten': NONE,
  'errors.remove_too_early': NONE,
  'errors.prompt_forgotten': NONE,
  'errors.command_unknown': [[{ command: 'juggle' }]],
  'errors.rejected': [[{ hint: 'no such size' }]],
  'errors.moderated': [[{ hint: 'a forbidden word' }], [{ hint: 'Forbidden!' }], [{ hint: '' }]],
  'errors.provider_failed': [[{ hint: 'out of memory' }], [{ hint: '' }]],
  'errors.operator_must_look': NONE,
  'errors.provider_unavailable': NONE,
  'errors.submission_lost': NONE,
  'errors.generation_lost': NONE,
  'errors.timed_out': [[{ minutes: 1 }], [{ minutes: 17 }]],
  'errors.video_unusable': NONE,
  'errors.undelivered': NONE,
  'errors.stopping': NONE,
  'errors.internal': NONE,
  modelChoice: [['ultra', 'Seedance 9', 3, 5]],
  'cards.queuedText': [[1], [2]],
  'cards.queuedNotBefore': [[SOON]],
  'cards.tooLarge': [['12.5 MB', '10 MB']],
  'cards.linkExpires': [[SOON]],
  'cards.refund': [[1], [3]],
  'cards.heldNote': [[1], [3]],
  'cards.dropped': [['colour', 'ultra']],
  'queue.place': [[2]],
  'queue.notBefore': [[SOON]],
  'queue.since': [[SOON]],
  'queue.ready': [[SOON]],
  'queue.more': [[1], [7]],
  'queue.cancel': [[1], [10]],
  'history.page': [[2]],
  'history.deliver': [[1], [10]],
  'quota.left': [
    [12, 20],
    [0, 1],
  ],
  'quota.resets': [[SOON]],
  'quota.rule': [
    [1, 'hour'],
    [20, 'day'],
    [30, 'week'],
    [40, 'month'],
  ],
  'quota.cost': [['Seedance 9', 3, 5]],
  'moderators.added': [['U1A']],
  'moderators.known': [['U1A']],
  'moderators.removed': [['U1A']],
  'moderators.unknown': [['U1A']],
  'moderators.full': [[50]],
  'home.counts': [
    [1, 2, false],
    [3, 25, true],
  ],
  'home.usedToday': [[0], [1], [25]],
  'home.asOf': [[SOON]],
  'slack.unknownOption': [
    ['sed', 'seed', ['seed', 'duration']],
    ['colour', undefined, ['seed', 'duration']],
  ],
  optionValue: [
    ['resolution', '720p'],
    ['aspect_ratio', '21:9'],
    ['duration', 10],
    ['camera_fixed', true],
    ['watermark', true],
  ],
  left: [
    [12, 20],
    [0, 1],
  ],
  took: [[7000], [65_000], [120_000]],
  credits: [[0], [1], [2]],
  bytes: [[12.5 * 1024 * 1024]],
  expected: [
    [30_000, 30_000],
    [30_000, 95_000],
  ],
};

/** One text of a language: a word of the catalogue, or what a function of it makes of a sample. */
export interface Written {
  /** Where it stands in the catalogue, with the number of the sample after it. */
  path: string;
  text: string;
  /** What the function was given; empty for a word. */
  args: readonly unknown[];
}

/** Every word and function of a catalogue, by its path. */
export function leavesOf(node: object, above: readonly string[] = []): Map<string, unknown> {
  return new Map(
    Object.entries(node).flatMap(([key, value]): [string, unknown][] =>
      typeof value === 'object' ? [...leavesOf(value, [...above, key])] : [[[...above, key].join('.'), value]],
    ),
  );
}

/** Everything that a language says, functions with every sample. */
export function writtenIn(language: Language): Written[] {
  return [...leavesOf(LANGUAGES[language])].flatMap(([path, leaf]) => {
    if (typeof leaf !== 'function') return [{ path, text: leaf as string, args: [] }];
    const samples: readonly (readonly unknown[])[] = SAMPLES[path as keyof typeof SAMPLES];
    return samples.map((args, index) => ({ path: `${path} #${index}`, text: leaf(...args) as string, args }));
  });
}
