import type { Card, CardButton } from '../domain/card.ts';
import type { Failure } from '../domain/failure.ts';
import { describeFailure } from '../locales/failures.ts';
import type { Texts } from '../locales/texts.ts';

/** A card that says that something was refused, or could not be done. */
export function problemCard(texts: Texts, text: string): Card {
  return { tone: 'problem', title: texts.cards.refused, text, fields: [], notes: [], buttons: [] };
}

/** A card that says why something was refused, with the button that helps. */
export function failureCard(texts: Texts, failure: Failure): Card {
  const card = problemCard(texts, describeFailure(texts, failure));
  if (failure.code !== 'model_withdrawn') return card;
  return { ...card, title: texts.cards.withdrawn, buttons: successorButtons(texts, failure) };
}

/** The button that goes on with the model that takes the place of one that is gone; none where there is no such model. */
export function successorButtons(texts: Texts, failure: Failure | undefined): CardButton[] {
  if (failure?.code !== 'model_withdrawn') return [];
  const { successor, credits, draft } = failure.params;
  if (successor === null || draft === null) return [];
  const use = texts.useModel({ model: successor });
  const label = credits === null ? use : texts.priced({ label: use, credits });
  return [{ action: 'successor', target: draft, label, style: 'primary' }];
}
