import type { Dispatch } from '../../commands/command.ts';
import type { Chat } from '../domain/reply.ts';

/** A chat with both halves: `listen` is the incoming one. */
export interface Platform extends Chat {
  /**
   * Starts taking input: acknowledges it within the platform's time, passes it on, shows the answer.
   * @throws {DailiesError | Error} when the chat refuses the connection for good (wrong token, missing intent).
   */
  listen(dispatch: Dispatch): Promise<void>;
  /** Stops taking input. The outgoing half keeps working until `close`. */
  stop(): Promise<void>;
  /** Frees connections; nothing works afterwards. */
  close(): Promise<void>;
}
