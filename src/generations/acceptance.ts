import { DailiesError, type ErrorCode } from '../domain/failure.ts';
import { type Generation, newGeneration } from '../domain/generation.ts';
import { generationId } from '../domain/ids.ts';
import type { Model } from '../domain/models.ts';
import { type OfferedModel, offeredModels } from '../domain/offered-model.ts';
import type { Origin } from '../domain/origin.ts';
import { checkRequest, creditsFor, type RequestInput, type VideoRequest } from '../domain/request.ts';
import type { Clock } from '../lib/clock.ts';
import { around } from '../lib/fault-points.ts';
import type { Log } from '../lib/log.ts';
import type { Provider } from '../providers/provider.ts';
import { type Engine, workOf } from '../queue/engine.ts';
import { admit, type Limits } from '../quotas/admission.ts';
import type { DataStore, Repositories } from '../store/repositories.ts';
import { type Durations, expectedEnd } from './durations.ts';
import type { ModelList } from './model-list.ts';
import type { ReplyPort } from './ports.ts';
import type { Replacement } from './replacement.ts';

/** Moderation checks on a request before it is accepted. An error from either refuses it: they fail closed. */
export interface RequestChecks {
  /** Asked first. @returns why the prompt is refused, for moderators only; undefined when it is not. */
  judge(request: Pick<Origin, 'community' | 'member' | 'channel'> & { prompt: string }): Promise<string | undefined>;
  /**
   * Asked inside the transaction that accepts it, and before it is kept as a draft: whether this member may make this
   * video here.
   * @param available the models that can be used at all.
   * @throws {DailiesError} with the reason.
   */
  check(
    repositories: Repositories,
    generation: Pick<Generation, 'community' | 'member' | 'request' | 'createdAt'>,
    origin: Origin,
    available: readonly Model[],
  ): Promise<void>;
}

/** Dependencies of `Acceptance`. */
export interface AcceptanceParts {
  store: DataStore;
  engine: Pick<Engine, 'add' | 'enqueue'>;
  running: { readonly stopping: boolean };
  provider: Pick<Provider, 'name'>;
  replies: ReplyPort;
  durations: Durations;
  moderation: RequestChecks;
  limits: Limits;
  /** `TOTAL_QUEUE` */
  mostUnfinished: number;
  /** `ALLOW_DIRECT_MESSAGES` */
  allowDirect: boolean;
  models: ModelList;
  replacement: Replacement;
  clock: Clock;
  random: () => number;
  newId: () => string;
  log: Log;
}

/** Refusals that moderators are told of and that usage counts: those that a rule of theirs or a limit made. */
const NOTED: readonly ErrorCode[] = [
  'queue_full',
  'quota_exhausted',
  'quota_forbidden',
  'channel_exhausted',
  'budget_exhausted',
  'paused',
  'blocked',
  'channel_denied',
  'model_disabled',
  'private_denied',
  'words_refused',
];

/** Accepts or refuses requests: from a member's input to a queued generation. */
export class Acceptance {
  readonly #parts: AcceptanceParts;

  constructor(parts: AcceptanceParts) {
    this.#parts = parts;
  }

  /** The models that a community offers, with its own prices; the default first. */
  async models(community: string): Promise<readonly OfferedModel[]> {
    const { store, models } = this.#parts;
    return offeredModels(models.available(), await store.communitySettings.get(community));
  }

  /** Price of a request in a community, in credits. @throws {DailiesError} as {@link accept} does for bad input. */
  async quote(community: string, input: RequestInput): Promise<number> {
    const models = await this.models(community);
    const request = checkRequest(input, models, this.#parts.random);
    return creditsFor(request, models.find(({ id }) => id === request.model)?.prices);
  }

  /**
   * Checks a request, takes its hold, queues it and shows it in the origin's reply.
   * @param claim runs first in the transaction that accepts it; what it throws refuses it.
   * @throws {DailiesError} with the reason; then nothing was taken.
   */
  async accept(
    origin: Origin,
    input: RequestInput,
    claim?: (repositories: Repositories) => Promise<void>,
  ): Promise<Generation> {
    return await this.#checked(origin, input, (request, models) => this.#admit(origin, request, models, claim));
  }

  /**
   * Whether a request would be accepted now, apart from what it costs: asked before it is kept as a draft.
   * @throws {DailiesError} with the reason.
   */
  async check(origin: Origin, input: RequestInput): Promise<void> {
    await this.#checked(origin, input, (request) => this.#mustBeAllowed(origin, request));
  }

  /** Checks a request and runs `work` with it. Notes the refusals in `NOTED` that either throws. */
  async #checked<T>(
    origin: Origin,
    input: RequestInput,
    work: (request: VideoRequest, models: readonly OfferedModel[]) => Promise<T>,
  ): Promise<T> {
    const { running, allowDirect, random } = this.#parts;
    if (running.stopping) throw new DailiesError('stopping');
    if (origin.direct && !allowDirect) throw new DailiesError('direct_denied');
    const models = await this.models(origin.community);
    const request = checkRequest(input, models, random);
    let because: string | undefined;
    try {
      because = await this.#judge(origin, request);
      if (because !== undefined) throw new DailiesError('words_refused');
      await this.#mustBeThere(origin, input, request);
      return await work(request, models);
    } catch (error) {
      if (error instanceof DailiesError && NOTED.includes(error.code))
        await this.#note(origin, request, error, because);
      throw error;
    }
  }

