import type { Failure } from '../domain/failure.ts';
import type { en } from './en.ts';

/** The same shape with any words in it: every key, and functions of the same parameters. */
type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => infer R
    ? (...args: A) => Widened<R>
    : T extends object
      ? { readonly [K in keyof T]: Widened<T[K]> }
      : T;

/** Everything that people read, in one language. English says what there is. */
export type Texts = Widened<typeof en>;

/** The sentence for a failure. What it holds from outside stays plain text: it cannot forge the mark of a moment. */
export function describeFailure(texts: Texts, failure: Failure): string {
  const describe = texts.errors[failure.code] as (params: Failure['params']) => string;
  const params = Object.entries(failure.params).map(([name, value]) => [name, plain(value)]);
  return describe(Object.fromEntries(params));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  }
  return typeof value === 'string' ? value.replace(/\p{Cc}+/gu, ' ') : value;
}
