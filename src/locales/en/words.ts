import type { Period } from '../../domain/period.ts';
import { formatsFor } from '../wording.ts';

/** Numbers, counts and sizes as English writes them. */
export const { number, count, bytes } = formatsFor('en');

/** "3 credits". */
export const credits = (value: number) => count(value, 'credit', 'credits');

/** "a day", after an amount. */
export const PER: Record<Period, string> = { hour: 'an hour', day: 'a day', week: 'a week', month: 'a month' };
