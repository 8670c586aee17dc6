import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';

/** The seed of all fuzzing; another one is taken from `FUZZ_SEED`. */
export const SEED = Number(process.env.FUZZ_SEED ?? 20261121);

/** Which part of the cases is tried: `npm run test:long` tries all. */
const SHARE = Number(process.env.FUZZ_SHARE ?? 0.25);

/** How many of so many cases are to be tried. */
export const share = (cases: number): number => Math.ceil(cases * SHARE);

/** How much the heap may have grown after all cases of a file, in bytes. */
const MOST_GROWTH = 24 * 1024 * 1024;

/** Bytes on the heap after a collection. */
export function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** Fails when a promise of this file is rejected unseen, or when memory is not flat. */
export function watchProcess(): void {
  const rejections: unknown[] = [];
  const note = (error: unknown) => void rejections.push(error);
  let before = 0;
  beforeAll(() => {
    process.on('unhandledRejection', note);
    before = heapUsed();
  });
  afterAll(() => {
    process.off('unhandledRejection', note);
    expect(rejections).toEqual([]);
    expect(heapUsed() - before).toBeLessThan(MOST_GROWTH);
  });
}

/** Any text that people and machines send: ordinary, long, with marks of direction, lone surrogates and control signs. */
export const anyText = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ minLength: 2000, maxLength: 4000 }),
  fc.constantFrom(
    '',
    ' ',
    '\u202E',
    '\uD800',
    '__proto__',
    'constructor',
    '<!channel>',
    '@everyone',
    '\0',
    '{}',
    'null',
  ),
);

/** Any value that JSON can hold, now and then under the names that a reader looks for. */
export function anyJson(names: readonly string[]): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(anyText, fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 8 })), tie('value'), { maxKeys: 6 }),
    ),
  })).value;
}
