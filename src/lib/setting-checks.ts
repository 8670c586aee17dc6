import { z } from 'zod';

/** Checks of settings; a wrong value's error says what was expected. */

/** Tokens and keys travel in HTTP headers, which carry printable ASCII only. */
export const secret = (expected: string) =>
  z.string().regex(/^[\x21-\x7e]+$/, { error: () => `${expected}, without spaces` });

/** An address, without a slash at its end. */
export const url = z
  .string()
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), {
    error: () => 'an address that begins with http:// or https://',
  })
  .transform((value) => value.replace(/\/+$/, ''));

/** One of a few words. */
export const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: () => values.join(' or ') });
