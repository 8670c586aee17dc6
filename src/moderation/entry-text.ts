import type { Action, AuditEntry, AuditSubject, AuditValue } from '../domain/event.ts';
import type { Period } from '../domain/period.ts';
import { at, compose, mention, type Text } from '../domain/text.ts';
import type { Values } from '../locales/format.ts';
import type { Texts } from '../locales/texts.ts';
import { writeLimit, writePace } from '../locales/wording.ts';
import { oneLine } from './one-line.ts';
import { readPace } from './pace-limits.ts';

/** Names the kind of change. */
export function entryTitle(texts: Texts, { action }: AuditEntry): string {
  return texts.audit.actions[action];
}

/** Who changed what, from what to what: "@Mo set #general’s limit to 50 credits a day (was 20 credits a day)." */
export function entryText(texts: Texts, { actor, action, subject, before, after }: AuditEntry): Text {
  const say = texts.audit.entries[action] as (values: Values) => Text;
  return say({
    actor: mention('member', actor),
    subject: subjectText(subject),
    before: valueText(texts, action, before),
    after: valueText(texts, action, after),
  });
}

function subjectText(subject: AuditSubject): Text {
  if (subject.kind === 'everything') return '';
  return subject.kind === 'text' ? oneLine(subject.text) : mention(subject.kind, subject.id);
}

/** Where a value names a moment, or is a channel; before 0.8 control characters stood around them. */
const MOMENT = /^(\+\d+ → )?(?:\u0002(\d+):date\u0003|(\d{4}-\d\d-\d\dT[\d:.]+Z))((?:: .*)?)$/s;
const CHANNEL = /^(?:#|\u0002channel:)([\w:/-]+)\u0003?$/;

/** A value in words, as far as it is not the same in every language: a limit such as `20/day`, a moment, a channel. */
function valueText(texts: Texts, action: Action, value: AuditValue): Text | undefined {
  const [, channel] = (action === 'settings.log' && CHANNEL.exec(value ?? '')) || [];
  if (channel !== undefined) return mention('channel', channel);
  if (action === 'block' || action === 'unblock' || action === 'quota.grant') {
    const [whole, gift = '', ms, iso = '', reason = ''] = MOMENT.exec(value ?? '') ?? [];
    const moment = ms === undefined ? Date.parse(iso) : Number(ms);
    return whole === undefined ? value : compose`${gift}${at(moment, 'date')}${reason}`;
  }
  if (action === 'pace.set' || action === 'pace.clear') {
    const pace = readPace(value ?? '');
    return pace ? writePace(texts, pace) : value;
  }
  // A reason or a word may look like a limit as well.
  if (!/^(?:quota|budget)\./.test(action)) return value;
  if (value === 'unlimited') return writeLimit(texts, { credits: null, period: 'day' });
  const [, credits, period] = /^(\d+)\/(hour|day|week|month)$/.exec(value ?? '') ?? [];
  return period === undefined ? value : writeLimit(texts, { credits: Number(credits), period: period as Period });
}
