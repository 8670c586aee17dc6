import type { Kysely } from 'kysely';
import type { ErrorCode, Failure } from '../domain/failure.ts';
import { type Generation, type GenerationState, isFinal, mayFollow, UNFINISHED_STATES } from '../domain/generation.ts';
import type { ReplyRef } from '../domain/reply.ts';
import { resolutionOf, secondsOf, type VideoRequest } from '../domain/request.ts';
import { columns, fromRow, type Note, withoutHint } from './generation-rows.ts';
import type { Database } from './schema.ts';

/** Statistics of one generation, without anything that its member wrote. */
export interface GenerationFigures extends Pick<Generation, 'credits' | 'state' | 'createdAt'> {
  id: string;
  member: string;
  channel: string;
  model: string;
  seconds: number;
  /** Why it ended without a video. */
  failure: ErrorCode | undefined;
}

/** Kind of generation for which durations are measured. */
export interface DurationKind {
  /** The provider's name. */
  provider: string;
  model: string;
  resolution: string;
  /** The clip's length. */
  seconds: number;
}

/** Generations, and the steps between their states. */
export class Generations {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Writes a new generation. */
  async insert(generation: Generation): Promise<void> {
    await this.#db
      .insertInto('generations')
      .values({
        id: generation.id,
        community: generation.community,
        channel: generation.channel,
        member: generation.member,
        roles: JSON.stringify(generation.roles),
        locale: generation.locale,
        reply: JSON.stringify(generation.reply),
        request: JSON.stringify(generation.request),
        model: generation.request.model,
        seconds: secondsOf(generation.request),
        resolution: resolutionOf(generation.request),
        credits: generation.credits,
        state: generation.state,
        provider: generation.provider,
        created_at: generation.createdAt,
        starts_at: generation.startsAt,
        concurrency: generation.concurrency,
        forgotten_at: generation.forgottenAt ?? null,
        ...columns({
          ...generation,
          failure: generation.failure ?? null,
          sentAt: generation.sentAt ?? null,
          settledAt: null,
          checkAt: null,
        }),
      })
      .execute();
  }

  async find(id: string): Promise<Generation | undefined> {
    const row = await this.#db.selectFrom('generations').selectAll().where('id', '=', id).executeTakeFirst();
    return row && fromRow(row);
  }

  /**
   * Steps from one state to another, if the generation is still in the first; so of two that try, one wins.
   * @param attempt only if this is the current attempt: an earlier attempt's answer says nothing about a later one.
   * @returns the generation after the step, or undefined when it was in another state.
   * @throws {RangeError} when that step is not allowed from any generation in that state.
   */
  async move(
    id: string,
    from: GenerationState,
    to: GenerationState,
    note: Note = {},
    attempt?: number,
  ): Promise<Generation | undefined> {
    if (!mayFollow(from, to)) throw new RangeError(`expected a step allowed from ${from}, got ${to}`);
    const row = await this.#db
      .updateTable('generations')
      .set({ state: to, ...columns(note) })
      .where('id', '=', id)
      .where('state', '=', from)
      .$if(attempt !== undefined, (query) => query.where('attempts', '=', attempt ?? 0))
      .returningAll()
      .executeTakeFirst();
    return row && fromRow(row);
  }

  /** Updates the address of the video; the provider's links expire. */
  async noteVideoUrl(id: string, videoUrl: string): Promise<void> {
    await this.#db.updateTable('generations').set({ video_url: videoUrl }).where('id', '=', id).execute();
  }

