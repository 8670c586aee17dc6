import { excerpt, LIST_SIZE, queueCard } from '../../../../commands/lists.ts';
import type { CardButton } from '../../../domain/card.ts';
import type { Generation, GenerationState } from '../../../domain/generation.ts';
import { leftOf, type QuotaStatus } from '../../../domain/quota-status.ts';
import { at, compose, join, type Text } from '../../../domain/text.ts';
import type { Queued } from '../../../generations/service.ts';
import type { Texts } from '../../../locales/texts.ts';
import { writeLimit } from '../../../locales/wording.ts';
import { actions, type Block, divider, header, paragraph, whose } from './blocks.ts';

/** News of the community in a Home tab, for those who moderate it. */
export interface CommunityNews {
  /** Generations waiting or running, the oldest first. */
  unfinished: readonly Queued[];
  /** There is more than that. */
  more: boolean;
  /** Credits that all members together have used today (UTC). */
  usedToday: number;
}

/** Contents of a Home tab. */
export interface HomeNews {
  quota: QuotaStatus;
  /** The member's own, the oldest first. */
  unfinished: readonly Queued[];
  /** The member's own that have ended, the newest first. */
  recent: readonly Generation[];
  community?: CommunityNews;
  /** The present moment, in ms. */
  now: number;
}

/** The most generations in each list; a tab has room for 100 blocks, and each generation takes three at most. */
export const MOST_LISTED = LIST_SIZE;

/** The Home tab of one member. Pure: the same news give the same view. */
export function homeView(news: HomeNews, texts: Texts): { type: 'home'; blocks: Block[] } {
  return {
    type: 'home',
    blocks: [
      ...quotaOf(news.quota, texts),
      divider(),
      header(texts.home.running),
      ...queueOf(news.unfinished, texts),
      divider(),
      header(texts.history.title),
      ...recentOf(news.recent, texts),
      ...(news.community ? communityOf(news.community, news.quota, texts) : []),
      divider(),
      paragraph(compose`${texts.home.asOf({ at: news.now })} ${texts.home.hint}`),
    ],
  };
}

function quotaOf(status: QuotaStatus, { quota }: Texts): Block[] {
  const { credits, used, resetsAt, granted, grantsEnd } = status;
  const left = leftOf(status);
  const lines = [
    ...(credits === null || left === null ? [quota.unlimited] : [quota.left({ left, of: credits })]),
    ...(credits !== null && used > 0 ? [quota.resets({ at: resetsAt })] : []),
    ...(credits !== null && granted > 0 ? [quota.granted({ credits: granted, ends: grantsEnd })] : []),
  ];
  return [header(quota.title), paragraph(join(lines, ' '))];
}

/** @param members whether to say whose each is. */
function queueOf(unfinished: readonly Queued[], texts: Texts, members = false): Block[] {
  // The same words as in the answer to the command.
  const { text, items = [], notes, buttons } = queueCard(texts, '', unfinished);
  const blocks = items.flatMap((item, index) => {
    const { id, member } = unfinished[index]?.generation ?? {};
    const own = buttons.filter(({ target }) => target === id).map((one) => ({ ...one, label: texts.buttons.cancel }));
    return [
      paragraph(item.title, { bold: true, quotation: item.text }),
      ...(members && member ? [whose(member)] : []),
      ...actions(own),
    ];
  });
  return [...said(text), ...blocks, ...said(join(notes, ' '))];
}

function recentOf(recent: readonly Generation[], texts: Texts): Block[] {
  if (recent.length === 0) return [paragraph(texts.history.empty)];
  return recent.slice(0, MOST_LISTED).flatMap((generation) => {
    const { createdAt, request, state } = generation;
    const title = compose`${at(createdAt, 'date')}, ${request.model}, ${texts.states[state]}`;
    return [
      paragraph(title, { bold: true, quotation: excerpt(texts, generation) }),
      ...actions(buttonsOf(generation, texts)),
    ];
  });
}

/** Buttons for a generation that has ended, by its state; without a prompt it cannot be made again. */
const BUTTONS: Partial<Record<GenerationState, readonly ('deliver' | 'again')[]>> = {
  delivered: ['deliver', 'again'],
  undelivered: ['deliver'],
  failed: ['again'],
  cancelled: ['again'],
  timed_out: ['again'],
};

function buttonsOf({ id, state, request }: Generation, texts: Texts): CardButton[] {
  return (BUTTONS[state] ?? [])
    .filter((action) => action !== 'again' || request.prompt !== '')
    .map((action) => ({ action, target: id, label: texts.buttons[action], style: 'plain' }));
}

function communityOf({ unfinished, more, usedToday }: CommunityNews, status: QuotaStatus, texts: Texts): Block[] {
  const { home } = texts;
  const waiting = unfinished.filter(({ generation }) => generation.state === 'queued').length;
  // A limit that applies to this moderator alone says nothing about the others.
  const common = status.rule.scope === 'default' || status.rule.scope === 'everyone';
  const limits = common ? [texts.quota.rule({ limit: writeLimit(texts, status) })] : [];
  const counts = home.counts({ running: unfinished.length - waiting, waiting, more });
  return [
    divider(),
    header(home.community),
    paragraph([counts, home.usedToday({ credits: usedToday }), ...limits, home.moderators].join('\n')),
    ...(unfinished.length > 0 ? queueOf(unfinished, texts, true) : []),
  ];
}

function said(text: Text | undefined): Block[] {
  return text ? [paragraph(text)] : [];
}
