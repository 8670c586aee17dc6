import type { Place } from '../engine/engine.ts';
import type { Span } from '../generation/durations.ts';
import type { Generation } from '../generation/generation.ts';
import { getModel } from '../generation/models.ts';
import { describeFailure, type Texts } from '../texts/texts.ts';
import type { Card, CardButton, CardField, Tone } from './card.ts';

/** What a card says besides what is stored of its generation. */
export interface Circumstances {
  /** While it is queued. */
  place?: Place | undefined;
  /** While it is generating: the measured span, if enough was measured. */
  expected?: Span | undefined;
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
    fields: fieldsOf(generation, texts),
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
  generating: ({ generatingAt, submittedAt, createdAt }, { cards }, { expected }) => ({
    ...working(cards.generating),
    progress: { startedAt: generatingAt ?? submittedAt ?? createdAt, ...(expected && { expected }) },
  }),
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

function reason(generation: Generation, texts: Texts): string {
  return describeFailure(texts, generation.failure ?? { code: 'internal', params: {} });
}

function fieldsOf(generation: Generation, texts: Texts): CardField[] {
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
    ...(state === 'delivered' && generatingAt !== undefined && finishedAt !== undefined
      ? [{ label: fields.took, value: texts.took(finishedAt - generatingAt) }]
      : []),
  ].filter(({ value }) => value !== '');
}

/** Which buttons a state has; who may press one is checked when it is pressed. */
const BUTTONS: Partial<Record<Generation['state'], readonly Pick<CardButton, 'action' | 'style'>[]>> = {
  queued: [{ action: 'cancel', style: 'danger' }],
  delivered: [{ action: 'again', style: 'plain' }],
  failed: [{ action: 'again', style: 'primary' }],
  cancelled: [{ action: 'again', style: 'plain' }],
  timed_out: [
    { action: 'check', style: 'primary' },
    { action: 'again', style: 'plain' },
  ],
  undelivered: [{ action: 'deliver', style: 'primary' }],
};

function buttonsOf(generation: Generation, texts: Texts): CardButton[] {
  const labels: Record<string, string> = texts.buttons;
  return (BUTTONS[generation.state] ?? []).map(({ action, style }) => ({
    action,
    target: generation.id,
    label: labels[action] ?? action,
    style,
  }));
}
