import type { Button } from '../command.ts';
import { communityQueue, TURN_QUEUE } from '../moderate/queue.ts';

/** Turns a page of the community's queue, in the same reply. */
export const turnQueue: Button = {
  action: TURN_QUEUE,
  answers: 'same reply',
  async run(context) {
    const card = await communityQueue(context, Number(context.target));
    return { kind: 'card', audience: 'everyone', card };
  },
};
