import type { Generation, GenerationState } from '../domain/generation.ts';
import { faultPoint } from '../lib/fault-points.ts';
import type { Note } from '../store/generation-rows.ts';
import type { Repositories } from '../store/repositories.ts';
import { nextCheckAt } from './check-times.ts';

/** Settles or releases the hold, by final state; `undelivered` keeps the hold, as the video exists. */
const HOLDS: Partial<Record<GenerationState, 'settle' | 'release'>> = {
  delivered: 'settle',
  failed: 'release',
  cancelled: 'release',
  timed_out: 'release',
};

/**
 * Ends a generation within a transaction: its state, its hold and the line in its community's log change
 * together or not at all, and a second time changes nothing.
 * @returns the generation after it, or undefined when it was not in the state `from` any more.
 */
export async function end(
  repositories: Repositories,
  { id, community }: Pick<Generation, 'id' | 'community'>,
  from: GenerationState,
  to: GenerationState,
  note: Note & { finishedAt: number },
): Promise<Generation | undefined> {
  const checkAt = nextCheckAt(note.failure ?? undefined, note.finishedAt, 0);
  const ended = await repositories.generations.move(id, from, to, { ...note, checkAt });
  if (!ended) return undefined;
  faultPoint('after the state of an end');
  const what = HOLDS[to];
  if (what) await repositories.holds[what](id);
  faultPoint('after the hold of an end');
  await repositories.outbox.record(
    community,
    `generation ${id} ${to}`,
    { kind: 'generation', generation: id },
    note.finishedAt,
  );
  return ended;
}

/**
 * Removes a member's words and the video's address, within a transaction at the moment `at` (ms); the figures stay.
 * A video that nobody will get any more is not charged. The caller removes the kept file.
 */
export async function forget(repositories: Repositories, generation: Generation, at: number): Promise<void> {
  const { generations, holds, reports, drafts } = repositories;
  await generations.forget(generation, at);
  await drafts.delete(generation.id);
  await reports.forget(generation.id);
  if (await generations.move(generation.id, 'undelivered', 'failed')) await holds.release(generation.id);
}
