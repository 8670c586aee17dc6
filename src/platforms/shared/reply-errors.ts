import type { ReplyError } from '../../domain/reply.ts';

/** Does something in a chat: the errors of its client become a `ReplyError`; an abort by the caller stays what it is. */
export type AsReply = <T>(signal: AbortSignal | undefined, work: () => Promise<T>) => Promise<T>;

/** @param toReplyError what an error of the chat's client means. */
export function asReplyWith(toReplyError: (error: unknown) => ReplyError): AsReply {
  return async (signal, work) => {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw toReplyError(error);
    }
  };
}
