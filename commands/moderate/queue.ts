import type { Card } from '../../src/domain/card.ts';
import { type ButtonContext, createCommand } from '../command.ts';
import { LIST_SIZE, queueCard } from '../lists.ts';
import { turnButtons } from '../turning.ts';

/** The most entries counted, to say how many there are besides those shown. */
const MOST_COUNTED = 200;

/** The name of the action of the buttons that turn its pages. */
export const TURN_QUEUE = 'queue';

/** `/moderate queue`: generations waiting or running in the community, which moderators can cancel. */
export const moderateQueue = createCommand({
  name: 'moderate queue',
  description: (texts) => texts.commands['moderate queue'],
  who: 'moderators',
  audience: () => 'requester',
  options: [],
  async run(context) {
    return { kind: 'card', audience: 'requester', card: await communityQueue(context, 1) };
  },
});

/**
 * One page of the generations waiting or running in the community, with who asked. Those that have ended meanwhile are
 * not listed, so a page that no longer exists becomes the last one.
 * @throws {DailiesError} `moderators_only`.
 */
export async function communityQueue(
  context: Pick<ButtonContext, 'community' | 'member' | 'roles' | 'moderator' | 'service' | 'texts'>,
  page: number,
): Promise<Card> {
  const { service, texts } = context;
  const queued = await service.listCommunity(context, MOST_COUNTED);
  const pages = Math.max(1, Math.ceil(queued.length / LIST_SIZE));
  const shown = Number.isInteger(page) ? Math.min(Math.max(page, 1), pages) : 1;
  const { communityTitle } = texts.queue;
  const title = pages > 1 ? `${communityTitle} · ${texts.conduct.page({ page: shown, of: pages })}` : communityTitle;
  const from = (shown - 1) * LIST_SIZE;
  const card = queueCard(texts, title, queued, { cancellable: ['queued', 'generating'], named: true, from });
  const labels = [texts.buttons.previousPage, texts.buttons.nextPage] as const;
  return {
    ...card,
    buttons: [...card.buttons, ...turnButtons({ action: TURN_QUEUE, page: shown, more: shown < pages, labels })],
  };
}
