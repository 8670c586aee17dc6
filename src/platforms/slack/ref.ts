import { z } from 'zod';
import { ReplyError, type ReplyRef } from '../../domain/reply.ts';

const shape = z.object({
  platform: z.literal('slack'),
  teamId: z.string(),
  enterpriseId: z.string().nullable(),
  userId: z.string(),
  locale: z.string(),
  /**
   * `message`: one that everybody in the channel sees, or one in a direct message. `ephemeral`: seen by one person, for
   * half an hour, changed by its `responseUrl`. `none`: nothing in a channel (the Home tab).
   */
  kind: z.enum(['message', 'ephemeral', 'none']),
  channelId: z.string(),
  /** Timestamp of the message, its id in Slack. */
  ts: z.string(),
  /** The thread that the message itself is in. */
  threadTs: z.string().nullable(),
  responseUrl: z.string().nullable(),
  /** Ids of the files that were put into the message's thread when it was posted, with commas between. */
  fileIds: z.string().default(''),
});

/** Where a reply is on Slack. */
export type SlackRef = Readonly<z.infer<typeof shape>>;

/** Reads back a stored reply ref. @throws {ReplyError} `invalid` when it is not one of Slack's. */
export function readRef(ref: ReplyRef): SlackRef {
  const parsed = shape.safeParse(ref);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new ReplyError('invalid', `expected a reply ref of slack, found a wrong ${fields}`);
}

/** Whether people other than the person see messages there. */
export function isShared({ kind, channelId }: Pick<SlackRef, 'kind' | 'channelId'>): boolean {
  return kind === 'message' && !isDirect(channelId);
}

/** Whether only the person and the app see messages in this channel. */
export function isDirect(channelId: string): boolean {
  return channelId.startsWith('D');
}
