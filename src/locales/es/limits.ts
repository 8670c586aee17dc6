import { at, mention } from '../../domain/marks.ts';
import type { Period } from '../../domain/period.ts';
import type { RateUnit } from '../../domain/rate.ts';
import type { Scope } from '../../domain/rule.ts';
import type { Texts } from '../texts.ts';
import { count, credits, number, PER, remain } from './words.ts';

const PER_UNIT: Record<RateUnit, string> = {
  second: 'por segundo',
  minute: 'por minuto',
  hour: 'por hora',
  day: 'al día',
};

const limit = (value: number | null, period: Period) => {
  if (value === null) return 'sin límite';
  return value === 0 ? 'ningún crédito' : `${credits(value)} ${PER[period]}`;
};

const NOW: Record<Scope, (subject: string) => string> = {
  member: (subject) => `Límite de ${mention('member', subject)} desde ahora`,
  role: (subject) => `Límite de cada miembro con ${mention('role', subject)} desde ahora`,
  everyone: () => 'Límite de cada miembro que no tenga otro desde ahora',
  channel: (subject) => `Límite de todos juntos en ${mention('channel', subject)} desde ahora`,
  community: () => 'Presupuesto de todos juntos aquí desde ahora',
};

const LIMIT_OF: Record<Scope, (subject: string) => string> = {
  member: (subject) => `límite de ${mention('member', subject)}`,
  role: (subject) => `límite de ${mention('role', subject)}`,
  everyone: () => 'límite de todos',
  channel: (subject) => `límite de ${mention('channel', subject)}`,
  community: () => 'presupuesto',
};

const WHOSE: Record<Scope, (subject: string) => string> = {
  member: (subject) => mention('member', subject),
  role: (subject) => mention('role', subject),
  everyone: () => 'Todos',
  channel: (subject) => `${mention('channel', subject)}, todos juntos`,
  community: () => 'El presupuesto, todos juntos',
};

const extra = (value: number, ends: number | undefined) =>
  `${count(value, 'crédito extra', 'créditos extra')}${ends === undefined ? '' : ` (los primeros vencen el ${at(ends, 'date')})`}`;

const pace: (parts: Parameters<Texts['limits']['standing']['pace']>[0]) => string = ({
  concurrency,
  waiting,
  starts,
  per = 'hour',
}) =>
  [
    ...(concurrency === undefined ? [] : [`${number(concurrency)} a la vez`]),
    ...(waiting === undefined ? [] : [`${number(waiting)} en espera`]),
    ...(starts === undefined ? [] : [`${count(starts, 'inicio', 'inicios')} ${PER_UNIT[per]}`]),
  ].join(', ');

const GOES = (subject: string) => (subject ? `cada miembro con ${mention('role', subject)}` : 'cada miembro');

