import { at } from '../domain/marks.ts';
import type { Asker } from '../domain/origin.ts';
import type { Clock } from '../lib/clock.ts';
import type { Block } from '../store/blocks.ts';
import type { Changes } from './door.ts';
import { reasonOf } from './one-line.ts';

/** For how long, and why. */
export interface BlockTerms {
  /** In ms since 1970 UTC; without it, for good. */
  until?: number | undefined;
  /** For the member and for moderators; may be empty, and has at most `MAX_REASON_LENGTH` characters. */
  reason: string;
}

/** Members who may not make videos in a community. */
export class MemberBlocks {
  readonly #changes: Changes;
  readonly #clock: Clock;

  constructor(changes: Changes, clock: Clock) {
    this.#changes = changes;
    this.#clock = clock;
  }

  /**
   * Blocks a member; it takes the place of an earlier block.
   * @param member as in `Origin.member`.
   * @throws {DailiesError} `moderators_only`.
   * @throws {RangeError} for an end that is not ahead, and a reason that is too long.
   */
  async block(asker: Asker, member: string, { until, reason }: BlockTerms): Promise<Block | 'yourself'> {
    return await this.#changes.make(asker, async ({ blocks }, note) => {
      if (member === asker.member) return 'yourself';
      const now = this.#clock.now();
      if (until !== undefined && !(until > now)) throw new RangeError(`expected an end after ${now}, got ${until}`);
      const block: Block = { member, reason: reasonOf(reason), until, blockedBy: asker.member, blockedAt: now };
      const before = await blocks.find(asker.community, member, now);
      await blocks.set(asker.community, block);
      await note({
        action: 'block',
        subject: { kind: 'member', id: member },
        before: before && termsOf(before),
        after: termsOf(block),
      });
      return block;
    });
  }

  /** @returns the block that was ended; undefined when there was none. @throws {DailiesError} `moderators_only`. */
  async unblock(asker: Asker, member: string): Promise<Block | undefined> {
    return await this.#changes.make(asker, async ({ blocks }, note) => {
      const before = await blocks.find(asker.community, member, this.#clock.now());
      if (!before) return undefined;
      await blocks.clear(asker.community, member);
      const subject = { kind: 'member', id: member } as const;
      await note({ action: 'unblock', subject, before: termsOf(before), after: undefined });
      return before;
    });
  }

  /** Those that hold now, the latest first. @throws {DailiesError} `moderators_only`. */
  async list(asker: Asker): Promise<Block[]> {
    return await this.#changes.read(asker, ({ blocks }) => blocks.list(asker.community, this.#clock.now()));
  }
}

function termsOf({ until, reason }: Block): string {
  const end = until === undefined ? '∞' : at(until, 'date');
  return reason ? `${end}: ${reason}` : end;
}
