import type { Action, AuditSubject } from '../domain/event.ts';
import { DailiesError } from '../domain/failure.ts';
import { type Generation, isFinal } from '../domain/generation.ts';
import type { MemberId } from '../domain/ids.ts';
import type { Asker } from '../domain/origin.ts';
import type { Chat } from '../domain/reply.ts';
import type { Clock } from '../lib/clock.ts';
import { around } from '../lib/fault-points.ts';
import type { Engine } from '../queue/engine.ts';
import type { Repositories } from '../store/repositories.ts';
import { end, forget } from './end-generation.ts';
import type { ReplyPort, VideoPort } from './ports.ts';

/** Passed to a change of a video: the tables of its transaction, and the audit. */
interface Overseen extends Repositories {
  /** Writes what a moderator did to somebody else's video into the audit. */
  note(action: Action, subject: AuditSubject, before: string): Promise<unknown>;
}

/** The moderators' door, which checks who asks. */
export interface Oversight {
  isModerator(asker: Asker): Promise<boolean>;
  /** @throws {DailiesError} `moderators_only`. */
  read<T>(asker: Asker, work: (repositories: Repositories) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction. @param owner who may ask besides moderators.
   * @throws {DailiesError} `requester_only`.
   */
  change<T>(asker: Asker, work: (repositories: Overseen) => Promise<T>, owner: MemberId): Promise<T>;
}

/** Dependencies of the functions of this file. */
export interface CancelParts {
  moderation: Oversight;
  engine: Pick<Engine, 'cancel'>;
  replies: ReplyPort;
  videos: VideoPort;
  chats: ReadonlyMap<string, Pick<Chat, 'remove'>>;
  clock: Clock;
}

/** The most generations cancelled in one go; nobody has more waiting. */
const MOST_CANCELLED = 10_000;

/**
 * Takes a finished generation's reply away, with its video and prompt.
 * @throws {DailiesError} `requester_only`, `remove_too_early`.
 */
export async function deleteVideo(parts: CancelParts, asker: Asker, generation: Generation): Promise<void> {
  const { id, member, reply } = generation;
  const remove = async (repositories: Overseen) => {
    // Read again: its member may have asked for its delivery meanwhile.
    const { state } = (await repositories.generations.find(id)) ?? generation;
    if (!isFinal(state)) throw new DailiesError('remove_too_early');
    await forget(repositories, generation, parts.clock.now());
    await noteOfOthers(repositories, asker, generation, 'delete');
  };
  await parts.moderation.change(asker, remove, member);
  await parts.videos.remove(id);
  await parts.chats.get(reply.platform)?.remove(reply);
}

/**
 * Cancels a queued generation or, for a moderator, one that the provider is making.
 * @returns false when it was too late. @throws {DailiesError} `requester_only`.
 */
export async function cancelGeneration(parts: CancelParts, asker: Asker, generation: Generation): Promise<boolean> {
  if (await cancelFrom('queued', parts, asker, generation)) return true;
  return (await parts.moderation.isModerator(asker)) && (await cancelFrom('generating', parts, asker, generation));
}

/**
 * Cancels all queued generations of the community, or of one member.
 * @returns the number cancelled. @throws {DailiesError} `moderators_only`.
 */
export async function cancelWaiting(parts: CancelParts, asker: Asker, member?: string): Promise<number> {
  const all = await parts.moderation.read(asker, ({ generations }) =>
    generations.listUnfinishedIn(asker.community, MOST_CANCELLED),
  );
  const waiting = all.filter((one) => one.state === 'queued' && (member === undefined || one.member === member));
  let cancelled = 0;
  for (const generation of waiting) if (await cancelFrom('queued', parts, asker, generation)) cancelled += 1;
  return cancelled;
}

async function cancelFrom(
  from: 'queued' | 'generating',
  { moderation, engine, replies, clock }: CancelParts,
  asker: Asker,
  generation: Generation,
): Promise<boolean> {
  const cancel = async (repositories: Overseen) => {
    const ended = await end(repositories, generation, from, 'cancelled', { finishedAt: clock.now() });
    if (ended) await noteOfOthers(repositories, asker, generation, 'cancel');
    return ended;
  };
  const cancelled = await around('write cancelled', () => moderation.change(asker, cancel, generation.member));
  if (!cancelled) return false;
  await engine.cancel(generation.id);
  await replies.show(cancelled);
  return true;
}

/** Records in the audit that a moderator cancelled or deleted somebody else's video. */
async function noteOfOthers(
  { note }: Overseen,
  asker: Asker,
  { id, member }: Generation,
  action: 'cancel' | 'delete',
): Promise<void> {
  if (asker.member !== member) await note(action, { kind: 'member', id: member }, id);
}
