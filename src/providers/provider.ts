import type { VideoRequest } from '../domain/request.ts';

/** The provider's charge for a generation, as far as it has named one. */
export interface Charge {
  usd: number | undefined;
  /** In the provider's own units. */
  credits: number | undefined;
}

/**
 * Where a generation stands at the provider.
 * - `pending` carries the provider's own word for it (`queued`, `generating`, …), for the log.
 * - `missing`: it counts as done, and there is no video; the provider may be about to add it.
 * - `error`: `refused` when it was the content that was refused. The words may quote the prompt.
 */
export type ProviderState =
  | { status: 'pending'; detail: string }
  | { status: 'completed'; url: string; usage?: Charge }
  | { status: 'missing' }
  | { status: 'error'; refused: boolean; name: string; message: string };

/** One request on its way to the provider. */
export interface Order {
  request: VideoRequest;
  /** The generation's id; it goes with the request, so that `find` can tell later whether the request arrived. */
  clientRequestId: string;
  /** As `Provider.routeOf` gave it. */
  route: string;
}

/** A generation at the provider. */
export interface Job {
  /** The provider's id. */
  id: string;
  /** The route that it was sent by; undefined for those of the first versions, which knew one only. */
  route: string | undefined;
  /** The request's prompt, to tell it from the provider's own words where these repeat it. */
  prompt?: string | undefined;
}

/** The entries for one client request id in the provider's log of requests. */
export interface Trace {
  /** The provider's id of the generation, when a request was accepted. */
  accepted: string | undefined;
  /** How many requests with this client request id failed; none of them was billed. */
  failed: number;
  /** The latest of them; undefined when none failed. */
  lastFailed?: FailedRequest | undefined;
}

/** A failed request in the log. */
export interface FailedRequest {
  /** When it was made (the provider's own time, ms). */
  at: number | undefined;
  /** The provider's id of a generation, which may not have come about. */
  id: string | undefined;
}

/** The provider's news of the catalogue's models. */
export interface ModelNews {
  /** Ids of the models that can be used now. */
  offered: readonly string[];
  /** Those that cannot, or will not for long, with the date (`2026-06-24`) and the id to use instead, where known. */
  leaving: Readonly<Record<string, { at: string | undefined; successor: string | undefined }>>;
  /** The provider's own price list of each model, as it was given. */
  prices: Readonly<Record<string, unknown>>;
}

