import type { Card, CardButton, Tone } from '../domain/card.ts';
import type { CommunityEvent } from '../domain/event.ts';
import { type Generation, isFinal } from '../domain/generation.ts';
import { mention, type Text } from '../domain/text.ts';
import { describeFailure } from '../locales/failures.ts';
import type { Texts } from '../locales/texts.ts';
import { sentence } from '../locales/wording.ts';
import { generationCard } from '../replies/view.ts';
import { entryText, entryTitle } from './entry-text.ts';

/** What a line needs besides what was written down when it happened. */
export interface LogFacts {
  /** The one that the event is about, as it stands. */
  generation?: Generation | undefined;
  /** What the reporter wrote. */
  reason?: string | undefined;
}

const who = (member: string) => mention('member', member);
const where = (channel: string) => mention('channel', channel);

/** What a log channel is told of an event; undefined when it is about a generation that is not known any more. */
export function logCard(texts: Texts, event: CommunityEvent, facts: LogFacts): Card | undefined {
  const { log } = texts;
  switch (event.kind) {
    case 'generation':
      return facts.generation && videoCard(texts, facts.generation);
    case 'report':
      return facts.generation && reportCard(texts, facts.generation, event.reporter, facts.reason ?? '');
    case 'refusal': {
      const { member, channel, failure, because } = event;
      const reasons: Readonly<Record<string, string>> = log.why;
      const why = reasons[failure.code] ?? log.why.other;
      const found = because ? ` (${because})` : '';
      return line('info', log.refused, log.refusal({ who: who(member), where: where(channel), why: why + found }));
    }
    case 'change':
      return line('info', entryTitle(texts, event.entry), entryText(texts, event.entry));
    case 'budget':
      return line(
        event.percent < 100 ? 'info' : 'problem',
        log.budget,
        log.spent({ percent: event.percent, used: event.used, of: event.credits, resetsAt: event.resetsAt }),
      );
  }
}

/** What takes the place of a line about a generation when a moderator has deleted its video. */
export function deletedCard(texts: Texts, by: string): Card {
  return line('done', texts.log.deleted, texts.log.deletedBy({ who: who(by) }));
}

function line(tone: Tone, title: string, text: Text): Card {
  return { tone, title, text, fields: [], notes: [], buttons: [] };
}

function videoCard(texts: Texts, generation: Generation): Card {
  const { log, states } = texts;
  const { state, member, channel, request, credits, failure } = generation;
  const what = { who: who(member), where: where(channel), model: request.model };
  const card = { ...pictured(texts, generation), title: log.video, buttons: deleteButton(texts, generation) };
  if (state === 'delivered') {
    return { ...card, text: log.made({ ...what, credits }) };
  }
  const why = failure && sentence(describeFailure(texts, failure));
  return { ...card, text: log.ended({ ...what, outcome: states[state], why }) };
}

function reportCard(texts: Texts, generation: Generation, reporter: string, reason: string): Card {
  const { member } = generation;
  const block: CardButton = { action: 'block', target: member, label: texts.buttons.block, style: 'danger' };
  return {
    ...pictured(texts, generation),
    tone: 'problem',
    title: texts.log.reported,
    text: texts.log.report({ who: who(reporter), whose: who(member), reason: sentence(reason) }),
    buttons: [...deleteButton(texts, generation), block],
  };
}

/** The generation as its own card shows it, without what only its member is told. */
function pictured(texts: Texts, generation: Generation): Card {
  const { text: _, ...card } = generationCard(generation, texts);
  return { ...card, notes: [] };
}

/** What is still being made cannot be deleted yet. */
function deleteButton(texts: Texts, { id, state }: Generation): CardButton[] {
  if (!isFinal(state)) return [];
  return [{ action: 'takedown', target: id, label: texts.buttons.delete, style: 'danger' }];
}
