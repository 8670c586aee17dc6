import type { Card, CardButton, Tone } from '../domain/card.ts';
import type { CommunityEvent } from '../domain/event.ts';
import { type Generation, isFinal } from '../domain/generation.ts';
import { mention, type Text } from '../domain/text.ts';
import { describeFailure } from '../locales/failures.ts';
import type { Texts } from '../locales/texts.ts';
import { sentence } from '../locales/wording.ts';
import { generationCard } from '../replies/view.ts';
import { entryText, entryTitle } from './entry-text.ts';

/** Facts for a log line beyond those stored with the event. */
export interface LogFacts {
  /** The event's generation, in its current state. */
  generation?: Generation | undefined;
  /** The reporter's reason. */
  reason?: string | undefined;
}

const who = (member: string) => mention('member', member);
const where = (channel: string) => mention('channel', channel);

/** Card for an event in a log channel; undefined when the event's generation no longer exists. */
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

/** Card that replaces a generation's log line after a moderator deleted its video. */
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

/** The generation as its own card shows it, without the parts for its member only. */
function pictured(texts: Texts, generation: Generation): Card {
  const { text: _, ...card } = generationCard(generation, texts);
  return { ...card, notes: [] };
}

/** A video that is still being made can't be deleted yet. */
function deleteButton(texts: Texts, { id, state }: Generation): CardButton[] {
  if (!isFinal(state)) return [];
  return [{ action: 'takedown', target: id, label: texts.buttons.delete, style: 'danger' }];
}