  /** The model that was named can be used at all; whether the community lets it be used is for its moderators. */
  async #mustBeThere(origin: Origin, input: RequestInput, request: VideoRequest): Promise<void> {
    const { models, replacement, newId } = this.#parts;
    const { model } = input;
    const available = models.available().map(({ id }) => id);
    if (model === undefined || available.includes(model)) return;
    if (!models.isWithdrawn(model)) throw new DailiesError('model_unknown', { model, models: available });
    const successor = await replacement.successorOf(origin.community, model);
    // Nothing is kept for somebody who may not ask at all.
    if (successor) await this.#mustBeAllowed(origin, { ...request, model: successor.id });
    throw new DailiesError('model_withdrawn', await replacement.refusal(newId(), origin, input));
  }

  /** Moderators let this member make this video here. */
  async #mustBeAllowed(origin: Origin, request: VideoRequest): Promise<void> {
    const { store, moderation, models, clock } = this.#parts;
    const { community, member } = origin;
    const wanted = { community, member, request, createdAt: clock.now() };
    await moderation.check(store, wanted, origin, models.available());
  }

  /** @returns why moderation refuses the prompt, for moderators; undefined when it does not. */
  async #judge({ community, member, channel }: Origin, { prompt }: VideoRequest): Promise<string | undefined> {
    const { moderation, log } = this.#parts;
    const because = await moderation.judge({ community, member, channel, prompt });
    if (because !== undefined) log.info({ community, member, because }, 'a prompt was refused');
    return because;
  }

  async #admit(
    origin: Origin,
    request: VideoRequest,
    models: readonly OfferedModel[],
    claim: ((repositories: Repositories) => Promise<void>) | undefined,
  ): Promise<Generation> {
    const { store, engine, provider, replies, durations, moderation, limits, mostUnfinished, clock, newId, log } =
      this.#parts;
    const now = clock.now();
    const generation = newGeneration(origin, request, {
      id: generationId(newId()),
      credits: creditsFor(request, models.find(({ id }) => id === request.model)?.prices),
      provider: provider.name,
      concurrency: limits.pace.concurrency,
      now,
    });
    const expected = await durations.expected(generation);
    const available = this.#parts.models.available();
    const enter = async (repositories: Repositories) => {
      await claim?.(repositories);
      const unfinished = await repositories.generations.countUnfinished();
      if (unfinished >= mostUnfinished) throw new DailiesError('too_many_waiting');
      const endOf = (one: Generation) => expectedEnd(one, expected, now) ?? null;
      await moderation.check(repositories, generation, origin, available);
      const admitted = await admit(repositories, generation, origin, limits, endOf);
      await engine.enqueue(repositories, workOf(admitted));
      return admitted;
    };
    const accepted = await around('write queued', () => store.transaction(enter)).catch(async (error: unknown) => {
      // The database may have broken off after it was all written, but before it said so.
      const written = error instanceof DailiesError ? undefined : await store.generations.find(generation.id);
      if (!written) throw error;
      return written;
    });
    log.info({ generation: accepted.id, member: accepted.member, model: request.model }, 'a request was accepted');
    engine.add(workOf(accepted));
    await replies.show(accepted);
    return accepted;
  }

  /** A refusal stands even if noting it fails. */
  async #note(
    { community, member, channel }: Origin,
    { model }: VideoRequest,
    error: DailiesError,
    because: string | undefined,
  ): Promise<void> {
    const { store, clock, newId, log } = this.#parts;
    const at = clock.now();
    const id = newId();
    await store
      .transaction(async (repositories) => {
        await repositories.refusals.insert(community, { id, member, channel, model, code: error.code, at });
        const event = { kind: 'refusal', member, channel, failure: error.failure, because } as const;
        await repositories.outbox.record(community, `refusal ${id}`, event, at);
      })
      .catch((cause: unknown) => log.error({ err: cause, member, community }, 'a refusal could not be noted'));
  }
}