/** Credits and the pace, to members and to moderators, in Spanish. */
export const esLimits: Pick<Texts, 'quota' | 'limits'> = {
  quota: {
    title: 'Tus créditos',
    left: (left, of) => `Te ${remain(left)} de ${credits(of)}.`,
    unlimited: 'Puedes gastar todos los créditos que quieras.',
    forbidden: 'Aquí no tienes créditos.',
    resets: (ms) => `Los recuperas todos ${at(ms, 'relative')}, el ${at(ms, 'date')}.`,
    rule: (quota, period) => `Límite de cada persona aquí: ${limit(quota, period)}.`,
    roleRule: (role, quota, period) => `Para ti cuenta el límite de ${mention('role', role)}: ${limit(quota, period)}.`,
    ownRule: (quota, period) => `Tienes un límite propio: ${limit(quota, period)}.`,
    granted: (value, ends) => `Además tienes ${extra(value, ends)}.`,
    channel: (left, of, ms) =>
      of === 0
        ? 'Este canal no tiene créditos.'
        : `En este canal, entre todos, les ${remain(left)} de ${credits(of)}; se recuperan ${at(ms, 'relative')}.`,
    budget: (left, of, ms) =>
      of === 0
        ? 'El presupuesto de este lugar no tiene créditos.'
        : `Aquí, entre todos, les ${remain(left)} de ${credits(of)}; se recuperan ${at(ms, 'relative')}.`,
    costs: 'Cuánto cuesta un video',
    cost: (label, cost, duration) => `${label}: ${credits(cost)} por ${number(duration)} s`,
  },
  limits: {
    title: 'Límites',
    grantTitle: 'Créditos extra',
    budgetTitle: 'El presupuesto de este lugar',
    paceTitle: 'El ritmo de los miembros',
    standingTitle: 'Qué cuenta para un miembro',
    everyone: 'todos',
    periods: { hour: 'hora', day: 'día', week: 'semana', month: 'mes' },
    is: (scope, subject, value, period) => `${NOW[scope](subject)}: ${limit(value, period)}.`,
    before: (value, period) => `Antes era: ${limit(value, period)}.`,
    unchanged: 'No ha cambiado nada.',
    gone: (scope, subject, value, period) => `Ya no hay ${LIMIT_OF[scope](subject)}; era: ${limit(value, period)}.`,
    none: (scope, subject) => `No hay ${LIMIT_OF[scope](subject)}.`,
    noNumber: (place) => `En la lista no hay ningún límite con el número ${number(place)}.`,
    instead: {
      member: 'Para esta persona cuentan ahora los límites de sus roles o, si no hay, el de todos.',
      role: 'Para sus miembros cuentan ahora los límites de sus otros roles o, si no hay, el de todos.',
      everyone: (value, period) =>
        `Para los miembros que no tengan otro límite cuenta ahora lo que fijó el operador: ${limit(value, period)}.`,
      channel: 'El canal ya no limita nada; los límites de los miembros siguen contando.',
      community: 'Los límites de miembros y canales siguen contando.',
    },
    nameOne: (names) => `Di de quién es el límite con una de estas opciones: ${names}.`,
    nameOnlyOne: (names) => `Di de quién es el límite con una sola opción; se dieron estas: ${names}.`,
    granted: (member, value, ends) =>
      `${mention('member', member)} tiene ahora ${count(value, 'crédito extra', 'créditos extra')}${ends === undefined ? '' : `, hasta el ${at(ends, 'date')}`}.`,
    grantedInAll: (value) =>
      `Con los de antes ${value === 1 ? 'queda' : 'quedan'} ${count(value, 'crédito extra', 'créditos extra')}.`,
    revoked: (member, value) =>
      `${mention('member', member)} ya no tiene créditos extra; se ${value === 1 ? 'retiró' : 'retiraron'} ${credits(value)}.`,
    noneGranted: (member) => `${mention('member', member)} no tiene créditos extra.`,
    list: {
      rules: 'Límites, en el orden en que cuentan:',
      rule: (place, scope, subject, value, period) =>
        `${number(place)}. ${WHOSE[scope](subject)}: ${limit(value, period)}`,
      fallback: (value, period) => `Miembros sin ninguno de estos: ${limit(value, period)}, como fijó el operador`,
      grants: 'Créditos extra:',
      grant: (member, left, of, ends) =>
        `${mention('member', member)}: ${remain(left)} de ${number(of)}${ends === undefined ? '' : `, hasta el ${at(ends, 'date')}`}`,
      paces: 'El ritmo de los miembros:',
      pace: (subject, parts) => `${subject ? mention('role', subject) : 'Todos'}: ${pace(parts)}`,
      paceFallback: (parts) => `Lo que no está fijado: ${pace(parts)}, como fijó el operador`,
    },
    standing: {
      has: (member, value, period) => `Límite de ${mention('member', member)}: ${limit(value, period)}.`,
      why: {
        member: 'Es su propio límite, que va antes que los demás.',
        role: (subject) =>
          `Es el límite de ${mention('role', subject)}, el más generoso de sus roles; no tiene uno propio.`,
        everyone: 'Es el límite de todos, porque no hay uno para esta persona ni para sus roles.',
        default: 'Es lo que fijó el operador, porque ningún límite de aquí se refiere a esta persona.',
      },
      used: (value) => `Usados: ${credits(value)}.`,
      left: (left, ms) =>
        `Quedan: ${credits(left)}${ms === undefined ? '' : `; se recuperan todos ${at(ms, 'relative')}`}.`,
      granted: (value, ends) => `Además: ${extra(value, ends)}.`,
      budget: (left, of) => `Quedan del presupuesto: ${number(left)} de ${credits(of)}.`,
      pace: (parts) => `Ritmo: ${pace(parts)}.`,
      rolesUnknown: 'Aquí no se conocen sus roles, así que no se tienen en cuenta los límites de roles.',
    },
    pace: {
      is: (subject, parts) => `Como máximo, para ${GOES(subject)} desde ahora: ${pace(parts)}.`,
      gone: (subject) => `Ya no hay un ritmo fijado para ${GOES(subject)}.`,
      none: (subject) => `No hay ningún ritmo fijado para ${GOES(subject)}.`,
      instead: (parts) => `Desde ahora, donde ningún rol diga otra cosa: ${pace(parts)}.`,
      nothing: (names) => `Di qué debe cambiar con una de estas opciones: ${names}.`,
    },
    expected: {
      credits: (max) => `un número entero hasta ${number(max)}, donde 0 prohíbe, o unlimited`,
      end: 'una duración como 12h, 7d o 2w, o una fecha futura como 2030-12-31',
      rate: 'un número, una barra y second, minute, hour o day, por ejemplo 10/hour',
      role: 'un rol de este lugar, elegido en la lista o mencionado',
    },
  },
};