  /** Gives a generation that has not been sent yet another request, with its price. @returns whether it was still queued. */
  async changeRequest(id: string, request: VideoRequest, credits: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('generations')
      .set({
        request: JSON.stringify(request),
        model: request.model,
        seconds: secondsOf(request),
        resolution: resolutionOf(request),
        credits,
      })
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Updates fields without a change of state. */
  async note(id: string, note: Note): Promise<void> {
    await this.#db.updateTable('generations').set(columns(note)).where('id', '=', id).execute();
  }

  /** Schedules the next check of a generation; has no effect when it needs no more checks. */
  async noteCheck(id: string, checks: number, checkAt: number | null): Promise<void> {
    await this.#db
      .updateTable('generations')
      .set(columns({ checks, checkAt }))
      .where('id', '=', id)
      .where('check_at', 'is not', null)
      .execute();
  }

  /** Generations whose check is due by `now` (ms), longest overdue first; at most `limit`. */
  async listToCheck(now: number, limit: number): Promise<Generation[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .selectAll()
      .where('check_at', '<=', now)
      .orderBy('check_at')
      .limit(limit)
      .execute();
    return rows.map(fromRow);
  }

  /** Moves a generation to another reply. */
  async moveReply(id: string, reply: ReplyRef): Promise<void> {
    await this.#db
      .updateTable('generations')
      .set({ reply: JSON.stringify(reply), shown_state: null })
      .where('id', '=', id)
      .execute();
  }

  /** Notes that the reply shows this state. */
  async noteShown(id: string, state: GenerationState): Promise<void> {
    await this.#db.updateTable('generations').set({ shown_state: state }).where('id', '=', id).execute();
  }

  /** Generations that the engine still has to work on, oldest first. */
  async listUnfinished(): Promise<Generation[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .selectAll()
      .where('state', 'in', UNFINISHED_STATES)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(fromRow);
  }

  /** Counts the generations that the engine still has to work on. */
  async countUnfinished(): Promise<number> {
    const { count } = await this.#db
      .selectFrom('generations')
      .select((one) => one.fn.countAll().as('count'))
      .where('state', 'in', UNFINISHED_STATES)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** A member's unfinished generations in all communities, the oldest first. */
  async listUnfinishedOf(member: string): Promise<Generation[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .selectAll()
      .where('member', '=', member)
      .where('state', 'in', UNFINISHED_STATES)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(fromRow);
  }

  /** When a member's latest generations started or will start (ms), after `since`; those that were cancelled do not count. */
  async listStarts(member: string, since: number, limit: number): Promise<number[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .select('starts_at')
      .where('member', '=', member)
      .where('starts_at', '>', since)
      .where('state', '!=', 'cancelled')
      .orderBy('starts_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ starts_at }) => Number(starts_at));
  }

  /** A community's unfinished generations, the oldest first; at most `limit`. */
  async listUnfinishedIn(community: string, limit: number): Promise<Generation[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .selectAll()
      .where('community', '=', community)
      .where('state', 'in', UNFINISHED_STATES)
      .orderBy('created_at')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(fromRow);
  }

  /** A member's generations in a community whose prompt is still kept, the newest first. */
  async listOf(community: string, member: string, limit: number, offset: number): Promise<Generation[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .selectAll()
      .where('community', '=', community)
      .where('member', '=', member)
      .where('forgotten_at', 'is', null)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(limit)
      .offset(offset)
      .execute();
    return rows.map(fromRow);
  }

  /** Those that ended after `since` (ms) while their reply may still show an earlier state. */
  async listUnshown(since: number): Promise<Generation[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .selectAll()
      .where('finished_at', '>=', since)
      .where((is) => is.or([is('shown_state', 'is', null), is('shown_state', '!=', is.ref('state'))]))
      .execute();
    return rows.map(fromRow).filter(({ state }) => isFinal(state));
  }

  /** Durations of the latest generations of a kind, from provider id to video, in ms; unordered, at most `limit`. */
  async listDurations({ provider, model, resolution, seconds }: DurationKind, limit: number): Promise<number[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .select(['generating_at', 'ready_at'])
      .where('provider', '=', provider)
      .where('model', '=', model)
      .where('resolution', '=', resolution)
      .where('seconds', '=', seconds)
      .where('ready_at', 'is not', null)
      // When it was found says nothing about how long it took.
      .where('late', '=', 0)
      .orderBy('ready_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => Number(row.ready_at) - Number(row.generating_at));
  }

  /** Number of generations in each state; states without any are left out. */
  async countByState(): Promise<Map<GenerationState, number>> {
    const rows = await this.#db
      .selectFrom('generations')
      .select((is) => ['state', is.fn.countAll().as('count')])
      .groupBy('state')
      .execute();
    return new Map(rows.map(({ state, count }) => [state, Number(count)]));
  }

  /**
   * Those that ended before `moment` (ms) and still hold their prompt; at most `limit`, the oldest first. One whose member
   * has asked for its delivery since then is not among them.
   */
  async listEndedBefore(moment: number, limit: number): Promise<Generation[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .selectAll()
      .where('finished_at', '<', moment)
      .where('state', 'not in', UNFINISHED_STATES)
      .where('forgotten_at', 'is', null)
      .orderBy('finished_at')
      .limit(limit)
      .execute();
    return rows.map(fromRow);
  }

  /**
   * A member's generations in a community that have ended and still hold their prompt, by id; at most `limit`.
   * @param after only those whose id comes after it.
   */
  async listEndedOf(community: string, member: string, after: string, limit: number): Promise<Generation[]> {
    const rows = await this.#endedOf(community, member)
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(fromRow);
  }

  /** Counts the generations that `listEndedOf` pages through. */
  async countEndedOf(community: string, member: string): Promise<number> {
    const row = await this.#endedOf(community, member)
      .select((is) => is.fn.countAll().as('count'))
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  }

  /** Generations requested in a community from `start` up to, not including, `end` (ms), oldest first. */
  async listCreatedIn(community: string, start: number, end: number): Promise<GenerationFigures[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .select(['id', 'member', 'channel', 'model', 'seconds', 'credits', 'state', 'failure', 'created_at'])
      .where('community', '=', community)
      .where('created_at', '>=', start)
      .where('created_at', '<', end)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(({ failure, created_at, credits, ...row }) => ({
      ...row,
      credits: Number(credits),
      failure: failure === null ? undefined : (JSON.parse(failure) as Failure).code,
      createdAt: Number(created_at),
    }));
  }

  #endedOf(community: string, member: string) {
    return this.#db
      .selectFrom('generations')
      .where('community', '=', community)
      .where('member', '=', member)
      .where('state', 'not in', UNFINISHED_STATES)
      .where('forgotten_at', 'is', null);
  }

  /** Removes what the member wrote, what the provider said about it, and where the video was; the figures stay. */
  async forget(generation: Generation, at: number): Promise<void> {
    await this.#db
      .updateTable('generations')
      .set({
        request: JSON.stringify({ ...generation.request, prompt: '' }),
        failure: generation.failure ? JSON.stringify(withoutHint(generation.failure)) : null,
        video_url: null,
        check_at: null,
        forgotten_at: at,
      })
      .where('id', '=', generation.id)
      .execute();
  }
}
