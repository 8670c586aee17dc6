import type { Kysely, Selectable } from 'kysely';
import {
  type Generation,
  type GenerationState,
  isFinal,
  mayFollow,
  UNFINISHED_STATES,
} from '../generation/generation.ts';
import { secondsOf } from '../generation/request.ts';
import type { ReplyRef } from '../replies/chat.ts';
import type { Database } from './schema.ts';

/** What may be noted together with a step to another state. */
export type Note = Partial<
  Pick<Generation, 'providerId' | 'videoUrl' | 'failure' | 'submittedAt' | 'generatingAt' | 'readyAt' | 'finishedAt'>
>;

type Row = Selectable<Database['generations']>;
type NoteColumns = Partial<
  Pick<Row, 'provider_id' | 'video_url' | 'failure' | 'submitted_at' | 'generating_at' | 'ready_at' | 'finished_at'>
>;

/** The JSON of a request whose prompt was removed; a prompt's own quotation marks are escaped there. */
const FORGOTTEN = '%"prompt":"",%';

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
        locale: generation.locale,
        reply: JSON.stringify(generation.reply),
        request: JSON.stringify(generation.request),
        model: generation.request.model,
        seconds: secondsOf(generation.request),
        credits: generation.credits,
        state: generation.state,
        provider: generation.provider,
        created_at: generation.createdAt,
        ...columns(generation),
      })
      .execute();
  }

  async find(id: string): Promise<Generation | undefined> {
    const row = await this.#db.selectFrom('generations').selectAll().where('id', '=', id).executeTakeFirst();
    return row && fromRow(row);
  }

  /**
   * Steps from one state to another, if the generation is still in the first; so of two that try, one wins.
   * @returns the generation after the step, or undefined when it was in another state.
   * @throws {RangeError} when that step is not allowed from any generation in that state.
   */
  async move(id: string, from: GenerationState, to: GenerationState, note: Note = {}): Promise<Generation | undefined> {
    if (!mayFollow(from, to)) throw new RangeError(`expected a step allowed from ${from}, got ${to}`);
    const row = await this.#db
      .updateTable('generations')
      .set({ state: to, ...columns(note) })
      .where('id', '=', id)
      .where('state', '=', from)
      .returningAll()
      .executeTakeFirst();
    return row && fromRow(row);
  }

  /** Notes the address of the video anew; the provider's links expire. */
  async noteVideoUrl(id: string, videoUrl: string): Promise<void> {
    await this.#db.updateTable('generations').set({ video_url: videoUrl }).where('id', '=', id).execute();
  }

  /** From now on another reply shows this generation. */
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

  /** All that the engine still has work with, the oldest first. */
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
      .where('request', 'not like', FORGOTTEN)
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

  /** What the latest generations of a kind took from the provider's id to the video, in ms, in no order; at most `limit`. */
  async listDurations(provider: string, model: string, seconds: number, limit: number): Promise<number[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .select(['generating_at', 'ready_at'])
      .where('provider', '=', provider)
      .where('model', '=', model)
      .where('seconds', '=', seconds)
      .where('ready_at', 'is not', null)
      .orderBy('ready_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => Number(row.ready_at) - Number(row.generating_at));
  }

  /** How many generations are in each state that any is in. */
  async countByState(): Promise<Map<GenerationState, number>> {
    const rows = await this.#db
      .selectFrom('generations')
      .select((is) => ['state', is.fn.countAll().as('count')])
      .groupBy('state')
      .execute();
    return new Map(rows.map(({ state, count }) => [state, Number(count)]));
  }

  /** Those that ended before `moment` (ms) and still hold their prompt; at most `limit`, the oldest first. */
  async listEndedBefore(moment: number, limit: number): Promise<Generation[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .selectAll()
      .where('finished_at', '<', moment)
      .where('request', 'not like', FORGOTTEN)
      .orderBy('finished_at')
      .limit(limit)
      .execute();
    return rows.map(fromRow);
  }

  /** Removes what the member wrote and where the video was; the figures stay. */
  async forget(generation: Generation): Promise<void> {
    await this.#db
      .updateTable('generations')
      .set({ request: JSON.stringify({ ...generation.request, prompt: '' }), video_url: null })
      .where('id', '=', generation.id)
      .execute();
  }
}

function columns(note: Note): NoteColumns {
  const all: NoteColumns = {};
  if (note.providerId !== undefined) all.provider_id = note.providerId;
  if (note.videoUrl !== undefined) all.video_url = note.videoUrl;
  if (note.failure !== undefined) all.failure = JSON.stringify(note.failure);
  if (note.submittedAt !== undefined) all.submitted_at = note.submittedAt;
  if (note.generatingAt !== undefined) all.generating_at = note.generatingAt;
  if (note.readyAt !== undefined) all.ready_at = note.readyAt;
  if (note.finishedAt !== undefined) all.finished_at = note.finishedAt;
  return all;
}

const moment = (value: number | null): number | undefined => (value === null ? undefined : Number(value));

function fromRow(row: Row): Generation {
  return {
    id: row.id,
    community: row.community,
    channel: row.channel,
    member: row.member,
    locale: row.locale,
    reply: JSON.parse(row.reply),
    request: JSON.parse(row.request),
    credits: Number(row.credits),
    state: row.state,
    provider: row.provider,
    providerId: row.provider_id ?? undefined,
    videoUrl: row.video_url ?? undefined,
    failure: row.failure === null ? undefined : JSON.parse(row.failure),
    createdAt: Number(row.created_at),
    submittedAt: moment(row.submitted_at),
    generatingAt: moment(row.generating_at),
    readyAt: moment(row.ready_at),
    finishedAt: moment(row.finished_at),
    shownState: row.shown_state ?? undefined,
  };
}
