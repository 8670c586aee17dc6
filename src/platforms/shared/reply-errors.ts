import type { ReplyError } from '../../domain/reply.ts';

/** Calls a chat and turns its client's errors into a `ReplyError`; an abort by the caller is passed on unchanged. */
export type AsReply = <T>(signal: AbortSignal | undefined, work: () => Promise<T>) => Promise<T>;

/** @param toReplyError translates an error of the chat's client. */
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
