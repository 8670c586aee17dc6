import type { Selectable } from 'kysely';
import type { Failure } from '../errors.ts';
import type { Generation } from '../generation/generation.ts';
import type { Database } from './schema.ts';

/** What may be noted together with a step to another state. */
export type Note = Partial<
  Pick<Generation, 'providerId' | 'videoUrl' | 'failure' | 'submittedAt' | 'generatingAt' | 'readyAt' | 'finishedAt'>
>;

type Row = Selectable<Database['generations']>;
type NoteColumns = Partial<
  Pick<Row, 'provider_id' | 'video_url' | 'failure' | 'submitted_at' | 'generating_at' | 'ready_at' | 'finished_at'>
>;

/** A provider's hint may quote the prompt. */
export function withoutHint(failure: Failure): Failure {
  return 'hint' in failure.params ? ({ ...failure, params: { ...failure.params, hint: '' } } as Failure) : failure;
}

/** The columns of what is noted. */
export function columns(note: Note): NoteColumns {
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

/** What a row says. */
export function fromRow(row: Row): Generation {
  return {
    id: row.id,
    community: row.community,
    channel: row.channel,
    member: row.member,
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
    generatingAt: moment(row.generating_at),
    readyAt: moment(row.ready_at),
    finishedAt: moment(row.finished_at),
    shownState: row.shown_state ?? undefined,
  };
}
