import type { Period } from '../../domain/period.ts';
import { formatsFor, writeDuration } from '../wording.ts';

/** Numbers, counts and sizes as Japanese writes them. */
export const { number, bytes } = formatsFor('ja');

/** "3 credits". */
export const credits = (value: number) => `${number(value)}クレジット`;

/** "5 s". */
export const seconds = (value: number) => `${number(value)}秒`;

/** "2 min 5 s". */
export const duration = (ms: number) =>
  writeDuration(ms, { minutes: (value) => `${number(value)}分`, seconds, between: '' });

/** "a day", after an amount. */
export const PER: Record<Period, string> = { hour: '毎時', day: '毎日', week: '毎週', month: '毎月' };
