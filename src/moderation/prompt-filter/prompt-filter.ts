import { compileWord, matchWords } from './matcher.ts';

/** What is to be judged before a generation is accepted. */
export interface ModerationRequest {
  community: string;
  member: string;
  channel: string;
  prompt: string;
}

/**
 * What came of it. `because` is for the moderators' log only, never for the member; it quotes nothing of the prompt, as
 * the log is not searched when a member is forgotten.
 */
export type Verdict = { allowed: true } | { allowed: false; because: string };

/** Judges a prompt before anything is held or ordered. What it throws refuses the request: it fails closed. */
export interface Moderation {
  check(request: ModerationRequest): Promise<Verdict>;
}

/**
 * Moderation by each community's own word list.
 * @param wordsOf a community's entries, each accepted by `compileWord` when it was added.
 */
export function createWordModeration(wordsOf: (community: string) => Promise<readonly string[]>): Moderation {
  return {
    async check({ community, prompt }) {
      const words = await wordsOf(community);
      const rule = matchWords(words.map(compileWord), prompt);
      return rule ? { allowed: false, because: rule.word } : { allowed: true };
    },
  };
}
