import type { Period } from './period.ts';

/**
 * Whose rule it is: the operator's default, everyone's, a role's (the platform's own id), the member's own, the channel's
 * or the whole community's.
 */
export interface RuleName {
  scope: 'default' | 'everyone' | 'role' | 'member' | 'channel' | 'community';
  subject: string;
}

/** The used part of a rule's credits, and when they come back (ms). */
interface Spent {
  used: number;
  quota: number;
  period: Period;
  resetsAt: number;
}

/** Values that would fit an option: words in the reader's language, the only values, or a range of whole numbers. */
export type Expected = string | readonly (string | number)[] | { minimum: number; maximum: number };

/**
 * Every way in which something can go wrong for a person, with the facts that its sentence needs.
 * The sentences are in `src/locales/`; a code is stable, because it is stored with a failed generation.
 */
export interface ErrorParams {
  // What a member asked for
  prompt_empty: Record<string, never>;
  prompt_too_long: { length: number; max: number };
  prompt_characters: { character: string; position: number };
  model_unknown: { model: string; models: string[] };
  /** `draft` is the id of what was typed, `credits` what it costs with the successor; null where there is none. */
  model_withdrawn: { model: string; successor: string | null; credits: number | null; draft: string | null };
  models_gone: Record<string, never>;
  /** `nearest` is the option that was most likely meant. */
  option_unknown: { option: string; options: string[]; nearest: string | null };
  option_unsupported: { option: string; model: string };
  option_value: { option: string; value: string; expected: Expected };
  // What a member may do
  queue_full: { running: number; waiting: number; max: number; roomAt: number | null };
  too_many_waiting: Record<string, never>;
  quota_exhausted: { cost: number; rule: RuleName; granted: number } & Spent;
  quota_forbidden: { rule: RuleName };
  channel_exhausted: { cost: number } & Spent;
  budget_exhausted: { cost: number } & Spent;
  paused: { reason: string };
  blocked: { reason: string; until: number | null };
  channel_denied: Record<string, never>;
  model_disabled: { model: string; models: string[] };
  private_denied: Record<string, never>;
  draft_gone: Record<string, never>;
  direct_denied: Record<string, never>;
  words_refused: Record<string, never>;
  moderators_only: Record<string, never>;
  word_invalid: { word: string; reason: 'empty' | 'long' | 'regex' | 'matches everything' };
  requester_only: Record<string, never>;
  // What was asked about a generation
  generation_unknown: Record<string, never>;
  cancel_too_late: { state: string };
  video_forgotten: Record<string, never>;
  remove_too_early: Record<string, never>;
  prompt_forgotten: Record<string, never>;
  command_unknown: { command: string };
  // What happened to a generation
  rejected: { hint: string };
  moderated: { hint: string };
  provider_failed: { hint: string };
  operator_must_look: Record<string, never>;
  provider_unavailable: Record<string, never>;
  /** The log of requests has nothing of it. */
  submission_lost: Record<string, never>;
  /** The log of requests could not be read. */
  submission_unclear: Record<string, never>;
  generation_lost: Record<string, never>;
  video_missing: Record<string, never>;
  timed_out: { minutes: number };
  video_unusable: Record<string, never>;
  undelivered: Record<string, never>;
  // Anything else
  stopping: Record<string, never>;
  internal: Record<string, never>;
}

/** A stable name of an error, for the log, the store and the texts. */
export type ErrorCode = keyof ErrorParams;

/** An error code with its facts: plain data, so that it can be stored and put into words later, in any language. */
export type Failure = { [C in ErrorCode]: { code: C; params: ErrorParams[C] } }[ErrorCode];

type Arguments<C extends ErrorCode> =
  ErrorParams[C] extends Record<string, never>
    ? [params?: ErrorParams[C], options?: ErrorOptions]
    : [params: ErrorParams[C], options?: ErrorOptions];

/**
 * An error that a person will be told about. Its message is for the operator's log; the sentence for the person comes
 * from the texts, by `failure`.
 */
export class DailiesError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name: string = 'DailiesError';
  readonly code: C;
  readonly params: ErrorParams[C];

  constructor(code: C, ...[params, options]: Arguments<C>) {
    super(`${code} ${JSON.stringify(params ?? {})}`, options);
    this.code = code;
    this.params = params ?? ({} as ErrorParams[C]);
  }

  /** The code and its facts, to be stored or put into words. */
  get failure(): Failure {
    return { code: this.code, params: this.params } as Failure;
  }
}

/** The failure to show for any thrown value: its own if it has one, else `internal`. */
export function toFailure(error: unknown): Failure {
  return error instanceof DailiesError ? error.failure : { code: 'internal', params: {} };
}
