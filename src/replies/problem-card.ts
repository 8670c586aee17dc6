import type { Card, CardButton } from '../domain/card.ts';
import type { ErrorCode, Failure } from '../domain/failure.ts';
import type { Text } from '../domain/text.ts';
import { describeFailure } from '../locales/failures.ts';
import type { Texts } from '../locales/texts.ts';

type Title = 'refused' | 'noCredits' | 'notAllowed' | 'queueFull' | 'wrong' | 'withdrawn';

/** The titles of refusals that are not just impossible. */
const TITLES: Partial<Record<ErrorCode, Title>> = {
  quota_exhausted: 'noCredits',
  channel_exhausted: 'noCredits',
  budget_exhausted: 'noCredits',
  quota_forbidden: 'notAllowed',
  blocked: 'notAllowed',
  channel_denied: 'notAllowed',
  model_disabled: 'notAllowed',
  private_denied: 'notAllowed',
  direct_denied: 'notAllowed',
  words_refused: 'notAllowed',
  moderators_only: 'notAllowed',
  requester_only: 'notAllowed',
  queue_full: 'queueFull',
  too_many_waiting: 'queueFull',
  model_withdrawn: 'withdrawn',
  internal: 'wrong',
  stopping: 'wrong',
};

/** A card that says that something was refused, or could not be done. */
export function problemCard(texts: Texts, text: Text, title: Title = 'refused'): Card {
  return { tone: 'problem', title: texts.cards[title], text, fields: [], notes: [], buttons: [] };
}

/** A card that says why something was refused, with the button that helps. */
export function failureCard(texts: Texts, failure: Failure): Card {
  const card = problemCard(texts, describeFailure(texts, failure), TITLES[failure.code]);
  return { ...card, buttons: successorButtons(texts, failure) };
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
