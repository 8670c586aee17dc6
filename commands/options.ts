import { type MemberId, memberId, parseId, platformOf } from '../src/domain/ids.ts';
import type { OfferedModel } from '../src/domain/offered-model.ts';
import { parseRate } from '../src/domain/rate.ts';
import { MOST_CREDITS } from '../src/domain/rule.ts';
import type { Texts } from '../src/locales/texts.ts';
import { parseCredits, parseEnd, parseLength } from './option-texts.ts';

/** Value of an option once a platform has translated it. */
export type OptionValue = string | number | boolean;

/** A value that an option may have, with the name that people read. */
export interface Choice {
  name: string;
  value: string | number;
}

/** Where and when an option is read. */
export interface ReadingPlace {
  community: string;
  texts: Texts;
  /** As in `Invocation`. */
  rolesOf?: Readonly<Record<string, readonly string[]>> | undefined;
  /** In ms since 1970 UTC. */
  now: number;
  /** IANA name of the community's time zone. */
  timeZone(): Promise<string>;
}

/**
 * One option of a command: lets platforms show it and dispatch read it. Make one with
 * {@link option}.
 */
export interface CommandOption<Name extends string = string, Value = unknown> {
  name: Name;
  description: (texts: Texts) => string;
  /**
   * `member` is passed as in `Origin.member`; `role` and `channel` as the platform's own id; `mention`, a member or a
   * role, as the platform's own id. A role that is just everybody is {@link EVERYONE}.
   */
  type: 'string' | 'integer' | 'boolean' | 'member' | 'role' | 'channel' | 'mention';
  required: boolean;
  /** Other names that are understood where the option is typed in a line. */
  aliases?: readonly string[];
  /** Text that is one word, or a length of time; where it is typed in a line, it ends there. */
  brief?: 'word' | 'length';
  /** If given, the only values allowed, unless they are `suggested`. */
  choices?: readonly { name: (texts: Texts) => string; value: string | number }[];
  /** The choices are only suggestions; the command checks other values. */
  suggested?: boolean;
  /**
   * Finds the choices that fit the other values chosen; a platform offers them while the member types. For a
   * `boolean` they are `true` and `false`, the default first, or none where it has no effect.
   * @param models those that the community offers, with its prices.
   */
  complete?: (given: Readonly<Record<string, OptionValue>>, texts: Texts, models: readonly OfferedModel[]) => Choice[];
  /** Whether the choices of other options depend on this one. */
  steers?: boolean;
  minimum?: number;
  maximum?: number;
  minimumLength?: number;
  maximumLength?: number;
  /** Reads text further than its type says; undefined is no value. */
  read?: (text: string, place: ReadingPlace) => Value | undefined | Promise<Value | undefined>;
  /** Values that would fit, worded to follow "… must be", where the type does not say it. */
  expected?: (texts: Texts) => string;
  /** Exists in types only: the type of the value. */
  readonly of?: Value;
}

/** The values of options by name, as `run` gets them. */
export type ReadOptions<O extends readonly CommandOption[]> = {
  readonly [P in O[number] as P['name']]: P extends { of?: infer V } ? V : never;
};

interface About<R extends boolean> {
  description: (texts: Texts) => string;
  /** @default false */
  required?: R;
  aliases?: readonly string[];
}

type Made<N extends string, V, R extends boolean> = CommandOption<N, R extends true ? V : V | undefined>;

type Rest = Omit<CommandOption<never, never>, 'name' | 'description' | 'required' | 'read' | 'of'>;

function make<N extends string, V, R extends boolean>(
  name: N,
  { required, ...about }: About<R>,
  rest: Rest,
  read?: (text: string, place: ReadingPlace) => V | undefined | Promise<V | undefined>,
): Made<N, V, R> {
  return { ...about, ...rest, name, required: required ?? false, ...(read && { read }) } as Made<N, V, R>;
}

/** In Discord and Slack an id has a digit in it, so that a bare name is not taken for one. */
const ID = /^(?=.*\d)[A-Z0-9]{2,40}$/;
/** An id of a platform that has looked up whom it names. */
const FOUND_ID = /^[\w-]{1,40}$/;

/** Makes a kind of option that needs only a name, a description and whether it is required. */
function kind<V>(rest: Rest, read: (text: string, place: ReadingPlace) => V | undefined | Promise<V | undefined>) {
  return <const N extends string, R extends boolean = false>(name: N, about: About<R>) =>
    make<N, V, R>(name, about, rest, read);
}