/** Who makes videos. Every method may be called again after a crash; only `submit` costs money. */
export interface Provider {
  /** Stored with each generation, so that durations measured at one provider are not used for another. */
  readonly name: string;
  /** How long a link to a video lasts once it is ready, in ms. */
  readonly linkMs: number;
  /**
   * How this request has to be sent, where there are several ways; plain text, stored with the generation before it is.
   * @default there is one way: ''
   */
  routeOf?(request: VideoRequest): string;
  /**
   * Asks for one video.
   * @returns the provider's id of the generation.
   * @throws {ProviderError} of any kind.
   */
  submit(order: Order, signal?: AbortSignal): Promise<string>;
  /** @throws {ProviderError} of any kind but `ambiguous`; the generation itself is not affected by it. */
  poll(job: Job, signal?: AbortSignal): Promise<ProviderState>;
  /**
   * Looks for requests in the provider's log of requests: one look for all of them. The log lags: a request that was
   * accepted can be missing for some seconds, perhaps until its video is made.
   * @param since when each was sent (our clock, ms), by client request id.
   * @param paced called before each request to the provider, which it may hold back.
   * @param wideMs how much earlier or later than usual a row may be, in ms, if the log has not too many. @default 0
   * @returns what the log has of each; one that it does not have is left out.
   * @throws {ProviderError} when the log could not be read to its end: nothing is known then. `lasting` when it never
   * will be.
   * @default there is no log: a request whose answer is lost is lost
   */
  find?(
    since: ReadonlyMap<string, number>,
    paced?: () => Promise<void>,
    wideMs?: number,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, Trace>>;
  /**
   * The provider's own time at a moment of our clock (ms); undefined while the two clocks have not been compared.
   * @default they never are
   */
  timeAt?(moment: number): number | undefined;
  /** Asks which models are offered now; undefined when nothing has changed since last time. @throws {ProviderError} */
  models(signal?: AbortSignal): Promise<ModelNews | undefined>;
  /** Asks for the account's balance, in US dollars. @throws {ProviderError} @default it does not say */
  balance?(signal?: AbortSignal): Promise<number>;
  /** Frees connections. */
  stop(): Promise<void>;
}

/** Why nothing should be submitted just now. */
export type Pause = 'account' | 'provider busy';

/** Every method of a provider, whether or not it has one of its own for it. */
export type WholeProvider = Required<Omit<Provider, 'balance'>> & Pick<Provider, 'balance'>;

/** A provider that is left alone for a while when it is out of order, and when the account needs its operator. */
export interface SteadyProvider extends WholeProvider {
  /**
   * How long nothing should be submitted, in ms; 0 when it may be. While the account is refused, one asker of all
   * processes hears 0 once a minute, and should submit.
   */
  pausedMs(): Promise<number>;
  /** Why nothing should be submitted just now, as far as this process knows; undefined when it may be. */
  paused(): Pause | undefined;
  /** The same, after asking what other processes know. */
  askPause(): Promise<Pause | undefined>;
  /** When a submission was last accepted, by this process or another one (ms); minus infinity before the first. */
  acceptedAt(): number;
  /** Calls back when `paused` has changed. */
  onPauseChanged(listener: () => void): void;
  /** Learns from other processes that the account is refused, or taken again, until the signal aborts. */
  keepHearing(signal: AbortSignal): Promise<void>;
}

/**
 * The consequence of a provider's refusal for the request:
 * - `rejected`: the request itself is at fault; the same request will be refused again.
 * - `content_refused`: what the request shows is not allowed.
 * - `model_withdrawn`: the model (or the endpoint) is not there any more.
 * - `unauthorised`, `out_of_credit`: the account is at fault; the operator must act.
 * - `not_found`: the provider does not know this generation.
 * - `busy`: refused for now, nothing was accepted; `retryAfterMs` says when to come back, if the provider said so.
 * - `unavailable`: out of order, nothing was accepted.
 * - `ambiguous`: no answer that proves anything came after the request went out, so it may have been accepted. It is
 *   looked for in the log before it is sent again.
 */
export type ProviderErrorKind =
  | 'rejected'
  | 'content_refused'
  | 'model_withdrawn'
  | 'unauthorised'
  | 'out_of_credit'
  | 'not_found'
  | 'busy'
  | 'unavailable'
  | 'ambiguous';

/** Kinds that tell of the account: everything waits until the operator has acted. */
export const ACCOUNT_KINDS: readonly ProviderErrorKind[] = ['unauthorised', 'out_of_credit'];

/** A provider's refusal or silence, typed by what may be done about it. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  /** The provider's own words about it, shortened; may be shown to a member when the request is at fault. */
  readonly hint: string;
  readonly retryAfterMs: number | undefined;
  /** Whether the provider itself said it, rather than something between it and us, or nobody at all. */
  readonly answered: boolean;
  /** Whether the same question will be answered like this again: it is refused, or its answer can't be read. */
  readonly lasting: boolean;
  /** For `ambiguous`: whether the words say that it was the content that was refused. */
  readonly refused: boolean;

  constructor(
    kind: ProviderErrorKind,
    hint: string,
    options: ErrorOptions & {
      retryAfterMs?: number | undefined;
      answered?: boolean;
      lasting?: boolean;
      refused?: boolean;
    } = {},
  ) {
    super(`provider ${kind}: ${hint}`, options);
    this.kind = kind;
    this.hint = hint;
    this.retryAfterMs = options.retryAfterMs;
    this.answered = options.answered ?? false;
    this.lasting = options.lasting ?? false;
    this.refused = options.refused ?? kind === 'content_refused';
  }
}
