import { MAX_WORD_LENGTH } from '../../src/moderation/prompt-filter/matcher.ts';
import { addWord, listWords, MOST_PATTERNS, MOST_WORDS, removeWord } from '../../src/moderation/word-list.ts';
import { type Command, createCommand } from '../command.ts';
import { option } from '../options.ts';
import { type ListContext, type LongList, pageOf } from './long-list.ts';
import { answer, FOR_MODERATORS, refusal } from './moderators-answer.ts';

const WORD = option.words('word', {
  description: (texts) => texts.options.word,
  required: true,
  minimumLength: 1,
  // A pattern has two slashes and a flag as well.
  maximumLength: MAX_WORD_LENGTH + 3,
});

/** `/moderate word add · remove · list`: words that prompts may not contain here. */
export const wordCommands: readonly Command[] = [
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate word add',
    description: (texts) => texts.commands['moderate word add'],
    options: [WORD],
    async run(context) {
      const { texts } = context;
      const { words } = texts.conduct;
      const { result, word } = await addWord(context, context.options.word);
      if (result === 'full') return refusal(texts, words.full({ max: MOST_WORDS }));
      if (result === 'patterns full') return refusal(texts, words.patternsFull({ max: MOST_PATTERNS }));
      if (result === 'known') return answer('info', words.title, words.known({ word }));
      return answer('done', words.title, words.added({ word }));
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate word remove',
    description: (texts) => texts.commands['moderate word remove'],
    options: [WORD],
    async run(context) {
      const { texts } = context;
      const { words } = texts.conduct;
      const { result, word } = await removeWord(context, context.options.word);
      if (result === 'unknown') return refusal(texts, words.unknown({ word }));
      return answer('done', words.title, words.removed({ word }));
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate word list',
    description: (texts) => texts.commands['moderate word list'],
    options: [],
    async run(context) {
      return { kind: 'card', audience: 'requester', card: pageOf(context.texts, await wordList(context)) };
    },
  }),
];

/** Lists the words that prompts may not contain here, the earliest entry first. */
export async function wordList(context: ListContext): Promise<LongList> {
  const { words } = context.texts.conduct;
  const lines = await listWords(context);
  return { name: 'words', title: words.title, empty: words.none, lines };
}
