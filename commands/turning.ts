import type { CardButton } from '../src/domain/card.ts';

/** A page of a list, and how its neighbours are reached. */
export interface Turning {
  /** The name of the buttons' action. */
  action: string;
  /** From 1 on. */
  page: number;
  /** Whether another one follows. */
  more: boolean;
  /** Labels of the buttons to the previous and next page. */
  labels: readonly [before: string, after: string];
  /** Target of the button that leads to a page. @default its number */
  targetOf?: (page: number) => string;
}

/** The buttons that turn to the page before and to the one after, where there are any. */
export function turnButtons({ action, page, more, labels, targetOf = String }: Turning): CardButton[] {
  const turn = (to: number, label: string): CardButton => ({ action, target: targetOf(to), label, style: 'plain' });
  return [...(page > 1 ? [turn(page - 1, labels[0])] : []), ...(more ? [turn(page + 1, labels[1])] : [])];
}
