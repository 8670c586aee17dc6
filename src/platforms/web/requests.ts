import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { GENERAL, PEOPLE } from './people.ts';

/** Requests that the page may send, checked before anything is done with them. */

const as = z.string().transform((id, context) => {
  const person = PEOPLE.find((someone) => someone.id === id);
  if (person) return person;
  const ids = PEOPLE.map((someone) => someone.id).join(', ');
  context.addIssue({ code: 'custom', message: `expected one of ${ids}` });
  return z.NEVER;
});

const name = z.string().min(1).max(100);

/** BCP 47; nothing is known of a reader whose page does not say. */
const locale = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i, 'expected a language tag such as en-GB')
  .optional();

const options = z.record(
  name,
  z.union([z.string(), z.number(), z.boolean()], 'expected a text, a number, true or false'),
);

/** Who is at the page, and in which language they read. */
export const READER = z.object({ as, locale });

/** Who looks at which channel, or says something in it. */
export const PLACE = READER.extend({ channel: name.default(GENERAL.id) });

export const COMMAND = PLACE.extend({ command: name, options });

export const PRESS = READER.extend({ action: name, target: name, message: name });

/** `message` is the one that the form was opened from, if there is one. */
export const SUBMISSION = READER.extend({
  form: name,
  target: z.string().max(100),
  values: z.record(name, z.string('expected a text')),
  message: name.optional(),
});

export const MESSAGE_COMMAND = READER.extend({ name, message: name, part: z.enum(['said', 'reply']) });

export const COMPLETION = PLACE.extend({ command: name, option: name, typed: z.string().max(6000), options });

/** @throws {HTTPException} 400, naming each wrong field. */
export function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  throw new HTTPException(400, { message: problems.join('; ') });
}
