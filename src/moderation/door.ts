import type { KeptVideos } from '../delivery/kept-videos.ts';
import type { Action, AuditEntry, AuditSubject, AuditValue } from '../domain/event.ts';
import { DailiesError } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import { idOf, type MemberId } from '../domain/ids.ts';
import type { UsableModels } from '../domain/offered-model.ts';
import type { Asker } from '../domain/origin.ts';
import type { Chat } from '../domain/reply.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Limits } from '../quotas/admission.ts';
import type { DataStore, Repositories } from '../store/repositories.ts';

/** Dependencies of {@link Moderation} besides the database. */
export interface ModerationTools {
  clock: Clock;
  newId: () => string;
  /** The operator's settings, which count where no rule says otherwise. */
  limits: Limits;
  /** The models that can be used at all. */
  models: UsableModels;
  videos: KeptVideos;
  chats: ReadonlyMap<string, Pick<Chat, 'remove'>>;
  /** Takes away what a member wrote and where the video was, within a transaction at the moment `at` (ms). */
  forget: (repositories: Repositories, generation: Generation, at: number) => Promise<void>;
  log: Log;
}

/** Who asks, and at which door. The context of every command, button and form is one. */
export interface Moderating extends Asker {
  moderation: Moderation;
}

/** Passed to a change: the tables of its transaction, the time, and the audit. */
export interface Change extends Repositories {
  /** When it is made, in ms since 1970 UTC. */
  now: number;
  /**
   * Records a change, with the old and new values, in the audit and the log channel; nothing if both are the same.
   * @returns whether anything was changed.
   */
  note(action: Action, subject: AuditSubject, before?: AuditValue, after?: AuditValue): Promise<boolean>;
}

/**
 * The only way to moderators' data and changes. Every file beside this one is a subject: its checks and its changes,
 * each made by {@link Moderation.change}, and its lists, read by {@link Moderation.read}.
 */
export class Moderation {
  readonly tools: ModerationTools;
  readonly #store: DataStore;

  constructor(store: DataStore, tools: ModerationTools) {
    this.#store = store;
    this.tools = tools;
  }

  /**
   * Whether somebody moderates the community: the platform says so, or they or one of their roles are named. Nothing is
   * cached, so whoever is removed can do nothing from that moment on.
   */
  async isModerator(asker: Asker): Promise<boolean> {
    return await moderates(this.#store, asker);
  }

  /** @throws {DailiesError} `moderators_only`. */
  async mustModerate(asker: Asker): Promise<void> {
    await mustModerate(this.#store, asker);
  }

  /**
   * Changes something in one transaction with its entries in the audit and in the outbox. Of two changes at the same
   * time the last wins, and both are in the audit.
   * @param owner a member whom it concerns, and who may do it without being a moderator.
   * @throws {DailiesError} `moderators_only`, or `requester_only` where there is an owner.
   */
  async change<T>(asker: Asker, work: (change: Change) => Promise<T>, owner?: MemberId): Promise<T> {
    const { community, member } = asker;
    const { clock, newId } = this.tools;
    return await this.#store.transaction(async (repositories) => {
      // Several processes change at the same time; what is checked before a change must still hold when it is made.
      await repositories.lock(`changes ${community}`);
      if (member !== owner) await mustModerate(repositories, asker, owner);
      const now = clock.now();
      const note: Change['note'] = async (action, subject, before, after) => {
        if (after !== undefined && before === after) return false;
        const entry: AuditEntry = { at: now, actor: member, action, subject, before, after };
        await repositories.audit.append(community, entry);
        await repositories.outbox.record(community, `change ${newId()}`, { kind: 'change', entry }, now);
        return true;
      };
      return await work({ ...repositories, now, note });
    });
  }

  /** Reads what only moderators may see. @throws {DailiesError} `moderators_only`. */
  async read<T>(asker: Asker, work: (repositories: Repositories) => Promise<T>): Promise<T> {
    await mustModerate(this.#store, asker);
    return await work(this.#store);
  }
}

type Named = Pick<Repositories, 'moderators'>;

async function moderates({ moderators }: Named, { community, member, roles, moderator }: Asker): Promise<boolean> {
  return moderator || (await moderators.hasAny(community, [idOf(member), ...roles]));
}

async function mustModerate(repositories: Named, asker: Asker, owner?: MemberId): Promise<void> {
  if (await moderates(repositories, asker)) return;
  throw new DailiesError(owner === undefined ? 'moderators_only' : 'requester_only');
}
