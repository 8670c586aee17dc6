import type { Card, CardButton } from '../src/domain/card.ts';
import type { Origin } from '../src/domain/origin.ts';
import { at, compose } from '../src/domain/text.ts';
import type { GenerationService } from '../src/generations/service.ts';
import type { Texts } from '../src/locales/texts.ts';
import { createCommand } from './command.ts';
import { askToForget, OWN } from './forgetting.ts';
import { excerpt } from './lists.ts';
import { option } from './options.ts';
import { badValue } from './read-options.ts';
import { turnButtons } from './turning.ts';

/** Generations on a page; with the buttons to turn it they fit every chat. */
const PAGE_SIZE = 5;
const MOST_PAGES = 1000;

/** `/history`: the member's latest generations, page by page, to be delivered again; or, once confirmed, forgotten. */
export const history = createCommand({
  name: 'history',
  description: (texts) => texts.commands.history,
  who: 'members',
  audience: () => 'requester',
  options: [
    option.integer('page', { description: (texts) => texts.options.page, minimum: 1, maximum: MOST_PAGES }),
    // It cannot be a command of its own: in Discord, a command with subcommands cannot be used by itself.
    option.boolean('forget', { description: (texts) => texts.options.forget }),
  ],
  async run(context) {
    const { service, texts, options } = context;
    if (options.forget === true) return { kind: 'card', audience: 'requester', card: askToForget(texts, OWN) };
    const card = await historyPage(service, texts, context, options.page ?? 1);
    return { kind: 'card', audience: 'requester', card };
  },
});

/**
 * One page of a member's history.
 * @throws {DailiesError} `option_value` when there can be no such page.
 */
export async function historyPage(
  service: GenerationService,
  texts: Texts,
  origin: Origin,
  page: number,
): Promise<Card> {
  if (!Number.isInteger(page) || page < 1 || page > MOST_PAGES) {
    throw badValue('page', page, { minimum: 1, maximum: MOST_PAGES });
  }
  const { generations, more } = await service.listHistory(origin, page, PAGE_SIZE);
  return {
    tone: 'info',
    title: page === 1 ? texts.history.title : `${texts.history.title} · ${texts.history.page({ page })}`,
    ...(generations.length === 0 && { text: page === 1 ? texts.history.empty : texts.history.emptyPage }),
    fields: [],
    items: generations.map((generation, index) => ({
      title: compose`${index + 1}. ${at(generation.createdAt, 'date')}, ${generation.request.model}, ${texts.states[generation.state]}`,
      text: excerpt(texts, generation),
    })),
    notes: [],
    buttons: [
      ...generations.flatMap(({ id, state }, index): CardButton[] =>
        state === 'delivered' || state === 'undelivered'
          ? [{ action: 'deliver', target: id, label: texts.history.deliver({ number: index + 1 }), style: 'plain' }]
          : [],
      ),
      ...turnButtons({ action: 'history', page, more, labels: [texts.buttons.newer, texts.buttons.older] }),
    ],
  };
}
