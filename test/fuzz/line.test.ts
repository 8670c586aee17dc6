import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { video } from '../../commands/video.ts';
import { formatLine, parseLine } from '../../src/platforms/shared/command-line.ts';
import { readLine } from '../../src/platforms/shared/line.ts';
import { AT_ONCE_MS, processorMs } from '../support/processor.ts';
import { anyText, SEED, share } from './support.ts';

const PIECES = [
  'model:',
  'model:pro',
  'modle:x',
  '--model',
  '–duration 10',
  '—private',
  'ratio=16:9',
  'ar：9:16',
  'length',
  'seed',
  'private',
  ':',
  '=',
  '：',
  '"',
  '\\"',
  '\\',
  '“',
  '”',
  '„',
  "'",
  '//',
  '\n',
  ' ',
  '　',
];
const piece = fc.oneof(anyText, fc.constantFrom(...PIECES));
const text = fc.array(piece, { maxLength: 8 }).chain((parts) => fc.constantFrom(parts.join(' '), parts.join('')));

describe('a typed line', () => {
  it('that was written comes back as it was', () => {
    const values = fc.record(
      {
        prompt: text.map((words) => words.trim()),
        model: fc.constantFrom('pro', 'lite'),
        duration: fc.integer({ min: 4, max: 30 }),
        aspect_ratio: fc.constantFrom('16:9', '9:16'),
        private: fc.boolean(),
      },
      { requiredKeys: ['prompt'] },
    );
    fc.assert(
      fc.property(values, fc.boolean(), (given, turned) => {
        const entries = Object.entries(given);
        const line = formatLine('video', Object.fromEntries(turned ? entries.reverse() : entries), video.options);
        const { texts, unknown, stray } = parseLine(line, [video]);
        expect([unknown, stray]).toEqual([[], '']);
        expect(Object.fromEntries(texts)).toEqual(
          Object.fromEntries(entries.map(([name, value]) => [name, String(value)])),
        );
      }),
      { seed: SEED, numRuns: share(3000) },
    );
  });

  it('that was read, written and read again says the same', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const first = parseLine(`/video ${typed}`, [video]);
        if (first.unknown.length > 0 || first.stray !== '') return;
        const line = formatLine('video', Object.fromEntries(first.texts), video.options);
        expect(Object.fromEntries(parseLine(line, [video]).texts)).toEqual(Object.fromEntries(first.texts));
      }),
      { seed: SEED, numRuns: share(3000) },
    );
  });

  it.each(['" ', '„ ', '"a ', "'a ", '\\" ', 'model: ', 'model:"', '--model ', '–private ', 'seed = ', ' ', '<', 'a-'])(
    'of %j, again and again, is read at once',
    (part) => {
      const long = part.repeat(20_000);
      expect(processorMs(() => readLine(long, video.options))).toBeLessThan(AT_ONCE_MS);
    },
  );
});
