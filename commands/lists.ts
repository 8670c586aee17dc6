import type { Card, CardButton } from '../src/domain/card.ts';
import type { Generation, GenerationState } from '../src/domain/generation.ts';
import { compose, join, mention, type Text } from '../src/domain/text.ts';
import type { Queued } from '../src/generations/service.ts';
import type { Texts } from '../src/locales/texts.ts';

/** Entries that a list shows at once: with a button each, they fit every platform. */
export const LIST_SIZE = 10;

/** The longest piece of a prompt in a list, in characters. */
const PROMPT_LENGTH = 100;

/** Extra details in a moderator's view of the queue. */
interface QueueView {
  /** The states in which the reader can cancel one. */
  cancellable: readonly GenerationState[];
  /** Whether it says who asked. */
  named: boolean;
  /** The number of the first one that is shown, from 0. */
  from: number;
}

/** Generations that wait or run, each with its place or how long it has been running. */
export function queueCard(
  texts: Texts,
  title: string,
  queued: readonly Queued[],
  { cancellable, named, from }: QueueView = { cancellable: ['queued'], named: false, from: 0 },
): Card {
  const shown = queued.slice(from, from + LIST_SIZE);
  const rest = queued.length - from - shown.length;
  const who = ({ member }: Generation) => (named ? compose`${mention('member', member)}: ` : '');
  return {
    tone: 'info',
    title,
    ...(shown.length === 0 && { text: texts.queue.empty }),
    fields: [],
    items: shown.map((one, index) => ({
      title: compose`${from + index + 1}. ${standing(texts, one)}`,
      text: join([who(one.generation), excerpt(texts, one.generation)]),
    })),
    notes: rest > 0 ? [texts.queue.more({ count: rest })] : [],
    buttons: shown.flatMap(({ generation }, index): CardButton[] =>
      cancellable.includes(generation.state)
        ? [
            {
              action: 'cancel',
              target: generation.id,
              label: texts.queue.cancel({ number: from + index + 1 }),
              style: 'danger',
            },
          ]
        : [],
    ),
  };
}

/** The beginning of a generation's prompt, on one line. */
export function excerpt(texts: Texts, { request }: Generation): string {
  const characters = [...request.prompt.replace(/\s+/g, ' ')];
  const text = characters.slice(0, PROMPT_LENGTH).join('');
  return (characters.length > PROMPT_LENGTH ? `${text}…` : text) || texts.cards.forgotten;
}

function standing(texts: Texts, { generation, place, readyAt }: Queued): Text {
  const { queue, states } = texts;
  const parts: Text[] = [`${generation.request.model}, ${states[generation.state]}`];
  if (place) parts.push(queue.place({ position: place.position }));
  if (place?.notBefore !== undefined) parts.push(queue.notBefore({ at: place.notBefore }));
  if (readyAt !== undefined) parts.push(queue.ready({ at: readyAt }));
  else if (generation.generatingAt !== undefined) parts.push(queue.since({ at: generation.generatingAt }));
  return join(parts, ', ');
}
