import { at, mention } from '../../domain/marks.ts';
import type { Period } from '../../domain/period.ts';
import type { RateUnit } from '../../domain/rate.ts';
import type { Scope } from '../../domain/rule.ts';
import { count, credits, number, PER } from './words.ts';

const PER_UNIT: Record<RateUnit, string> = { second: 'a second', minute: 'a minute', hour: 'an hour', day: 'a day' };

/** "20 credits a day". */
const limit = (value: number | null, period: Period) => {
  if (value === null) return 'no limit';
  return value === 0 ? 'no credits' : `${credits(value)} ${PER[period]}`;
};

/** Whom a limit is about, at the beginning of a sentence about their credits. */
const HAS: Record<Scope, (subject: string) => string> = {
  member: (subject) => `${mention('member', subject)} has`,
  role: (subject) => `Each member with ${mention('role', subject)} has`,
  everyone: () => 'Each member without another limit has',
  channel: (subject) => `All together in ${mention('channel', subject)} have`,
  community: () => 'All together here have',
};

/** The limit's own name, in a sentence. */
const LIMIT_OF: Record<Scope, (subject: string) => string> = {
  member: (subject) => `limit of ${mention('member', subject)}`,
  role: (subject) => `limit of ${mention('role', subject)}`,
  everyone: () => 'limit for everyone',
  channel: (subject) => `limit of ${mention('channel', subject)}`,
  community: () => 'budget of this place',
};

const WHOSE: Record<Scope, (subject: string) => string> = {
  member: (subject) => mention('member', subject),
  role: (subject) => mention('role', subject),
  everyone: () => 'Everyone',
  channel: (subject) => `${mention('channel', subject)}, all together`,
  community: () => 'The budget, all together',
};

const extra = (value: number, ends: number | undefined) =>
  `${count(value, 'extra credit', 'extra credits')}${ends === undefined ? '' : ` (the first end on ${at(ends, 'date')})`}`;

/** How fast somebody may go; what is left out is not set. */
interface PaceParts {
  concurrency?: number | undefined;
  waiting?: number | undefined;
  starts?: number | undefined;
  per?: RateUnit | undefined;
}

const pace = ({ concurrency, waiting, starts, per = 'hour' }: PaceParts) =>
  [
    ...(concurrency === undefined ? [] : [`${number(concurrency)} at once`]),
    ...(waiting === undefined ? [] : [`${number(waiting)} waiting`]),
    ...(starts === undefined ? [] : [`${count(starts, 'start', 'starts')} ${PER_UNIT[per]}`]),
  ].join(', ');

/** Who goes at a pace; the subject is a role, or '' for everyone. */
const GOES = (subject: string) => (subject ? `each member with ${mention('role', subject)}` : 'each member');

