import type { Rate } from './rate.ts';

/** How fast a member may go. */
export interface Pace {
  /** Generations that run at once. */
  concurrency: number;
  /** Generations that may wait besides those that run. */
  waiting: number;
  /** Starts in any stretch of time; more wait for their turn. */
  rate: Rate;
}

/** A moderator's change of the pace; what it leaves out is as elsewhere. */
export interface PaceRule {
  /** The platform's own id of a role; '' for everyone. */
  subject: string;
  concurrency?: number | undefined;
  waiting?: number | undefined;
  rate?: Rate | undefined;
}

/**
 * The pace that counts for a member: for each of its parts the most generous of the member's roles that say something
 * of it; else what is said for everyone; else the operator's setting.
 */
export function paceOf(rules: readonly PaceRule[], roles: readonly string[], settings: Pace): Pace {
  const mine = rules.filter(({ subject }) => subject !== '' && roles.includes(subject));
  const everyone = rules.find(({ subject }) => subject === '');
  const best = <V>(part: (rule: PaceRule) => V | undefined, size: (value: V) => number): V | undefined =>
    mine
      .map(part)
      .filter((value) => value !== undefined)
      .sort((a, b) => size(b) - size(a))[0] ??
    (everyone && part(everyone));
  return {
    concurrency: best(({ concurrency }) => concurrency, Number) ?? settings.concurrency,
    waiting: best(({ waiting }) => waiting, Number) ?? settings.waiting,
    rate:
      best(
        ({ rate }) => rate,
        ({ count, intervalMs }) => count / intervalMs,
      ) ?? settings.rate,
  };
}

/**
 * When a generation may start: as soon as fewer than `count` others have started in the stretch before.
 * @param starts when the member's latest generations started or will start (ms), in any order.
 */
export function startsAt(starts: readonly number[], { count, intervalMs }: Rate, now: number): number {
  const hindrance = [...starts].sort((a, b) => b - a)[count - 1];
  return hindrance === undefined ? now : Math.max(now, hindrance + intervalMs);
}
