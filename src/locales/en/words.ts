import type { Period } from '../../domain/period.ts';
import { formatsFor } from '../wording.ts';

/** Numbers, counts and sizes as English writes them. */
export const { number, count, bytes, either } = formatsFor('en');

/** "3 credits". */
export const credits = (value: number) => count(value, 'credit', 'credits');

/** A range of whole numbers, as what an option takes. */
export const whole = (min: number, max: number) => `a whole number from ${number(min)} to ${number(max)}`;

/** "a day", after an amount. */
export const PER: Record<Period, string> = { hour: 'an hour', day: 'a day', week: 'a week', month: 'a month' };
