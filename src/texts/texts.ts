import type { Failure } from '../errors.ts';
import { en } from './en.ts';

/** Everything that people read, in one language. */
export type Texts = typeof en;

/** The texts for a reader's language. */
export function textsFor(_locale: string): Texts {
  return en;
}

/** The sentence for a failure. */
export function describeFailure(texts: Texts, failure: Failure): string {
  const describe = texts.errors[failure.code] as (params: Failure['params']) => string;
  return describe(failure.params);
}
