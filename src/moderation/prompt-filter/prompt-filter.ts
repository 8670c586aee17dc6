import { compileWord, matchWords } from './matcher.ts';

/**
 * Judges prompts by each community's own word list.
 * @param wordsOf a community's entries, each accepted by `compileWord` when it was added.
 * @returns why a prompt is refused, for the moderators' log only; it quotes nothing of the prompt, as the log is not
 * searched when a member is forgotten. Undefined when it is not refused.
 */
export function createPromptFilter(wordsOf: (community: string) => Promise<readonly string[]>) {
  return async ({ community, prompt }: { community: string; prompt: string }): Promise<string | undefined> => {
    const words = await wordsOf(community);
    return matchWords(words.map(compileWord), prompt)?.word;
  };
}
