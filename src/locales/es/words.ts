import type { Period } from '../../domain/period.ts';
import { formatsFor } from '../wording.ts';

/** Numbers, counts and sizes as Spanish writes them. */
export const { number, count, bytes } = formatsFor('es');

/** "3 credits". */
export const credits = (value: number) => count(value, 'crédito', 'créditos');

/** "queda 1", "quedan 3": what is left. */
export const remain = (value: number) => `${value === 1 ? 'queda' : 'quedan'} ${number(value)}`;

/** "a day", after an amount. */
export const PER: Record<Period, string> = { hour: 'por hora', day: 'al día', week: 'a la semana', month: 'al mes' };
