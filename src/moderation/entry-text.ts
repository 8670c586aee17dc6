import type { AuditEntry, AuditSubject, AuditValue } from '../domain/event.ts';
import { mention } from '../domain/marks.ts';
import type { Period } from '../domain/period.ts';
import type { Values } from '../locales/format.ts';
import type { Texts } from '../locales/texts.ts';
import { writeLimit, writePace } from '../locales/wording.ts';
import { readPace } from './pace-limits.ts';

/** What kind of change it is, in words. */
export function entryTitle(texts: Texts, { action }: AuditEntry): string {
  return texts.audit.actions[action];
}

/** Who changed what, from what to what: "@Mo set #general’s limit to 50 credits a day (was 20 credits a day)." */
export function entryText(texts: Texts, { actor, action, subject, before, after }: AuditEntry): string {
  const say = texts.audit.entries[action] as (values: Values) => string;
  const write = action === 'pace.set' || action === 'pace.clear' ? paceText : valueText;
  return say({
    actor: mention('member', actor),
    subject: subjectText(subject),
    before: write(texts, before),
    after: write(texts, after),
  });
}

function subjectText(subject: AuditSubject): string {
  if (subject.kind === 'everything') return '';
  // Words from outside cannot forge marks; values are written by us, and may hold some.
  return subject.kind === 'text' ? subject.text.replace(/\p{Cc}+/gu, ' ') : mention(subject.kind, subject.id);
}

function paceText(texts: Texts, value: AuditValue): string | undefined {
  const pace = readPace(value ?? '');
  return pace ? writePace(texts, pace) : value;
}

/** A value in words, as far as it is not the same in every language: a limit such as `20/day`. */
function valueText(texts: Texts, value: AuditValue): string | undefined {
  if (value === 'unlimited') return writeLimit(texts, { credits: null, period: 'day' });
  const [, credits, period] = /^(\d+)\/(hour|day|week|month)$/.exec(value ?? '') ?? [];
  return period === undefined ? value : writeLimit(texts, { credits: Number(credits), period: period as Period });
}
