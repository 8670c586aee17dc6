import type { AuditEntry, AuditSubject } from '../domain/event.ts';
import { mention } from '../domain/marks.ts';
import type { Texts } from '../locales/texts.ts';

/** What kind of change it is, in words. */
export function entryTitle(texts: Texts, { action }: AuditEntry): string {
  return texts.audit.actions[action];
}

/** Who changed what, from what to what: "@Mo: @Ada, 5/day → 20/day". */
export function entryText({ actor, subject, before, after }: AuditEntry): string {
  const what = [subjectText(subject), changeText(before, after)].filter(Boolean).join(', ');
  return [mention('member', actor), what].filter(Boolean).join(': ');
}

function subjectText(subject: AuditSubject): string {
  if (subject.kind === 'everything') return '';
  // Words from outside cannot forge marks; values are written by us, and may hold some.
  return subject.kind === 'text' ? subject.text.replace(/\p{Cc}+/gu, ' ') : mention(subject.kind, subject.id);
}

function changeText(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return after ?? '';
  return `${before} → ${after ?? '–'}`;
}
