import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DailiesError } from '../../../src/domain/failure.ts';
import {
  compileWord,
  MAX_PROGRAM_SIZE,
  MAX_WORD_LENGTH,
  matchWords,
} from '../../../src/moderation/prompt-filter/matcher.ts';
import { normaliseWords, readingsOf } from '../../../src/moderation/prompt-filter/normalise.ts';
import { createPromptFilter } from '../../../src/moderation/prompt-filter/prompt-filter.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

function reasonOf(word: string): unknown {
  try {
    compileWord(word);
  } catch (error) {
    if (error instanceof DailiesError && error.code === 'word_invalid') return error.params;
    throw error;
  }
  return 'accepted';
}

describe('normalising', () => {
  it('changes nothing when done twice, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normaliseWords(text);
        expect(normaliseWords(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  it('makes at most three readings, each at most as long as the compatibility form allows', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const readings = readingsOf(text);
        expect(readings.length).toBeGreaterThan(0);
        expect(readings.length).toBeLessThanOrEqual(3);
        // A ß becomes two letters; nothing else grows beyond the decomposed compatibility form.
        for (const reading of readings) {
          expect(reading.length).toBeLessThanOrEqual(2 * text.normalize('NFKD').length);
        }
      }),
    );
  });

  it('keeps the marks that make another syllable', () => {
    expect(normaliseWords('कमी がぎ ที่ 각')).toBe('कमी がぎ ที่ 각'.normalize('NFC'));
  });
});

describe('any word', () => {
  it('is found in a text that has it, whatever invisible character stands inside', () => {
    const letters = fc.stringMatching(/^[a-z]{3,10}$/);
    const invisible = fc.constantFrom('\u200b', '\u00ad', '\u2066', '\ufe0f', '\u{e0041}');
    fc.assert(
      fc.property(letters, invisible, fc.nat(9), (word, between, place) => {
        const text = `see ${word.slice(0, place)}${between}${word.slice(place)} there`;
        expect(matchWords([compileWord(word)], text)?.word).toBe(word);
      }),
    );
  });
});

describe('a pattern', () => {
  it.each([
    ['/bad(ly)?$/', 'so badly', true],
    ['/bad(ly)?$/', 'badly made', false],
    ['/Bad/', 'Bad', true],
    ['/Bad/', 'bad', false],
    ['/Bad/i', 'bAd', true],
    ['/b[aeiou]d/', 'b\u200b4d', true],
    ['/killer/', 'k!ller', true],
    ['/\\bcat\\b/', 'a cat.', true],
    ['/\\bcat\\b/', 'concat', false],
  ])('%s in %s: %s', (word, text, expected) => {
    expect(matchWords([compileWord(word)], text) !== undefined).toBe(expected);
  });
});

describe('an entry is refused', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['\u200b\u00ad', 'empty'],
    ['...', 'empty'],
    ['//', 'empty'],
    ['a'.repeat(MAX_WORD_LENGTH + 1), 'long'],
    [`/${'a'.repeat(MAX_WORD_LENGTH + 1)}/`, 'long'],
    ['/(/', 'regex'],
    ['/(a)\\1/', 'regex'],
    ['/a(?=b)/', 'regex'],
    ['/(?<=a)b/', 'regex'],
    ['/a/g', 'regex'],
    ['/(a{1000}){1000}/', 'regex'],
    ['/((((a{10}){10}){10}){10})/', 'regex'],
    ['/a{1000}b{1000}/', 'regex'],
    ['/\\p{L}{1000}/', 'regex'],
    ['/(?:a?){99}a{99}/', 'regex'],
    ['/a*/', 'matches everything'],
    ['/a|/', 'matches everything'],
    ['/^/', 'matches everything'],
    ['/./', 'matches everything'],
    ['/[^x]+/', 'matches everything'],
  ])('%s: %s', (word, reason) => {
    expect(reasonOf(word)).toEqual({ word: word.trim(), reason });
  });

  it('no sooner than at the limit', () => {
    expect(reasonOf('a'.repeat(MAX_WORD_LENGTH))).toBe('accepted');
    expect(reasonOf(`/${'a'.repeat(MAX_WORD_LENGTH)}/`)).toBe('accepted');
    expect(MAX_PROGRAM_SIZE).toBeGreaterThan(MAX_WORD_LENGTH);
  });
});

describe('patterns and words that explode elsewhere', () => {
  const patterns = ['/(a|aa)+$/', '/(a*)*[bc]$/', '/(x+x+)+[yz]/', '/(.*a){20}[^a]$/', '/(\\pL+\\s?)+!$/'];
  const words = ['ab'.repeat(50), 'il'.repeat(50), 'a'.repeat(100), 'ばばか'];
  // Of a backtracking engine, one of these would take longer than the test may; of all together, much longer than a day.
  it.each(['a', 'ab', 'a ', 'a.', '1!', 'x', 'ば', '1 '])('end on a long text of %j', (part) => {
    const rules = [...patterns, ...words].map(compileWord);
    for (let round = 0; round < 20; round += 1) {
      const text = `${part.repeat(2000)}${round}?`;
      for (const rule of rules) matchWords([rule], text);
    }
    expect(matchWords([compileWord('needle')], `${part.repeat(2000)} needle`)?.word).toBe('needle');
  });
});

describe('the prompt filter', () => {
  const request = { community: 'discord:1', member: 'discord:2', channel: 'discord:3', prompt: 'a b.a.d dragon' };

  it('says which entry it was, of the community’s own list', async () => {
    const lists: Record<string, string[]> = { 'discord:1': ['good', '/b.d/', 'bad'], 'discord:9': ['dragon'] };
    const judge = createPromptFilter(async (community) => lists[community] ?? []);
    expect(await judge(request)).toBe('bad');
    expect(await judge({ ...request, community: 'discord:9' })).toBe('dragon');
    expect(await judge({ ...request, community: 'discord:5' })).toBeUndefined();
  });

  it('lets nothing through while the list cannot be read', async () => {
    const judge = createPromptFilter(() => Promise.reject(new Error('closed')));
    await expect(judge(request)).rejects.toThrow('closed');
  });
});
