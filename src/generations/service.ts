import { DEFAULT_TIME_ZONE } from '../domain/community.ts';
import { DailiesError } from '../domain/failure.ts';
import { type Generation, isForgotten } from '../domain/generation.ts';
import type { OfferedModel } from '../domain/offered-model.ts';
import type { Asker, Origin } from '../domain/origin.ts';
import { periodAround } from '../domain/period.ts';
import type { QuotaStatus } from '../domain/quota-status.ts';
import type { Chat } from '../domain/reply.ts';
import { chosenOf, type RequestInput, requestFor, type VideoRequest } from '../domain/request.ts';
import type { Clock } from '../lib/clock.ts';
import { around } from '../lib/fault-points.ts';
import type { Log } from '../lib/log.ts';
import type { WholeProvider } from '../providers/provider.ts';
import { type Engine, type Place, workOf } from '../queue/engine.ts';
import type { Limits } from '../quotas/admission.ts';
import { quotaStatus } from '../quotas/read-quota.ts';
import type { DataStore } from '../store/repositories.ts';
import type { Acceptance } from './acceptance.ts';
import { cancelGeneration, cancelWaiting, deleteVideo, type Oversight } from './cancel-and-delete.ts';
import { type CheckResult, checkGivenUp } from './check-given-up.ts';
import type { DraftRequests } from './draft-requests.ts';
import { type Durations, expectedEnd } from './durations.ts';
import type { DeliveryPort, ReplyPort, VideoPort } from './ports.ts';

/** Dependencies of `GenerationService`. */
export interface ServiceParts {
  store: DataStore;
  engine: Engine;
  provider: WholeProvider;
  replies: ReplyPort;
  delivery: DeliveryPort;
  videos: VideoPort;
  chats: ReadonlyMap<string, Chat>;
  durations: Durations;
  limits: Pick<Limits, 'quota'>;
  acceptance: Acceptance;
  /** As in `PipelineParts`. */
  spent: (model: string, usd: number) => void;
  drafts: DraftRequests;
  moderation: Oversight;
  clock: Clock;
  log: Log;
}

/** An unfinished generation, with its place while it waits. */
export interface Queued {
  generation: Generation;
  place: Place | undefined;
  /** When it should be ready (ms), if enough was measured to say and it is not late. */
  readyAt: number | undefined;
}

/**
 * The door for commands: all that they can do with generations. Permissions are checked behind it, on every path.
 * Every method throws a {@link DailiesError} with the reason when something is refused.
 */
