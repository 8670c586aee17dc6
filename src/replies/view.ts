import type { Card, CardButton, CardField, Link, Tone } from '../domain/card.ts';
import type { Generation, Span } from '../domain/generation.ts';
import { getModel } from '../domain/models.ts';
import { type QuotaStatus, spendable } from '../domain/quota-status.ts';
import { compose, type Text } from '../domain/text.ts';
import { describeFailure } from '../locales/failures.ts';
import type { Texts } from '../locales/texts.ts';
import { writeBytes, writeDuration, writeOption } from '../locales/wording.ts';
import type { Place } from '../queue/engine.ts';
import type { ActionPrices } from './action-prices.ts';
import { successorButtons } from './problem-card.ts';

/** Facts that a card shows and that are not stored with its generation. */
export interface Circumstances {
  /** While it is queued. */
  place?: Place | undefined;
  /** While it is generating: the measured span, if enough was measured. */
  expected?: Span | undefined;
  /** The member's quota in the community of the generation. */
  quota?: QuotaStatus | undefined;
  /** Prices of its buttons, once it has ended; undefined when they are not known just now. */
  prices?: ActionPrices | undefined;
  /** Its video came late, when its credits had gone back and too few were left, so it costs nothing. */
  free?: boolean | undefined;
  /** The present moment (ms). */
  now?: number | undefined;
  /** Why it does not go on just now. */
  delay?: 'provider busy' | 'account' | 'submission unclear' | 'chat busy' | undefined;
  /** The process is about to stop. */
  restarting?: boolean;
  /** The clip, once it is in the reply. */
  video?: { name: string; link?: Link | undefined };
}

type View = Pick<Card, 'tone' | 'title'> & { text?: Text | undefined; progress?: Card['progress']; notes?: Text[] };

/** The card of a generation. Pure: the same generation and circumstances give the same card. */
export function generationCard(generation: Generation, texts: Texts, circumstances: Circumstances = {}): Card {
  const view = VIEWS[generation.state](generation, texts, circumstances);
  const notes = [
    ...(view.notes ?? []),
    ...(circumstances.restarting ? [texts.cards.restarting] : []),
    ...generation.request.dropped.map((option) => texts.cards.dropped({ option, model: generation.request.model })),
  ];
  return {
    tone: view.tone,
    title: view.title,
    ...(view.text !== undefined && { text: view.text }),
    prompt: generation.request.prompt || texts.cards.forgotten,
    fields: fieldsOf(generation, texts, circumstances),
    ...(view.progress && { progress: view.progress }),
    notes,
    buttons: buttonsOf(generation, texts, circumstances.prices),
    ...(circumstances.video && {
      video: {
        name: circumstances.video.name,
        ...(circumstances.video.link && { link: circumstances.video.link.url }),
      },
    }),
  };
}

const working = (title: string, text?: string): View => ({ tone: 'working' as Tone, title, text });

/** The look of each state. */
const VIEWS: Record<Generation['state'], (g: Generation, texts: Texts, now: Circumstances) => View> = {
  queued: (_, { cards }, { place, delay }) => ({
    tone: 'waiting',
    title: cards.queued,
    text:
      delay === 'account'
        ? cards.accountWaits
        : delay === 'provider busy'
          ? cards.providerBusy
          : place &&
            (place.notBefore
              ? compose`${cards.queuedText(place)} ${cards.queuedNotBefore({ at: place.notBefore })}`
              : cards.queuedText(place)),
  }),
  submitting: (_, { cards }, { delay }) =>
    working(cards.submitting, delay === 'submission unclear' ? cards.submissionUnclear : undefined),
  generating: ({ generatingAt, submittedAt, createdAt }, { cards }, { expected, now }) => {
    const startedAt = generatingAt ?? submittedAt ?? createdAt;
    return {
      ...working(cards.generating),
      progress: {
        startedAt,
        ...(expected && { expected, tenths: progressTenths(expected, startedAt, now ?? startedAt) ?? 0 }),
      },
    };
  },
  delivering: (_, { cards }, { delay }) =>
    working(cards.delivering, delay === 'chat busy' ? cards.deliveringAgain : undefined),
  delivered: ({ late }, texts, { video, free }) => ({
    tone: 'done',
    title: texts.cards.delivered,
    ...(video?.link && { text: tooLarge(texts, video.link) }),
    notes: [
      ...(late ? [texts.cards.cameLate] : []),
      ...(free ? [texts.cards.freeNote] : []),
      ...(video?.link ? [texts.cards.linkExpires({ until: video.link.expiresAt })] : []),
    ],
  }),
  failed: (generation, texts) => ({
    tone: 'problem',
    title: generation.failure?.code === 'model_withdrawn' ? texts.cards.withdrawn : texts.cards.failed,
    text: reason(generation, texts),
    notes: [texts.cards.refund({ credits: generation.credits })],
  }),
  cancelled: ({ credits }, { cards }) => ({ tone: 'info', title: cards.cancelled, notes: [cards.refund({ credits })] }),
  timed_out: (generation, texts) => ({
    tone: 'problem',
    title: texts.cards.timedOut,
    text: reason(generation, texts),
    notes: [texts.cards.refund({ credits: generation.credits })],
  }),
  undelivered: (generation, texts, { free }) => ({
    tone: 'problem',
    title: texts.cards.undelivered,
    text: reason(generation, texts),
    notes: [free ? texts.cards.freeNote : texts.cards.heldNote({ credits: generation.credits })],
  }),
};

