import { SCOPES } from '../../src/domain/rule.ts';
import { LANGUAGES, type Language } from '../../src/locales/languages.ts';
import type { Texts } from '../../src/locales/texts.ts';

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
const LIMITS_OF: readonly [number | null, 'day' | 'week'][] = [
  [20, 'day'],
  [0, 'week'],
  [null, 'day'],
];
const PACE = { concurrency: 2, waiting: 4, starts: 1, per: 'hour' } as const;

/** Arguments for every function of the catalogue; numbers are small, and differ from each other. */
export const SAMPLES: { readonly [P in FunctionPath<Texts>]: readonly ParametersAt<Texts, P>[] } = {
  'errors.prompt_empty': NONE,
  'errors.prompt_too_long': [[{ length: 23, max: 20 }]],
  'errors.prompt_characters': [[{ character: 'U+0007', position: 5 }]],
  'errors.model_unknown': [[{ model: 'ultra', models: ['lite', 'pro'] }]],
  'errors.model_withdrawn': [
    [{ model: 'ultra', successor: 'lite', credits: 3, draft: 'd1' }],
    [{ model: 'ultra', successor: null, credits: null, draft: null }],
  ],
  'errors.models_gone': NONE,
  'errors.option_unknown': [
    [{ option: 'colour', options: ['seed', 'duration'], nearest: null }],
    [{ option: 'sed', options: ['seed', 'duration'], nearest: 'seed' }],
  ],
  'errors.option_unsupported': [[{ option: 'colour', model: 'ultra' }]],
  'errors.option_value': [
    [{ option: 'duration', value: '7', expected: [5, 10] }],
    [{ option: 'duration', value: '3', expected: [4, 5, 6, 7] }],
    [{ option: 'seed', value: '-1', expected: { minimum: 0, maximum: 9 } }],
    [{ option: 'rate', value: 'x', expected: 'so many' }],
  ],
  'errors.queue_full': [
    [{ running: 1, waiting: 4, max: 5, roomAt: null }],
    [{ running: 2, waiting: 3, max: 6, roomAt: SOON }],
  ],
  'errors.quota_exhausted': (['default', 'everyone', 'role', 'member'] as const).flatMap((scope) =>
    [0, 1].map((granted) => [
      { cost: 3, used: 18, quota: 20, period: 'day', resetsAt: SOON, rule: { scope, subject: '77' }, granted },
    ]),
  ),
  'errors.quota_forbidden': (['everyone', 'role', 'member', 'channel', 'community'] as const).map((scope) => [
    { rule: { scope, subject: '77' } },
  ]),
  'errors.channel_exhausted': [[{ cost: 3, used: 18, quota: 20, period: 'week', resetsAt: SOON }]],
  'errors.budget_exhausted': [[{ cost: 3, used: 18, quota: 20, period: 'month', resetsAt: SOON }]],
  'errors.paused': [[{ reason: 'back at noon' }], [{ reason: '' }]],
  'errors.blocked': [[{ reason: 'no more herrings', until: SOON }], [{ reason: '', until: null }]],
  'errors.channel_denied': NONE,
  'errors.model_disabled': [[{ model: 'ultra', models: ['lite', 'pro'] }], [{ model: 'ultra', models: [] }]],
  'errors.private_denied': NONE,
  'errors.draft_gone': NONE,
  'errors.direct_denied': NONE,
  'errors.words_refused': NONE,
  'errors.moderators_only': NONE,
  'errors.word_invalid': [
    [{ word: '***', reason: 'empty' }],
    [{ word: 'blah', reason: 'long' }],
    [{ word: '/(/', reason: 'regex' }],
    [{ word: '/.*/', reason: 'matches everything' }],
  ],
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
  'errors.rejected': [[{ hint: 'no such size' }], [{ hint: '' }]],
  'errors.moderated': [[{ hint: 'a forbidden word' }], [{ hint: 'Forbidden!' }], [{ hint: '' }]],
  'errors.provider_failed': [[{ hint: 'out of memory' }], [{ hint: '' }]],
  'errors.operator_must_look': NONE,
  'errors.provider_unavailable': NONE,
  'errors.too_many_waiting': NONE,
  'errors.submission_lost': NONE,
  'errors.generation_lost': NONE,
  'errors.video_missing': NONE,
  'errors.timed_out': [[{ minutes: 1 }], [{ minutes: 17 }]],
  'errors.video_unusable': NONE,
  'errors.undelivered': NONE,
  'errors.stopping': NONE,
  'errors.internal': NONE,
  modelChoice: [
    ['ultra', 'Seedance 9', 3, 5],
    ['ultra', 'Seedance 9', 3, 5, 2],
  ],
  priced: [
    ['480p', 1],
    ['480p', 3],
  ],
  useModel: [['ultra']],
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
    [0, 'day'],
    [null, 'day'],
  ],
  'quota.roleRule': [
    ['77', 20, 'day'],
    ['77', null, 'week'],
  ],
  'quota.ownRule': [
    [20, 'day'],
    [0, 'week'],
  ],
  'quota.granted': [
    [1, undefined],
    [5, SOON],
  ],
  'quota.channel': [
    [3, 50, SOON],
    [0, 0, SOON],
  ],
  'quota.budget': [
    [3, 50, SOON],
    [0, 0, SOON],
  ],
  'quota.cost': [['Seedance 9', 3, 5]],
  'limits.is': SCOPES.flatMap((scope) => LIMITS_OF.map((limit) => [scope, '77', ...limit])),
  'limits.before': LIMITS_OF,
  'limits.gone': SCOPES.map((scope) => [scope, '77', 20, 'day']),
  'limits.none': SCOPES.map((scope) => [scope, '77']),
  'limits.noNumber': [[9]],
  'limits.instead.everyone': [[20, 'day']],
  'limits.nameOne': [['role, scope']],
  'limits.nameOnlyOne': [['role, scope']],
  'limits.granted': [
    ['web:ada', 1, undefined],
    ['web:ada', 5, SOON],
  ],
  'limits.grantedInAll': [[7]],
  'limits.revoked': [
    ['web:ada', 1],
    ['web:ada', 5],
  ],
  'limits.noneGranted': [['web:ada']],
  'limits.list.rule': SCOPES.map((scope) => [3, scope, '77', 20, 'day']),
  'limits.list.fallback': [[20, 'day']],
  'limits.list.grant': [
    ['web:ada', 3, 5, undefined],
    ['web:ada', 3, 5, SOON],
  ],
  'limits.list.pace': [
    ['77', PACE],
    ['', { waiting: 4 }],
  ],
  'limits.list.paceFallback': [[PACE]],
  'limits.standing.has': LIMITS_OF.map((limit) => ['web:ada', ...limit]),
  'limits.standing.why.role': [['77']],
  'limits.standing.used': [[3]],
  'limits.standing.left': [
    [3, SOON],
    [3, undefined],
  ],
  'limits.standing.granted': [
    [1, undefined],
    [5, SOON],
  ],
  'limits.standing.budget': [[3, 50]],
  'limits.standing.pace': [
    [PACE],
    [{ ...PACE, per: 'second' }],
    [{ ...PACE, per: 'minute' }],
    [{ ...PACE, per: 'day' }],
  ],
  'limits.pace.is': [
    ['77', PACE],
    ['', PACE],
  ],
  'limits.pace.gone': [['77'], ['']],
  'limits.pace.none': [['77'], ['']],
  'limits.pace.instead': [[PACE]],
  'limits.pace.nothing': [['pace, rate']],
  'limits.expected.credits': [[100]],
  'usage.since': [[SOON, 'Europe/Berlin']],
  'usage.figure': [
    [12, 4],
    [3, -2],
    [0, 0],
  ],
  'usage.share': [
    ['Seedance 9', 3, 9],
    ['Ada', 1, 1],
  ],
  'usage.picture.alt': [
    [12, 8],
    [1, 0],
  ],
  'usage.export.text': [[1], [7]],
  'usage.export.omitted': [[7]],
  'usage.export.alt': [[1], [7]],
  'forget.ask': [['Ada']],
  'forget.done': [
    ['Ada', 1],
    ['Ada', 7],
  ],
  'forget.doneOwn': [[1], [7]],
  'forget.unfinished': [[1], [2]],
  'cancelling.all': [[1], [7]],
  'cancelling.of': [
    ['Ada', 1],
    ['Ada', 7],
  ],
  'cancelling.noneOf': [['Ada']],
  'log.made': [['Ada', 'lobby', 'ultra', 3]],
  'log.ended': [
    ['Ada', 'lobby', 'ultra', 'gone', 'Too dark'],
    ['Ada', 'lobby', 'ultra', 'gone', ''],
  ],
  'log.refusal': [['Ada', 'lobby', 'too dark']],
  'log.report': [
    ['Ada', 'Ben', 'not a herring'],
    ['Ada', 'Ben', ''],
  ],
  'log.spent': [[80, 16, 20, SOON]],
  'log.deletedBy': [['Ada']],
  'moderators.added': [['U1A']],
  'moderators.known': [['U1A']],
  'moderators.removed': [['U1A']],
  'moderators.unknown': [['U1A']],
  'moderators.full': [[50]],
  'conduct.page': [[2, 3]],
  'conduct.reasonExpected': [[200]],
  'conduct.blocks.blocked': [
    ['slack:T1/U2', SOON, 'no more herrings'],
    ['slack:T1/U2', null, ''],
  ],
  'conduct.blocks.unblocked': [['slack:T1/U2']],
  'conduct.blocks.notBlocked': [['slack:T1/U2']],
  'conduct.blocks.line': [
    ['slack:T1/U2', SOON, 'no more herrings', 'slack:T1/U3'],
    ['slack:T1/U2', null, '', 'slack:T1/U3'],
  ],
  'conduct.channels.allowed': [['77']],
  'conduct.channels.denied': [['77']],
  'conduct.channels.cleared': [['77']],
  'conduct.channels.unlisted': [['77']],
  'conduct.channels.noNumber': [[9]],
  'conduct.models.enabled': [['ultra']],
  'conduct.models.disabled': [['ultra']],
  'conduct.models.last': [['ultra']],
  'conduct.models.cost': [
    ['ultra', 1, 5, undefined],
    ['ultra', 3, 5, '720p'],
  ],
  'conduct.models.line': [['ultra', '480p 1 · 720p 2', 5]],
  'conduct.models.goneLine': [['ultra']],
  'conduct.words.added': [['herring']],
  'conduct.words.known': [['herring']],
  'conduct.words.removed': [['herring']],
  'conduct.words.unknown': [['herring']],
  'conduct.words.full': [[500]],
  'conduct.words.patternsFull': [[20]],
  'conduct.settings.timeZoneSet': [['Asia/Tokyo']],
  'conduct.settings.isPaused': [['back at noon'], ['']],
  'conduct.log.on': [['77']],
  'conduct.pause.paused': [['back at noon'], ['']],
  'home.counts': [
    [1, 2, false],
    [3, 25, true],
  ],
  'home.usedToday': [[0], [1], [25]],
  'home.asOf': [[SOON]],
  'asking.text': [['duration 10']],
  optionValue: [
    ['resolution', '720p'],
    ['aspect_ratio', '21:9'],
    ['duration', 10],
    ['camera_fixed', true],
    ['watermark', true],
    ['generate_audio', true],
    ['generate_audio', false],
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