/** Credits and the pace, to members and to moderators, in English. */
export const enLimits = {
  quota: {
    title: 'Your credits',
    left: (left: number, of: number) => `${number(left)} of ${credits(of)} left.`,
    unlimited: 'You can spend as many credits as you like.',
    forbidden: 'You have no credits here.',
    resets: (ms: number) => `All of them come back ${at(ms, 'relative')}, on ${at(ms, 'date')}.`,
    /** The limit of everyone, or the operator's; null is without limit. */
    rule: (quota: number | null, period: Period) => `Everybody here has ${limit(quota, period)}.`,
    roleRule: (role: string, quota: number | null, period: Period) =>
      `For you the limit of ${mention('role', role)} counts: ${limit(quota, period)}.`,
    ownRule: (quota: number | null, period: Period) => `You have a limit of your own: ${limit(quota, period)}.`,
    /** `ends`: when the first of them do. */
    granted: (value: number, ends: number | undefined) => `On top of that you have ${extra(value, ends)}.`,
    channel: (left: number, of: number, ms: number) =>
      of === 0
        ? 'This channel has no credits.'
        : `In this channel all together have ${number(left)} of ${credits(of)} left; they come back ${at(ms, 'relative')}.`,
    budget: (left: number, of: number, ms: number) =>
      of === 0
        ? 'The budget of this place has no credits.'
        : `Everybody here together has ${number(left)} of ${credits(of)} left; they come back ${at(ms, 'relative')}.`,
    costs: 'What a video costs',
    cost: (label: string, cost: number, duration: number) => `${label}: ${credits(cost)} for ${number(duration)} s`,
  },
  limits: {
    title: 'Limits',
    grantTitle: 'Extra credits',
    budgetTitle: 'The budget of this place',
    paceTitle: 'How fast members may go',
    standingTitle: 'What counts for one member',
    everyone: 'everyone',
    periods: { hour: 'hour', day: 'day', week: 'week', month: 'month' },
    is: (scope: Scope, subject: string, value: number | null, period: Period) =>
      `${HAS[scope](subject)} ${limit(value, period)} now.`,
    before: (value: number | null, period: Period) => `Before, it was: ${limit(value, period)}.`,
    unchanged: 'Nothing has changed.',
    gone: (scope: Scope, subject: string, value: number | null, period: Period) =>
      `The ${LIMIT_OF[scope](subject)} is gone; it was: ${limit(value, period)}.`,
    none: (scope: Scope, subject: string) => `There is no ${LIMIT_OF[scope](subject)}.`,
    noNumber: (place: number) => `There is no limit with the number ${number(place)} in the list.`,
    /** What counts when a limit is gone. */
    instead: {
      member: 'The limits of their roles count for them now, or else that for everyone.',
      role: 'The limits of their other roles count for its members now, or else that for everyone.',
      everyone: (value: number | null, period: Period) =>
        `Members without another limit have ${limit(value, period)} now, as the operator has set.`,
      channel: 'The channel limits nothing any more; the limits of members still count.',
      community: 'The limits of members and channels still count.',
    },
    /** `names`: options to choose from. */
    nameOne: (names: string) => `Say whose limit you mean, by one of these options: ${names}.`,
    nameOnlyOne: (names: string) => `Say whose limit you mean by one option only; these were given: ${names}.`,
    granted: (member: string, value: number, ends: number | undefined) =>
      `${mention('member', member)} has ${count(value, 'extra credit', 'extra credits')} now${ends === undefined ? '' : `, until ${at(ends, 'date')}`}.`,
    grantedInAll: (value: number) => `With those from before, ${credits(value)} extra are left.`,
    revoked: (member: string, value: number) =>
      `${mention('member', member)} has no extra credits any more; ${credits(value)} ${value === 1 ? 'was' : 'were'} taken back.`,
    noneGranted: (member: string) => `${mention('member', member)} has no extra credits.`,
    list: {
      rules: 'Limits, in the order in which they count:',
      rule: (place: number, scope: Scope, subject: string, value: number | null, period: Period) =>
        `${number(place)}. ${WHOSE[scope](subject)}: ${limit(value, period)}`,
      fallback: (value: number | null, period: Period) =>
        `Members without any of these: ${limit(value, period)}, as the operator has set`,
      grants: 'Extra credits:',
      grant: (member: string, left: number, of: number, ends: number | undefined) =>
        `${mention('member', member)}: ${number(left)} of ${number(of)} left${ends === undefined ? '' : `, until ${at(ends, 'date')}`}`,
      paces: 'How fast members may go:',
      pace: (subject: string, parts: PaceParts) => `${subject ? mention('role', subject) : 'Everyone'}: ${pace(parts)}`,
      paceFallback: (parts: PaceParts) => `What is not set: ${pace(parts)}, as the operator has set`,
    },
    standing: {
      has: (member: string, value: number | null, period: Period) =>
        `${mention('member', member)} has ${limit(value, period)}.`,
      /** Why a limit is the one that counts for them. */
      why: {
        member: 'That is their own limit, which comes before all others.',
        role: (subject: string) =>
          `That is the limit of ${mention('role', subject)}, the most generous of their roles; they have none of their own.`,
        everyone: 'That is the limit for everyone, as there is none for them or a role of theirs.',
        default: 'That is the operator’s setting, as no limit here is about them.',
      },
      used: (value: number) => `Used: ${credits(value)}.`,
      /** `ms`: when what is used comes back; undefined when nothing is. */
      left: (left: number, ms: number | undefined) =>
        `Left: ${credits(left)}${ms === undefined ? '' : `; all come back ${at(ms, 'relative')}`}.`,
      granted: (value: number, ends: number | undefined) => `On top of that: ${extra(value, ends)}.`,
      budget: (left: number, of: number) => `Left of the budget: ${number(left)} of ${credits(of)}.`,
      pace: (parts: PaceParts) => `Pace: ${pace(parts)}.`,
      rolesUnknown: 'Their roles are not known here, so limits of roles are left out.',
    },
    pace: {
      is: (subject: string, parts: PaceParts) => `At most, for ${GOES(subject)} now: ${pace(parts)}.`,
      gone: (subject: string) => `The pace for ${GOES(subject)} is taken back.`,
      none: (subject: string) => `There is no pace for ${GOES(subject)}.`,
      instead: (parts: PaceParts) => `What counts now, where no role says otherwise: ${pace(parts)}.`,
      nothing: (names: string) => `Say what to change, by one of these options: ${names}.`,
    },
    /** What options take. */
    expected: {
      credits: (max: number) => `a whole number up to ${number(max)}, where 0 forbids, or unlimited`,
      end: 'a length of time such as 12h, 7d or 2w, or a date to come such as 2030-12-31',
      rate: 'a number, a slash, and second, minute, hour or day, such as 10/hour',
      role: 'a role of this place, picked from the list or mentioned',
    },
  },
};
