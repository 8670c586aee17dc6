import type { Failure } from './failure.ts';
import type { ChannelId, CommunityId, GenerationId, MemberId } from './ids.ts';
import type { Origin } from './origin.ts';
import type { ReplyRef } from './reply.ts';
import type { VideoRequest } from './request.ts';

/**
 * The states of a generation and which may follow which.
 * - `queued`: accepted, waiting for its turn.
 * - `submitting`: about to be sent, or sent and not yet answered.
 * - `generating`: at the provider, which has given it an id.
 * - `delivering`: the provider has made a video; it is fetched, checked and put into the reply.
 * - `delivered`, `failed`, `cancelled`: the end.
 * - `timed_out`: no video came in time; a check may still find it.
 * - `undelivered`: the video exists but could not be put into the chat; it can be delivered again.
 */
export const TRANSITIONS = {
  queued: ['submitting', 'cancelled', 'failed'],
  // Back to `queued` when the provider certainly did not accept it.
  submitting: ['generating', 'queued', 'failed'],
  // `cancelled` by a moderator: the provider goes on, but nobody will get what it makes.
  generating: ['delivering', 'failed', 'timed_out', 'cancelled'],
  delivering: ['delivered', 'undelivered', 'failed'],
  delivered: [],
  // The video of one that counted as lost may turn up all the same.
  failed: ['delivering'],
  cancelled: [],
  timed_out: ['delivering', 'failed'],
  undelivered: ['delivering', 'failed'],
} as const satisfies Record<string, readonly string[]>;

/** One of the states of a generation. */
export type GenerationState = keyof typeof TRANSITIONS;

/** Whether a generation may step from one state to another. */
export function mayFollow(from: GenerationState, to: GenerationState): boolean {
  return (TRANSITIONS[from] as readonly string[]).includes(to);
}

/** States in which the engine has work to do. */
export const UNFINISHED_STATES = [
  'queued',
  'submitting',
  'generating',
  'delivering',
] as const satisfies GenerationState[];

/** Whether nothing happens to the generation any more unless a person asks for it. */
export function isFinal(state: GenerationState): boolean {
  return !(UNFINISHED_STATES as readonly string[]).includes(state);
}

/** One request on its way through its states. Times are ms since 1970 UTC, undefined until the moment has come. */
export interface Generation {
  readonly id: GenerationId;
  readonly community: CommunityId;
  readonly channel: ChannelId;
  readonly member: MemberId;
  /** The platform's own ids of the roles that the member had when asking. */
  readonly roles: readonly string[];
  readonly locale: string;
  readonly reply: ReplyRef;
  readonly request: VideoRequest;
  /** Its price in credits. */
  readonly credits: number;
  readonly state: GenerationState;
  /** Name of the provider it was or will be made by. */
  readonly provider: string;
  readonly providerId: string | undefined;
  readonly videoUrl: string | undefined;
  /** Why it ended without a video. */
  readonly failure: Failure | undefined;
  readonly createdAt: number;
  /** It starts no earlier: the member's rate allows no start before. */
  readonly startsAt: number;
  /** How many of this member may run at once, by the rules of the moment at which it was accepted. */
  readonly concurrency: number;
  readonly submittedAt: number | undefined;
  /** The same moment in the provider's own time as it was known then: our clock may be set later. */
  readonly sentAt: number | undefined;
  /**
   * Until then (the provider's own time) nothing that was sent of it had been accepted, for certain. What the provider
   * says of a later moment is said of the latest attempt.
   */
  readonly settledAt: number | undefined;
  readonly generatingAt: number | undefined;
  /** When a poll found the video. */
  readonly readyAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** How it was sent to the provider; see `Provider.routeOf`. */
  readonly route: string | undefined;
  /** How often it was sent to the provider. */
  readonly attempts: number;
  /** How often of these because the provider's log said that it had failed before. */
  readonly resends: number;
  /** The provider's charge, in US dollars and in its own credits; undefined while unknown. */
  readonly usd: number | undefined;
  readonly providerCredits: number | undefined;
  /** Time of the next background check, once it was given up. */
  readonly checkAt: number | undefined;
  /** How often it was looked for in the background. */
  readonly checks: number;
  /** Whether its video turned up after it had been given up. */
  readonly late: boolean;
  /** When what its member wrote was removed. */
  readonly forgottenAt: number | undefined;
  /** The last final state that its reply showed; differs from `state` when the reply still has to be told. */
  readonly shownState: GenerationState | undefined;
}

/** A generation that this process has taken; `attempt` tells it from the same one taken by another process later. */
export interface Claim {
  readonly id: string;
  readonly attempt: number;
}

/** Whether what its member wrote was removed. */
export function isForgotten({ forgottenAt }: Pick<Generation, 'forgottenAt'>): boolean {
  return forgottenAt !== undefined;
}

/** The span in which most generations of a kind ended, in ms after they had begun. */
export interface Span {
  /** One in ten was faster. */
  low: number;
  median: number;
  /** One in ten was slower. */
  high: number;
}

/** A generation that is about to be accepted: nothing has been done for it yet. @param of `now` in ms. */
export function newGeneration(
  { community, channel, member, roles, locale, reply }: Origin,
  request: VideoRequest,
  { now, ...of }: Pick<Generation, 'id' | 'credits' | 'provider' | 'concurrency'> & { now: number },
): Generation {
  return {
    ...of,
    community,
    channel,
    member,
    roles,
    locale,
    reply,
    request,
    state: 'queued',
    createdAt: now,
    startsAt: now,
    attempts: 0,
    resends: 0,
    checks: 0,
    late: false,
    providerId: undefined,
    videoUrl: undefined,
    failure: undefined,
    submittedAt: undefined,
    sentAt: undefined,
    settledAt: undefined,
    generatingAt: undefined,
    readyAt: undefined,
    finishedAt: undefined,
    route: undefined,
    usd: undefined,
    providerCredits: undefined,
    checkAt: undefined,
    forgottenAt: undefined,
    shownState: undefined,
  };
}