/**
 * How much of the measured median has passed, in tenths, or undefined while nothing is measured. Never ten: what takes
 * longer than usual is not finished.
 */
export function progressTenths(expected: Span | undefined, startedAt: number, now: number): number | undefined {
  if (!expected) return undefined;
  return Math.min(Math.max(Math.floor((10 * (now - startedAt)) / Math.max(expected.median, 1)), 0), 9);
}

function tooLarge(texts: Texts, { bytes, limitBytes }: Link): string {
  return texts.cards.tooLarge({ size: writeBytes(texts, bytes), limit: writeBytes(texts, limitBytes) });
}

function reason(generation: Generation, texts: Texts): Text {
  return describeFailure(texts, generation.failure ?? { code: 'internal', params: {} });
}

function fieldsOf(generation: Generation, texts: Texts, { quota: status, free }: Circumstances): CardField[] {
  const { request, generatingAt, finishedAt, state } = generation;
  const { fields } = texts;
  const options = Object.entries(request.options)
    .map(([name, value]) => writeOption(texts, name, value))
    .filter((value) => value !== undefined);
  return [
    { label: fields.model, value: getModel(request.model).label },
    { label: fields.options, value: options.join(' · ') },
    { label: fields.seed, value: String(request.options.seed ?? '') },
    { label: fields.cost, value: free ? '' : texts.credits({ credits: generation.credits }) },
    ...(status && status.credits !== null
      ? [
          {
            label: fields.left,
            value: texts.left({ left: spendable(status) ?? 0, of: status.credits + status.granted }),
          },
        ]
      : []),
    ...(state === 'delivered' && generatingAt !== undefined && finishedAt !== undefined
      ? [{ label: fields.took, value: writeDuration(texts, finishedAt - generatingAt) }]
      : []),
  ].filter(({ value }) => value !== '');
}

type ButtonOf = Pick<CardButton, 'action' | 'style'>;
const AGAIN: ButtonOf = { action: 'again', style: 'plain' };
const EDIT: ButtonOf = { action: 'edit', style: 'plain' };
const PRO: ButtonOf = { action: 'pro', style: 'plain' };
const DELETE: ButtonOf = { action: 'delete', style: 'danger' };

/** Which buttons a state has; who may press one is checked when it is pressed. */
const BUTTONS: Partial<Record<Generation['state'], readonly ButtonOf[]>> = {
  queued: [{ action: 'cancel', style: 'danger' }],
  delivered: [AGAIN, EDIT, DELETE, { action: 'report', style: 'plain' }],
  failed: [{ ...AGAIN, style: 'primary' }, EDIT, DELETE],
  cancelled: [AGAIN, EDIT, DELETE],
  timed_out: [{ action: 'check', style: 'primary' }, AGAIN, DELETE],
  undelivered: [{ action: 'deliver', style: 'primary' }, DELETE],
};

/** Results of these that please are worth a second shot in the better model. */
const BELOW_PRO = ['lite', 'pro-fast'];

function actionsOf({ state, request, failure }: Generation, prices: ActionPrices | undefined): readonly ButtonOf[] {
  const usual = BUTTONS[state] ?? [];
  // The same prompt would be refused again.
  if (state === 'failed' && failure?.code === 'moderated') return [{ ...EDIT, style: 'primary' }, AGAIN, DELETE];
  if (state !== 'delivered' || !BELOW_PRO.includes(request.model)) return usual;
  return prices && prices.pro === undefined ? usual : usual.toSpliced(2, 0, PRO);
}

function buttonsOf(generation: Generation, texts: Texts, prices: ActionPrices | undefined): CardButton[] {
  const { id, state } = generation;
  const labels: Record<string, string> = texts.buttons;
  const costs: Record<string, number | undefined> = { again: prices?.again, pro: prices?.pro };
  const toButton = ({ action, style }: ButtonOf): CardButton => {
    const label = labels[action] ?? action;
    const cost = costs[action];
    return { action, target: id, label: cost === undefined ? label : texts.priced({ label, credits: cost }), style };
  };
  const buttons = actionsOf(generation, prices).map(toButton);
  const [successor] = state === 'failed' ? successorButtons(texts, generation.failure) : [];
  // Its own model is gone, so there is nothing to be had again.
  return successor ? [successor, ...buttons.filter(({ action }) => action !== 'again')] : buttons;
}
