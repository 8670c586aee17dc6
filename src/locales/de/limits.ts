import { at, mention } from '../../domain/marks.ts';
import type { Period } from '../../domain/period.ts';
import type { RateUnit } from '../../domain/rate.ts';
import type { Scope } from '../../domain/rule.ts';
import type { Texts } from '../texts.ts';
import { count, credits, number, PER } from './words.ts';

const PER_UNIT: Record<RateUnit, string> = {
  second: 'pro Sekunde',
  minute: 'pro Minute',
  hour: 'pro Stunde',
  day: 'am Tag',
};

const limit = (value: number | null, period: Period) => {
  if (value === null) return 'kein Limit';
  return value === 0 ? 'keine Credits' : `${credits(value)} ${PER[period]}`;
};

const HAS: Record<Scope, (subject: string) => string> = {
  member: (subject) => `${mention('member', subject)} hat`,
  role: (subject) => `Jedes Mitglied mit ${mention('role', subject)} hat`,
  everyone: () => 'Jedes Mitglied ohne anderes Limit hat',
  channel: (subject) => `Alle zusammen haben in ${mention('channel', subject)}`,
  community: () => 'Alle zusammen haben hier',
};

const LIMIT_OF: Record<Scope, (subject: string) => string> = {
  member: (subject) => `Limit für ${mention('member', subject)}`,
  role: (subject) => `Limit für ${mention('role', subject)}`,
  everyone: () => 'Limit für alle',
  channel: (subject) => `Limit für ${mention('channel', subject)}`,
  community: () => 'Budget',
};

const WHOSE: Record<Scope, (subject: string) => string> = {
  member: (subject) => mention('member', subject),
  role: (subject) => mention('role', subject),
  everyone: () => 'Alle',
  channel: (subject) => `${mention('channel', subject)}, alle zusammen`,
  community: () => 'Das Budget, alle zusammen',
};

const extra = (value: number, ends: number | undefined) =>
  `${count(value, 'Credit', 'Credits')} extra${ends === undefined ? '' : ` (die ersten verfallen am ${at(ends, 'date')})`}`;

const pace: (parts: Parameters<Texts['limits']['standing']['pace']>[0]) => string = ({
  concurrency,
  waiting,
  starts,
  per = 'hour',
}) =>
  [
    ...(concurrency === undefined ? [] : [`${number(concurrency)} gleichzeitig`]),
    ...(waiting === undefined ? [] : [`${number(waiting)} in der Warteschlange`]),
    ...(starts === undefined ? [] : [`${count(starts, 'Start', 'Starts')} ${PER_UNIT[per]}`]),
  ].join(', ');

const GOES = (subject: string) => (subject ? `jedes Mitglied mit ${mention('role', subject)}` : 'jedes Mitglied');

