import type { Command } from '../command.ts';
import { LIST_SIZE, queueCard } from '../lists.ts';

/** `/moderate queue`: what is waiting and running in the community, to be cancelled by moderators. */
export const moderateQueue: Command = {
  name: 'moderate queue',
  description: (texts) => texts.commands['moderate queue'],
  who: 'moderators',
  audience: () => 'requester',
  options: [],
  async run(context) {
    const { service, texts } = context;
    const card = queueCard(texts, texts.queue.communityTitle, await service.listCommunity(context, LIST_SIZE));
    return { kind: 'card', audience: 'requester', card };
  },
};
