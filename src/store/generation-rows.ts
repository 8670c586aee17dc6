import type { Selectable } from 'kysely';
import type { Failure } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import { type CommunityId, channelId, generationId, type MemberId } from '../domain/ids.ts';
import type { Database } from './schema.ts';

/** Fields that may be updated together with a change of state. */
export type Note = Partial<
  Pick<
    Generation,
    | 'providerId'
    | 'route'
    | 'attempts'
    | 'resends'
    | 'videoUrl'
    | 'usd'
    | 'providerCredits'
    | 'submittedAt'
    | 'generatingAt'
    | 'readyAt'
    | 'finishedAt'
    | 'late'
  > & {
    /** Null: none any more. */
    failure: Failure | null;
    /** Null: it is not looked for any more. */
    checkAt: number | null;
    /** Null: not known. */
    sentAt: number | null;
    /** Null: not known. */
    settledAt: number | null;
    checks: number;
  }
>;

type Row = Selectable<Database['generations']>;
type NoteColumns = Partial<Row>;

/** A provider's hint may quote the prompt. */
export function withoutHint(failure: Failure): Failure {
  return 'hint' in failure.params ? ({ ...failure, params: { ...failure.params, hint: '' } } as Failure) : failure;
}

/** The columns of what is noted. */
export function columns(note: Note): NoteColumns {
  const all: NoteColumns = {};
  if (note.providerId !== undefined) all.provider_id = note.providerId;
  if (note.videoUrl !== undefined) all.video_url = note.videoUrl;
  if (note.failure !== undefined) all.failure = note.failure === null ? null : JSON.stringify(note.failure);
  if (note.submittedAt !== undefined) all.submitted_at = note.submittedAt;
  if (note.sentAt !== undefined) all.sent_at = note.sentAt;
  if (note.settledAt !== undefined) all.settled_at = note.settledAt;
  if (note.generatingAt !== undefined) all.generating_at = note.generatingAt;
  if (note.readyAt !== undefined) all.ready_at = note.readyAt;
  if (note.finishedAt !== undefined) all.finished_at = note.finishedAt;
  if (note.route !== undefined) all.route = note.route;
  if (note.attempts !== undefined) all.attempts = note.attempts;
  if (note.resends !== undefined) all.resends = note.resends;
  if (note.usd !== undefined) all.usd = note.usd;
  if (note.providerCredits !== undefined) all.provider_credits = note.providerCredits;
  if (note.checkAt !== undefined) all.check_at = note.checkAt;
  if (note.checks !== undefined) all.checks = note.checks;
  if (note.late !== undefined) all.late = note.late ? 1 : 0;
  return all;
}

const moment = (value: number | null): number | undefined => (value === null ? undefined : Number(value));

/** Converts a database row to a generation. */
export function fromRow(row: Row): Generation {
  return {
    id: generationId(row.id),
    community: row.community as CommunityId,
    channel: channelId(row.channel),
    member: row.member as MemberId,
    roles: JSON.parse(row.roles),
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
    startsAt: Number(row.starts_at ?? row.created_at),
    concurrency: row.concurrency ?? 1,
    submittedAt: moment(row.submitted_at),
    sentAt: moment(row.sent_at),
    settledAt: moment(row.settled_at),
    generatingAt: moment(row.generating_at),
    readyAt: moment(row.ready_at),
    finishedAt: moment(row.finished_at),
    route: row.route ?? undefined,
    attempts: Number(row.attempts),
    resends: Number(row.resends),
    usd: row.usd === null ? undefined : Number(row.usd),
    providerCredits: row.provider_credits === null ? undefined : Number(row.provider_credits),
    checkAt: moment(row.check_at),
    checks: Number(row.checks),
    late: Number(row.late) === 1,
    forgottenAt: moment(row.forgotten_at),
    shownState: row.shown_state ?? undefined,
  };
}
