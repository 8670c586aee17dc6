import type { Command } from '../command.ts';
import { queueCard } from '../lists.ts';

/** So many are looked at, to say how many there are besides those that are shown. */
const MOST_COUNTED = 200;

/** `/moderate queue`: what is waiting and running in the community, to be cancelled by moderators. */
export const moderateQueue: Command = {
  name: 'moderate queue',
  description: (texts) => texts.commands['moderate queue'],
  who: 'moderators',
  audience: () => 'requester',
  options: [],
  async run(context) {
    const { service, texts } = context;
    const queued = await service.listCommunity(context, MOST_COUNTED);
    const card = queueCard(texts, texts.queue.communityTitle, queued, ['queued', 'generating']);
    return { kind: 'card', audience: 'requester', card };
  },
};
