import type { Period } from '../../domain/period.ts';
import { formatsFor } from '../wording.ts';

/** Numbers, counts and sizes as Spanish writes them. */
export const { number, count, bytes, either } = formatsFor('es');

/** "3 credits". */
export const credits = (value: number) => count(value, 'crédito', 'créditos');

/** "queda 1", "quedan 3": what is left. */
export const remain = (value: number) => `${value === 1 ? 'queda' : 'quedan'} ${number(value)}`;

/** A range of whole numbers, as what an option takes. */
export const whole = (min: number, max: number) => `un número entero de ${number(min)} a ${number(max)}`;

/** "a day", after an amount. */
export const PER: Record<Period, string> = { hour: 'por hora', day: 'al día', week: 'a la semana', month: 'al mes' };
