import { type AuditSubject, EVERYTHING } from '../domain/event.ts';
import { type Pace, type PaceRule, paceOf } from '../domain/pace-rule.ts';
import { parseRate, writeRate } from '../domain/rate.ts';
import type { Moderating } from './door.ts';
import { checkSubject, checkWhole, expected } from './value-checks.ts';

/** Changes to a rate limit; omitted fields stay as they are. */
export type PaceChange = Omit<PaceRule, 'subject'>;

/** The most that may run at once, wait, and start in a stretch of time. */
export const MOST_PACE = { concurrency: 1000, waiting: 100_000, rate: 999_999 } as const;

/**
 * Changes a rate limit. Has no effect when it is already the same.
 * @param subject the platform's own id of a role; '' for everyone.
 * @param change omitted fields stay as they are.
 * @returns whether anything is not as it was, and the pace of a member to whom no other role's rule applies.
 * @throws {DailiesError} `moderators_only`. @throws {RangeError} for values that the commands do not let pass.
 */
export async function setPace(
  context: Moderating,
  subject: string,
  change: PaceChange,
): Promise<{ changed: boolean; pace: Pace }> {
  const { moderation, community } = context;
  if (subject !== '') checkSubject(subject);
  checkPace(change);
  return await moderation.change(context, async ({ paceRules, note }) => {
    const before = (await paceRules.list(community)).find((rule) => rule.subject === subject);
    const after = { ...before, ...given(change), subject };
    const [was, is] = [before && paceAsStored(before), paceAsStored(after)];
    if (was !== is) {
      await paceRules.set(community, after);
      await note('pace.set', subjectOf(subject), was, is);
    }
    const rules = await paceRules.list(community);
    return { changed: was !== is, pace: paceOf(rules, [subject], moderation.tools.limits.pace) };
  });
}

/**
 * Removes a rate limit.
 * @param subject as it was set.
 * @returns the rule, or undefined when there was none, and the pace that counts instead.
 * @throws {DailiesError} `moderators_only`.
 */
export async function clearPace(
  context: Moderating,
  subject: string,
): Promise<{ before: PaceRule | undefined; pace: Pace }> {
  const { moderation, community } = context;
  return await moderation.change(context, async ({ paceRules, note }) => {
    const rules = await paceRules.list(community);
    const before = rules.find((rule) => rule.subject === subject);
    if (before) {
      await paceRules.clear(community, subject);
      await note('pace.clear', subjectOf(subject), paceAsStored(before));
    }
    const others = rules.filter((rule) => rule.subject !== subject);
    return { before, pace: paceOf(others, [], moderation.tools.limits.pace) };
  });
}

/** A pace as the audit has it: `concurrency 2, waiting 5, rate 10/hour`, without what is not set. */
function paceAsStored({ concurrency, waiting, rate }: PaceRule): string {
  return [
    ...(concurrency === undefined ? [] : [`concurrency ${concurrency}`]),
    ...(waiting === undefined ? [] : [`waiting ${waiting}`]),
    ...(rate === undefined ? [] : [`rate ${writeRate(rate)}`]),
  ].join(', ');
}

/** Reads what {@link paceAsStored} wrote; undefined for anything else. */
export function readPace(text: string): Omit<PaceRule, 'subject'> | undefined {
  const [whole, concurrency, waiting, rate] =
    /^(?=.)(?:concurrency (\d+)(?:, (?=.)|$))?(?:waiting (\d+)(?:, (?=.)|$))?(?:rate (\S+))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return given({
    concurrency: concurrency === undefined ? undefined : Number(concurrency),
    waiting: waiting === undefined ? undefined : Number(waiting),
    rate: parseRate(rate ?? ''),
  });
}

function subjectOf(subject: string): AuditSubject {
  return subject === '' ? EVERYTHING : { kind: 'role', id: subject };
}

/** Without the parts that are there and undefined, which would hide those that stay. */
function given(change: PaceChange): PaceChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function checkPace({ concurrency, waiting, rate }: PaceChange): void {
  if (concurrency !== undefined) checkWhole(concurrency, 1, MOST_PACE.concurrency);
  if (waiting !== undefined) checkWhole(waiting, 0, MOST_PACE.waiting);
  if (rate !== undefined) checkWhole(rate.count, 1, MOST_PACE.rate);
  if (concurrency === undefined && waiting === undefined && rate === undefined) throw expected('a change', 'none');
}
