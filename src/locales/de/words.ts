import type { Period } from '../../domain/period.ts';
import { formatsFor } from '../wording.ts';

/** Numbers, counts and sizes as German writes them. */
export const { number, count, bytes } = formatsFor('de');

/** "3 credits". */
export const credits = (value: number) => count(value, 'Credit', 'Credits');

/** "a day", after an amount. */
export const PER: Record<Period, string> = { hour: 'pro Stunde', day: 'am Tag', week: 'pro Woche', month: 'im Monat' };