/** Credits and the pace, to members and to moderators, in German. */
export const deLimits: Pick<Texts, 'quota' | 'limits'> = {
  quota: {
    title: 'Dein Guthaben',
    left: (left, of) => `Noch ${number(left)} von ${credits(of)}.`,
    unlimited: 'Du kannst so viele Credits ausgeben, wie du willst.',
    forbidden: 'Du hast hier keine Credits.',
    resets: (ms) => `Alle bekommst du ${at(ms, 'relative')} zurück, am ${at(ms, 'date')}.`,
    rule: (quota, period) => `Für alle hier gilt: ${limit(quota, period)}.`,
    roleRule: (role, quota, period) => `Für dich gilt das Limit von ${mention('role', role)}: ${limit(quota, period)}.`,
    ownRule: (quota, period) => `Für dich gilt ein eigenes Limit: ${limit(quota, period)}.`,
    granted: (value, ends) => `Dazu hast du ${extra(value, ends)}.`,
    channel: (left, of, ms) =>
      of === 0
        ? 'Dieser Kanal hat keine Credits.'
        : `Alle zusammen haben in diesem Kanal noch ${number(left)} von ${credits(of)}; neue gibt es ${at(ms, 'relative')}.`,
    budget: (left, of, ms) =>
      of === 0
        ? 'Das Budget hier hat keine Credits.'
        : `Alle zusammen haben hier noch ${number(left)} von ${credits(of)}; neue gibt es ${at(ms, 'relative')}.`,
    costs: 'Was ein Video kostet',
    cost: (label, cost, duration) => `${label}: ${credits(cost)} für ${number(duration)} s`,
  },
  limits: {
    title: 'Kontingente',
    grantTitle: 'Zusätzliche Credits',
    budgetTitle: 'Das Budget hier',
    paceTitle: 'Wie schnell Mitglieder vorgehen können',
    standingTitle: 'Was für ein Mitglied gilt',
    everyone: 'alle',
    periods: { hour: 'Stunde', day: 'Tag', week: 'Woche', month: 'Monat' },
    is: (scope, subject, value, period) => `${HAS[scope](subject)} jetzt ${limit(value, period)}.`,
    before: (value, period) => `Vorher galt: ${limit(value, period)}.`,
    unchanged: 'Es hat sich nichts geändert.',
    gone: (scope, subject, value, period) =>
      `Das ${LIMIT_OF[scope](subject)} ist aufgehoben; es war: ${limit(value, period)}.`,
    none: (scope, subject) => `Es gibt kein ${LIMIT_OF[scope](subject)}.`,
    noNumber: (place) => `In der Liste gibt es kein Limit mit der Nummer ${number(place)}.`,
    instead: {
      member: 'Jetzt gelten die Limits der Rollen dieser Person, sonst das für alle.',
      role: 'Für die Mitglieder gelten jetzt die Limits ihrer anderen Rollen, sonst das für alle.',
      everyone: (value, period) =>
        `Für Mitglieder ohne anderes Limit gilt jetzt die Einstellung des Betreibers: ${limit(value, period)}.`,
      channel: 'Der Kanal begrenzt nichts mehr; die Limits der Mitglieder gelten weiter.',
      community: 'Die Limits der Mitglieder und Kanäle gelten weiter.',
    },
    nameOne: (names) => `Sag mit einer dieser Optionen, wessen Limit du meinst: ${names}.`,
    nameOnlyOne: (names) => `Sag mit nur einer Option, wessen Limit du meinst; angegeben waren: ${names}.`,
    granted: (member, value, ends) =>
      `${mention('member', member)} hat jetzt ${credits(value)} extra${ends === undefined ? '' : `, bis ${at(ends, 'date')}`}.`,
    grantedInAll: (value) => `Mit früheren sind ${credits(value)} extra übrig.`,
    revoked: (member, value) =>
      `${mention('member', member)} hat keine Credits extra mehr; ${credits(value)} ${value === 1 ? 'wurde' : 'wurden'} zurückgenommen.`,
    noneGranted: (member) => `${mention('member', member)} hat keine Credits extra.`,
    list: {
      rules: 'Limits in der Reihenfolge, in der sie gelten:',
      rule: (place, scope, subject, value, period) =>
        `${number(place)}. ${WHOSE[scope](subject)}: ${limit(value, period)}`,
      fallback: (value, period) =>
        `Mitglieder ohne eins davon: ${limit(value, period)}, nach der Einstellung des Betreibers`,
      grants: 'Zusätzliche Credits:',
      grant: (member, left, of, ends) =>
        `${mention('member', member)}: noch ${number(left)} von ${number(of)}${ends === undefined ? '' : `, bis ${at(ends, 'date')}`}`,
      paces: 'Wie schnell Mitglieder vorgehen können:',
      pace: (subject, parts) => `${subject ? mention('role', subject) : 'Alle'}: ${pace(parts)}`,
      paceFallback: (parts) => `Was nicht festgelegt ist: ${pace(parts)}, nach der Einstellung des Betreibers`,
    },
    standing: {
      has: (member, value, period) => `Für ${mention('member', member)} gilt: ${limit(value, period)}.`,
      why: {
        member: 'Das ist das eigene Limit, und das geht allen anderen vor.',
        role: (subject) =>
          `Das ist das Limit von ${mention('role', subject)}, das großzügigste aller Rollen dieser Person; ein eigenes hat sie nicht.`,
        everyone: 'Das ist das Limit für alle, denn weder für diese Person noch für eine ihrer Rollen gibt es eins.',
        default: 'Das ist die Einstellung des Betreibers, denn kein Limit hier betrifft diese Person.',
      },
      used: (value) => `Verbraucht: ${credits(value)}.`,
      left: (left, ms) =>
        `Übrig: ${credits(left)}${ms === undefined ? '' : `; alle gibt es ${at(ms, 'relative')} wieder`}.`,
      granted: (value, ends) => `Dazu: ${extra(value, ends)}.`,
      budget: (left, of) => `Vom Budget übrig: ${number(left)} von ${credits(of)}.`,
      pace: (parts) => `Tempo: ${pace(parts)}.`,
      rolesUnknown: 'Die Rollen dieser Person sind hier nicht bekannt; Limits von Rollen sind deshalb nicht dabei.',
    },
    pace: {
      is: (subject, parts) => `Höchstens gilt jetzt für ${GOES(subject)}: ${pace(parts)}.`,
      gone: (subject) => `Das Tempo für ${GOES(subject)} ist aufgehoben.`,
      none: (subject) => `Für ${GOES(subject)} ist kein Tempo festgelegt.`,
      instead: (parts) => `Wo keine Rolle etwas anderes sagt, gilt jetzt: ${pace(parts)}.`,
      nothing: (names) => `Sag mit einer dieser Optionen, was sich ändern soll: ${names}.`,
    },
    expected: {
      credits: (max) => `eine ganze Zahl bis ${number(max)}, wobei 0 verbietet, oder unlimited`,
      end: 'eine Dauer wie 12h, 7d oder 2w oder ein künftiges Datum wie 2030-12-31',
      rate: 'eine Zahl, ein Schrägstrich und second, minute, hour oder day, zum Beispiel 10/hour',
      role: 'eine Rolle von hier, aus der Liste gewählt oder erwähnt',
    },
  },
};
