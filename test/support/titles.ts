import { en } from './texts.ts';

/** The titles of a reply's card, by state. */
export const TITLES = {
  queued: en.cards.queued,
  generating: en.cards.generating,
  delivered: en.cards.delivered,
  failed: en.cards.failed,
  cancelled: en.cards.cancelled,
  timed_out: en.cards.timedOut,
  undelivered: en.cards.undelivered,
  refused: en.cards.refused,
  noCredits: en.cards.noCredits,
  notAllowed: en.cards.notAllowed,
  queueFull: en.cards.queueFull,
};
