import type { Place } from '../engine/engine.ts';
import type { Span } from '../generation/durations.ts';
import type { Generation } from '../generation/generation.ts';
import { getModel } from '../generation/models.ts';
import { type QuotaStatus, spendable } from '../limits/quota.ts';
import { describeFailure, type Texts } from '../texts/texts.ts';
import type { Card, CardButton, CardField, Tone } from './card.ts';

/** What a card says besides what is stored of its generation. */
export interface Circumstances {
  /** While it is queued. */
  place?: Place | undefined;
  /** While it is generating: the measured span, if enough was measured. */
  expected?: Span | undefined;
  /** What the member has used and may use, in the community of the generation. */
  quota?: QuotaStatus | undefined;
  /** The present moment (ms). */
  now?: number | undefined;
  /** Why it does not go on just now. */
  delay?: 'provider busy' | 'submission unclear' | 'chat busy' | undefined;
  /** The process is about to stop. */
  restarting?: boolean;
  /** The clip, once it is in the reply. */
  video?: { name: string; link?: Link | undefined };
}

/** Where a clip can be fetched that was too large for the chat. */
export interface Link {
  url: string;
  expiresAt: number;
  bytes: number;
  limitBytes: number;
}

type View = Pick<Card, 'tone' | 'title'> & { text?: string | undefined; progress?: Card['progress']; notes?: string[] };

/** The card of a generation. Pure: the same generation and circumstances give the same card. */
export function generationCard(generation: Generation, texts: Texts, circumstances: Circumstances = {}): Card {
  const view = VIEWS[generation.state](generation, texts, circumstances);
  const notes = [
    ...(view.notes ?? []),
    ...(circumstances.restarting ? [texts.cards.restarting] : []),
    ...generation.request.dropped.map((option) => texts.cards.dropped(option, generation.request.model)),
  ];
  return {
    tone: view.tone,
    title: view.title,
    ...(view.text !== undefined && { text: view.text }),
    prompt: generation.request.prompt || texts.cards.forgotten,
    fields: fieldsOf(generation, texts, circumstances.quota),
    ...(view.progress && { progress: view.progress }),
    notes,
    buttons: buttonsOf(generation, texts),
    ...(circumstances.video && {
      video: {
        name: circumstances.video.name,
        ...(circumstances.video.link && { link: circumstances.video.link.url }),
      },
    }),
  };
}

/** A card that says that something was refused, or could not be done. */
export function problemCard(texts: Texts, text: string): Card {
  return { tone: 'problem', title: texts.cards.refused, text, fields: [], notes: [], buttons: [] };
}

const working = (title: string, text?: string): View => ({ tone: 'working' as Tone, title, text });

/** What each state looks like. */
const VIEWS: Record<Generation['state'], (g: Generation, texts: Texts, now: Circumstances) => View> = {
  queued: (_, { cards }, { place, delay }) => ({
    tone: 'waiting',
    title: cards.queued,
    text:
      delay === 'provider busy'
        ? cards.providerBusy
        : place &&
          [cards.queuedText(place.position), place.notBefore && cards.queuedNotBefore(place.notBefore)]
            .filter(Boolean)
            .join(' '),
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
  delivered: (_, { cards, bytes }, { video }) => ({
    tone: 'done',
    title: cards.delivered,
    ...(video?.link && {
      text: cards.tooLarge(bytes(video.link.bytes), bytes(video.link.limitBytes)),
      notes: [cards.linkExpires(video.link.expiresAt)],
    }),
  }),
  failed: (generation, texts) => ({
    tone: 'problem',
    title: texts.cards.failed,
    text: reason(generation, texts),
    notes: [texts.cards.refund(generation.credits)],
  }),
  cancelled: ({ credits }, { cards }) => ({ tone: 'info', title: cards.cancelled, notes: [cards.refund(credits)] }),
  timed_out: (generation, texts) => ({
    tone: 'problem',
    title: texts.cards.timedOut,
    text: reason(generation, texts),
    notes: [texts.cards.refund(generation.credits)],
  }),
  undelivered: (generation, texts) => ({
    tone: 'problem',
    title: texts.cards.undelivered,
    text: reason(generation, texts),
    notes: [texts.cards.heldNote(generation.credits)],
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

function reason(generation: Generation, texts: Texts): string {
  return describeFailure(texts, generation.failure ?? { code: 'internal', params: {} });
}

function fieldsOf(generation: Generation, texts: Texts, status: QuotaStatus | undefined): CardField[] {
  const { request, generatingAt, finishedAt, state } = generation;
  const { fields } = texts;
  const options = Object.entries(request.options)
    .map(([name, value]) => texts.optionValue(name, value))
    .filter((value) => value !== undefined);
  return [
    { label: fields.model, value: getModel(request.model).label },
    { label: fields.options, value: options.join(' · ') },
    { label: fields.seed, value: String(request.options.seed ?? '') },
    { label: fields.cost, value: texts.credits(generation.credits) },
    ...(status && status.credits !== null
      ? [{ label: fields.left, value: texts.left(spendable(status) ?? 0, status.credits + status.granted) }]
      : []),
    ...(state === 'delivered' && generatingAt !== undefined && finishedAt !== undefined
      ? [{ label: fields.took, value: texts.took(finishedAt - generatingAt) }]
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

function buttonsOf({ id, state, request }: Generation, texts: Texts): CardButton[] {
  const labels: Record<string, string> = texts.buttons;
  const buttons = [...(BUTTONS[state] ?? [])];
  // A lite result that pleases is worth a second shot in the better model.
  if (state === 'delivered' && request.model === 'lite') buttons.splice(2, 0, PRO);
  return buttons.map(({ action, style }) => ({ action, target: id, label: labels[action] ?? action, style }));
}
