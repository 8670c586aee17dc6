import type { Card } from '../../domain/card.ts';
import { namedIn } from './mrkdwn.ts';
import type { People } from './people.ts';
import { isShared, type SlackRef } from './ref.ts';
import { type Clip, renderCard, type SlackMessage, textsOf } from './render.ts';

/** Renders cards for where they are shown: where others read along, people are named without a mention, so by name. */
export class CardRenderer {
  readonly #people: People;

  constructor(people: People) {
    this.#people = people;
  }

  /** The card as the message at this address shows it. */
  async render(ref: SlackRef, card: Card, clip?: Clip): Promise<SlackMessage> {
    const { teamId, locale } = ref;
    const shared = isShared(ref);
    const named = shared ? namedIn(textsOf(card), teamId) : [];
    const names = named.length > 0 ? await this.#people.namesOf(ref, named) : undefined;
    return renderCard(card, { teamId, locale, shared, names }, clip);
  }
}
