import type { AuditSubject } from '../domain/event.ts';
import { at } from '../domain/marks.ts';
import type { PaceRule } from '../domain/pace.ts';
import type { Quota } from '../domain/period.ts';
import { writeRate } from '../domain/rate.ts';
import type { Rule } from '../domain/rule.ts';

/** Credits in a period as the audit has them: `20/day`, `unlimited`. */
export function writeLimit({ credits, period }: Pick<Rule, 'credits' | 'period'> | Quota): string {
  return credits === null ? 'unlimited' : `${credits}/${period}`;
}

/** Extra credits as the audit has them: `+10`, and until when. */
export function writeGrant(credits: number, expiresAt: number | undefined): string {
  return expiresAt === undefined ? `+${credits}` : `+${credits} → ${at(expiresAt, 'date')}`;
}

/** A pace as the audit has it: `concurrency 2, waiting 5, rate 10/hour`, without what is not set. */
export function writePace({ concurrency, waiting, rate }: PaceRule): string {
  return [
    ...(concurrency === undefined ? [] : [`concurrency ${concurrency}`]),
    ...(waiting === undefined ? [] : [`waiting ${waiting}`]),
    ...(rate === undefined ? [] : [`rate ${writeRate(rate)}`]),
  ].join(', ');
}

/** Whom a rule is about, for the audit. */
export function subjectOf({ scope, subject }: Pick<Rule, 'scope' | 'subject'>): AuditSubject {
  if (scope === 'everyone' || scope === 'community') return { kind: 'everything' };
  return { kind: scope, id: subject };
}
