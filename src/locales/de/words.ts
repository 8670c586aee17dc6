import type { Period } from '../../domain/period.ts';
import { formatsFor } from '../wording.ts';

/** Numbers, counts and sizes as German writes them. */
export const { number, count, bytes, either } = formatsFor('de');

/** "3 credits". */
export const credits = (value: number) => count(value, 'Credit', 'Credits');

/** A range of whole numbers, as what an option takes. */
export const whole = (min: number, max: number) => `eine ganze Zahl von ${number(min)} bis ${number(max)}`;

/** "a day", after an amount. */
export const PER: Record<Period, string> = { hour: 'pro Stunde', day: 'am Tag', week: 'pro Woche', month: 'im Monat' };
