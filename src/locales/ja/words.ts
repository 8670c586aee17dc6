import type { Period } from '../../domain/period.ts';
import { formatsFor, writeDuration } from '../wording.ts';

/** Numbers, counts and sizes as Japanese writes them. */
export const { number, bytes, either } = formatsFor('ja');

/** "3 credits". */
export const credits = (value: number) => `${number(value)}クレジット`;

/** "5 s". */
export const seconds = (value: number) => `${number(value)}秒`;

/** "2 min 5 s". */
export const duration = (ms: number) =>
  writeDuration(ms, { minutes: (value) => `${number(value)}分`, seconds, between: '' });

/** A range of whole numbers, as what an option takes. */
export const whole = (min: number, max: number) => `${number(min)}から${number(max)}までの整数`;

/** "a day", after an amount. */
export const PER: Record<Period, string> = { hour: '毎時', day: '毎日', week: '毎週', month: '毎月' };
