import type { Moderating } from './door.ts';
import { oneLine } from './one-line.ts';
import { compileWord } from './prompt-filter/matcher.ts';
import { normaliseWords } from './prompt-filter/normalise.ts';

/** The most entries in a community's list: each prompt is searched for all of them. */
export const MOST_WORDS = 500;

/** The most patterns among them: the worst pattern takes 40 ms for the longest prompt (measured), a word next to none. */
export const MOST_PATTERNS = 20;

/** Outcome for an entry, and its spelling on the list. */
export interface WordResult<R> {
  result: R;
  word: string;
}

/**
 * Forbids something in prompts.
 * @param input a word, several words, or a pattern between slashes; see `compileWord`.
 * @throws {DailiesError} `moderators_only`, `word_invalid`.
 */
export async function addWord(
  context: Moderating,
  input: string,
): Promise<WordResult<'done' | 'known' | 'full' | 'patterns full'>> {
  const { moderation, community } = context;
  return await moderation.change(context, async ({ words, now, note }) => {
    const { word } = compileWord(oneLine(input));
    const all = await words.list(community);
    const known = findIn(all, word);
    if (known !== undefined) return { result: 'known', word: known };
    if (all.length >= MOST_WORDS) return { result: 'full', word };
    if (isPattern(word) && all.filter(isPattern).length >= MOST_PATTERNS) return { result: 'patterns full', word };
    await words.add(community, word, now);
    await note('word.add', { kind: 'text', text: word });
    return { result: 'done', word };
  });
}

/** Allows it again. @throws {DailiesError} `moderators_only`. */
export async function removeWord(context: Moderating, input: string): Promise<WordResult<'done' | 'unknown'>> {
  const { moderation, community } = context;
  return await moderation.change(context, async ({ words, note }) => {
    const line = oneLine(input);
    const word = findIn(await words.list(community), line);
    if (word === undefined) return { result: 'unknown', word: line };
    await words.remove(community, word);
    await note('word.remove', { kind: 'text', text: word });
    return { result: 'done', word };
  });
}

/** All entries, the earliest first. @throws {DailiesError} `moderators_only`. */
export async function listWords(context: Moderating): Promise<string[]> {
  return await context.moderation.read(context, ({ words }) => words.list(context.community));
}

/** The entry that finds the same: words are the same in capitals and with accents, patterns are not. */
function findIn(words: readonly string[], word: string): string | undefined {
  if (words.includes(word)) return word;
  if (isPattern(word)) return undefined;
  const same = normaliseWords(word);
  return words.find((one) => !isPattern(one) && normaliseWords(one) === same);
}

function isPattern(word: string): boolean {
  return word.length > 1 && word.startsWith('/') && word.lastIndexOf('/') > 0;
}
