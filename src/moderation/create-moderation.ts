import type { Chat } from '../domain/reply.ts';
import type { DataStore } from '../store/repositories.ts';
import { Moderation, type ModerationTools } from './door.ts';
import { keepLogChannels } from './log-channel.ts';
import { checkPolicy } from './policy.ts';
import { createPromptFilter } from './prompt-filter/prompt-filter.ts';

/** Dependencies of `createModeration`. */
export interface CreateModerationParts extends ModerationTools {
  store: DataStore;
  chats: ReadonlyMap<string, Chat>;
}

/** The moderators' door, what they have to say about each request, and the posts in their log channels. */
export function createModeration({ store, ...tools }: CreateModerationParts) {
  const { chats, clock, log } = tools;
  return {
    moderation: new Moderation(store, tools),
    checks: { judge: createPromptFilter((community) => store.words.list(community)), check: checkPolicy },
    /** Posts in log channels until the signal aborts. */
    keepUp: (signal: AbortSignal) => keepLogChannels({ store, chats, clock, log }, signal),
  };
}
