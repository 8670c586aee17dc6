import { createCommand } from './command.ts';
import { queueCard } from './lists.ts';

/** `/queue`: the member's generations that are waiting or running. */
export const queue = createCommand({
  name: 'queue',
  description: (texts) => texts.commands.queue,
  who: 'members',
  audience: () => 'requester',
  options: [],
  async run(context) {
    const { service, texts } = context;
    const card = queueCard(texts, texts.queue.title, await service.listUnfinished(context));
    return { kind: 'card', audience: 'requester', card };
  },
});