export class GenerationService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /** Requests that wait for their member to press a button. */
  get drafts(): DraftRequests {
    return this.#parts.drafts;
  }

  /** Accepts a request: checks it, takes the hold, queues it and shows it in the origin's reply. */
  async submit(origin: Origin, input: RequestInput): Promise<Generation> {
    return await this.#parts.acceptance.accept(origin, input);
  }

  /** Repeats a request with a new seed, in a reply of its own. */
  async again(origin: Origin, id: string): Promise<Generation> {
    return await this.#repeat(origin, id, (request) => {
      const { options, ...same } = requestFor(request, request.model);
      const { seed: _, ...rest } = options;
      return { ...same, options: rest };
    });
  }

  /** The member's request, for asking again with another prompt; seed and options stay. */
  async requestOf(origin: Origin, id: string): Promise<RequestInput> {
    return chosenOf((await this.#remembered(origin, id)).request);
  }

  /** Repeats a request with another model; seed and options stay, as far as that model has them. */
  async withModel(origin: Origin, id: string, model: string): Promise<Generation> {
    return await this.#repeat(origin, id, (request) => requestFor(request, model));
  }

  /** Price of a request in this community, in credits. */
  async quote({ community }: Pick<Origin, 'community'>, input: RequestInput): Promise<number> {
    return await this.#parts.acceptance.quote(community, input);
  }

  /** A generation that this member asked for, in its current state. */
  async find(origin: Origin, id: string): Promise<Generation> {
    return await this.#ownOf(origin, id);
  }

  /** Lists this member's queued and running generations in this community, oldest first. */
  async listUnfinished(origin: Asker): Promise<Queued[]> {
    const all = await this.#parts.store.generations.listUnfinishedOf(origin.member);
    return await Promise.all(
      all.filter(({ community }) => community === origin.community).map((generation) => this.#queued(generation)),
    );
  }

  /** Lists the queued and running generations of this community for moderators: oldest first, at most `limit`. */
  async listCommunity(origin: Asker, limit: number): Promise<Queued[]> {
    const all = await this.#parts.moderation.read(origin, ({ generations }) =>
      generations.listUnfinishedIn(origin.community, limit),
    );
    return await Promise.all(all.map((generation) => this.#queued(generation)));
  }

  /** This member's generations in this community, the newest first: `size` of them, from page 1 on. */
  async listHistory(origin: Asker, page: number, size: number): Promise<{ generations: Generation[]; more: boolean }> {
    const { store } = this.#parts;
    const found = await store.generations.listOf(origin.community, origin.member, size + 1, (page - 1) * size);
    return { generations: found.slice(0, size), more: found.length > size };
  }

  /** Credits that this member has used and has left. */
  async quota(origin: Asker & Partial<Pick<Origin, 'channel' | 'parentChannel'>>): Promise<QuotaStatus> {
    const { store, limits, clock } = this.#parts;
    const channel = origin.parentChannel ?? origin.channel ?? '';
    return await quotaStatus(store, { ...origin, channel }, limits.quota, clock.now());
  }

  /** The models that this community offers, with its own prices; the default first. */
  async models({ community }: Pick<Origin, 'community'>): Promise<readonly OfferedModel[]> {
    return await this.#parts.acceptance.models(community);
  }

  /** Credits that this community has used today, as its own time zone has it; for moderators. */
  async usedToday(origin: Asker): Promise<number> {
    const { moderation, clock } = this.#parts;
    const { community } = origin;
    return await moderation.read(origin, async ({ communitySettings, holds }) => {
      const { timeZone = DEFAULT_TIME_ZONE } = await communitySettings.get(community);
      return await holds.usedIn(community, periodAround(clock.now(), 'day', timeZone).start);
    });
  }

  /** Takes a finished generation's reply away, with its video and prompt. Its requester or a moderator may. */
  async remove(origin: Origin, id: string): Promise<void> {
    await deleteVideo(this.#parts, origin, await this.#find(origin, id));
  }

  /**
   * Cancels a queued generation. A moderator can also cancel one that the provider is making: it continues there, but
   * nobody gets it, and its member does not pay for it.
   */
  async cancel(origin: Origin, id: string): Promise<void> {
    const cancelled = await cancelGeneration(this.#parts, origin, await this.#find(origin, id));
    if (!cancelled) throw new DailiesError('cancel_too_late', { state: (await this.#find(origin, id)).state });
  }

  /**
   * Cancels all queued generations of this community, or of one member; for moderators.
   * @returns the number cancelled.
   */
  async cancelWaiting(origin: Asker, member?: string): Promise<number> {
    return await cancelWaiting(this.#parts, origin, member);
  }

  /**
   * Asks the provider once more about a generation that took too long; a video that is there now is delivered, for the
   * credits that had gone back.
   */
  async checkAgain(origin: Origin, id: string): Promise<CheckResult> {
    const generation = await this.#ownOf(origin, id);
    if (generation.state !== 'timed_out') return 'found';
    if (isForgotten(generation)) throw new DailiesError('video_forgotten');
    return await checkGivenUp(this.#parts, generation, origin.roles);
  }

  /** Puts a finished video into the origin's reply: one that could not be delivered, or once more one that was. */
  async deliverAgain(origin: Origin, id: string): Promise<Generation> {
    const { store, engine, replies, delivery } = this.#parts;
    const generation = await this.#ownOf(origin, id);
    if (generation.state === 'delivered') {
      await delivery.repeat(generation, origin.reply);
      return generation;
    }
    const moved = await around('write delivering', () =>
      store.transaction(async (repositories) => {
        const { generations } = repositories;
        const delivering = await generations.move(id, 'undelivered', 'delivering');
        if (!delivering) return undefined;
        await generations.moveReply(id, origin.reply);
        await engine.enqueue(repositories, workOf(delivering));
        return await generations.find(id);
      }),
    );
    if (!moved) throw new DailiesError('generation_unknown');
    await replies.show(moved);
    engine.add(workOf(moved));
    return moved;
  }

  async #repeat(origin: Origin, id: string, change: (request: VideoRequest) => RequestInput): Promise<Generation> {
    return await this.submit(origin, change((await this.#remembered(origin, id)).request));
  }

  async #remembered(origin: Origin, id: string): Promise<Generation> {
    const generation = await this.#ownOf(origin, id);
    if (isForgotten(generation)) throw new DailiesError('prompt_forgotten');
    return generation;
  }

  async #queued(generation: Generation): Promise<Queued> {
    const { engine, durations, clock } = this.#parts;
    const expected = generation.generatingAt === undefined ? undefined : await durations.expected(generation);
    return {
      generation,
      place: await engine.place(generation.id),
      readyAt: expectedEnd(generation, expected, clock.now()),
    };
  }

  /** A generation of this community. */
  async #find(origin: Origin, id: string): Promise<Generation> {
    const generation = await this.#parts.store.generations.find(id);
    if (generation?.community !== origin.community) throw new DailiesError('generation_unknown');
    return generation;
  }

  /** A generation of this community that this member asked for. */
  async #ownOf(origin: Origin, id: string): Promise<Generation> {
    const generation = await this.#find(origin, id);
    if (generation.member !== origin.member) throw new DailiesError('requester_only');
    return generation;
  }
}
