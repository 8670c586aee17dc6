import type { ChannelId, CommunityId, MemberId } from './ids.ts';
import type { ReplyRef } from './reply.ts';

/** Who said something, where: the same for a command, a button and a form. */
export interface Origin {
  community: CommunityId;
  /** The platform's id of the channel, or of the thread in it. */
  channel: ChannelId;
  /** If `channel` is a thread: the channel that it belongs to, whose rules it follows. */
  parentChannel?: ChannelId | undefined;
  /** Whether nobody but the member and the bot is there (a direct message). */
  direct: boolean;
  member: MemberId;
  /** The platform's ids of the member's roles. */
  roles: readonly string[];
  /** Whether the platform says that this member moderates the community. */
  moderator: boolean;
  /** BCP 47 language tag of the member, e.g. `en-US`. */
  locale: string;
  /** The reply that was opened for the answer. */
  reply: ReplyRef;
  /** Whether only this member sees that reply, although others are there. */
  alone: boolean;
}

/** The person who asks, as far as it counts. `moderator` is the platform's own word. */
export type Asker = Pick<Origin, 'community' | 'member' | 'roles' | 'moderator'>;
