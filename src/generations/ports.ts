import type { Generation } from '../domain/generation.ts';
import type { ReplyRef } from '../domain/reply.ts';

/** Shows generations in their replies. */
export interface ReplyPort {
  /** Shows a generation as it stands; returns when that is certain to come, not when it is seen. */
  show(generation: Generation): Promise<void>;
}

/** Puts videos into replies. */
export interface DeliveryPort {
  /**
   * Puts the video of a delivered generation into one more reply, for as long as it is kept.
   * @throws {DailiesError} `video_forgotten`. @throws {ReplyError}
   */
  repeat(generation: Generation, ref: ReplyRef): Promise<void>;
}

/** The files of videos. */
export interface VideoPort {
  /** Removes a generation's file, if there is one. */
  remove(generation: string): Promise<void>;
}