const WORD = { type: 'string', brief: 'word', minimumLength: 1, maximumLength: 20 } as const;
const LENGTH = { type: 'string', brief: 'length', minimumLength: 1, maximumLength: 100 } as const;

type Lengths = Pick<CommandOption, 'minimumLength' | 'maximumLength' | 'complete'>;

/** The kinds of options. Each is read in one place, for every platform: see `readOptions`. */
export const option = {
  /** Unchecked text; the command checks it. */
  words: <const N extends string, R extends boolean = false>(name: N, { complete, ...about }: About<R> & Lengths) =>
    make<N, string, R>(name, about, { type: 'string', ...(complete && { complete }) }),

  /** Text without spaces at its ends, at most so long. */
  text: <const N extends string, R extends boolean = false>(name: N, about: About<R> & { maximumLength: number }) =>
    make<N, string, R>(
      name,
      about,
      { type: 'string', expected: (texts) => texts.conduct.reasonExpected({ max: about.maximumLength }) },
      (text) => ([...text.trim()].length <= about.maximumLength ? text.trim() : undefined),
    ),

  integer: <const N extends string, R extends boolean = false>(
    name: N,
    about: About<R> & { minimum: number; maximum: number },
  ) => make<N, number, R>(name, about, { type: 'integer' }),

  boolean: <const N extends string, R extends boolean = false>(
    name: N,
    about: About<R> & Pick<CommandOption, 'complete' | 'steers'>,
  ) => make<N, boolean, R>(name, about, { type: 'boolean' }),

  /** One of a few values. */
  choice: <const N extends string, V extends string | number, R extends boolean = false>(
    name: N,
    {
      values,
      nameOf,
      ...about
    }: About<R> & { values: readonly V[]; nameOf: (value: V, texts: Texts) => string } & Pick<
        CommandOption,
        'complete' | 'steers'
      >,
  ) =>
    make<N, V, R>(name, about, {
      type: values.every((value) => typeof value === 'number') ? 'integer' : 'string',
      choices: values.map((value) => ({ value, name: (texts: Texts) => nameOf(value, texts) })),
    }),

  /** A model's id; the service checks that it is offered. */
  model: <const N extends string, R extends boolean = false>(
    name: N,
    about: About<R> & Pick<CommandOption, 'choices' | 'complete' | 'steers'>,
  ) => make<N, string, R>(name, about, { type: 'string', suggested: true }),

  /** As in `Origin.member`. */
  member: kind({ type: 'member', expected: (texts) => texts.conduct.memberExpected }, memberIn),

  /** The platform's own id, or {@link EVERYONE}. */
  role: kind({ type: 'role', expected: (texts) => texts.limits.expected.role }, idIn),

  /** The platform's own id. */
  channel: kind({ type: 'channel', expected: (texts) => texts.conduct.channelExpected }, idIn),

  /** A member or a role: the platform's own id, or a member as in `Origin.member`. */
  mention: kind({ type: 'mention', expected: (texts) => texts.moderators.expected }, mentionedIn),

  /** Credits of a limit; null is without limit. */
  credits: kind({ ...WORD, expected: (texts) => texts.limits.expected.credits({ max: MOST_CREDITS }) }, parseCredits),

  /** A length of time; the value is when it is over, in ms since 1970 UTC. */
  length: kind({ ...LENGTH, expected: (texts) => texts.conduct.lengthExpected }, (text, { now }) =>
    parseLength(text, now),
  ),

  /** A length of time, or a date in the community's time zone; the value is when it is over, in ms since 1970 UTC. */
  end: kind({ ...LENGTH, expected: (texts) => texts.limits.expected.end }, async (text, { now, timeZone }) =>
    parseEnd(text, now, await timeZone()),
  ),

  /** A number per unit of time: `10/hour`. */
  rate: kind({ ...WORD, expected: (texts) => texts.limits.expected.rate }, (text) =>
    parseRate(text.normalize('NFKC').toLowerCase().replace(/\s/g, '')),
  ),
};

/** A member of this platform. */
export function memberIn(text: string, { community }: Pick<ReadingPlace, 'community'>): MemberId | undefined {
  const { platform, team, personal, own } = parseId(text) ?? { platform: undefined };
  return platform === undefined || personal || platform !== platformOf(community)
    ? undefined
    : memberId(platform, own, team);
}

function idIn(text: string): string | undefined {
  return /^[\w:-]{1,100}$/.test(text) ? text : undefined;
}

function mentionedIn(text: string, place: ReadingPlace): string | undefined {
  const who = text.trim();
  return ID.test(who) || (place.rolesOf && FOUND_ID.test(who)) ? who : memberIn(who, place);
}
