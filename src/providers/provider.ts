import type { VideoRequest } from '../generation/request.ts';

/**
 * Where a generation stands at the provider.
 * `pending` carries the provider's own word for it (`queued`, `generating`, …), for the log.
 */
export type ProviderState =
  | { status: 'pending'; detail: string }
  | { status: 'completed'; url: string }
  | { status: 'error'; moderated: boolean; name: string; message: string };

/** Who makes videos. Every method may be called again after a crash; only `submit` costs money. */
export interface Provider {
  /** Stored with each generation, so that durations measured at one provider are not used for another. */
  readonly name: string;
  /**
   * Asks for one video. `clientRequestId` is the generation's id; it goes with the request, so that `find` can tell
   * later whether the request arrived.
   * @returns the provider's id of the generation.
   * @throws {ProviderError} of any kind.
   */
  submit(request: VideoRequest, clientRequestId: string, signal?: AbortSignal): Promise<string>;
  /** @throws {ProviderError} of any kind but `ambiguous`; the generation itself is not affected by it. */
  poll(id: string, signal?: AbortSignal): Promise<ProviderState>;
  /**
   * Looks for a request in the provider's log of requests, newest first, not further back than `since` (ms).
   * The log lags: a request that was accepted can be missing for some seconds.
   * @returns the provider's id of the generation, or undefined when the log has no such request.
   * @throws {ProviderError}
   */
  find(clientRequestId: string, since: number, signal?: AbortSignal): Promise<string | undefined>;
  /** What is left on the account, in US dollars. @throws {ProviderError} */
  balance(signal?: AbortSignal): Promise<number>;
  /** Frees connections. */
  stop(): Promise<void>;
}

/** A provider that is left alone for a while when it is out of order. */
export interface SteadyProvider extends Provider {
  /** How long nothing should be submitted, in ms; 0 when it may be. */
  pausedMs(): number;
}

/**
 * What a provider's refusal means for the request:
 * - `rejected`: the request itself is at fault; the same request will be refused again.
 * - `unauthorised`, `out_of_credit`: the account is at fault; the operator must act.
 * - `not_found`: the provider does not know this generation.
 * - `busy`: refused for now, nothing was accepted; `retryAfterMs` says when to come back, if the provider said so.
 * - `unavailable`: out of order, nothing was accepted.
 * - `ambiguous`: no answer came after the request went out, so it may have been accepted. Never send it again.
 */
export type ProviderErrorKind =
  | 'rejected'
  | 'unauthorised'
  | 'out_of_credit'
  | 'not_found'
  | 'busy'
  | 'unavailable'
  | 'ambiguous';

/** A provider's refusal or silence, typed by what may be done about it. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  /** What the provider said about it, in its own words, shortened; may be shown to a member when `kind` is `rejected`. */
  readonly hint: string;
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: ProviderErrorKind,
    hint: string,
    options: ErrorOptions & { retryAfterMs?: number | undefined } = {},
  ) {
    super(`provider ${kind}: ${hint}`, options);
    this.kind = kind;
    this.hint = hint;
    this.retryAfterMs = options.retryAfterMs;
  }
}
