import type { UsableModels } from '../domain/offered-model.ts';
import type { Clock } from '../lib/clock.ts';
import { ChannelLists } from './channel-lists.ts';
import type { Changes } from './door.ts';
import { Settings } from './general-settings.ts';
import { MemberBlocks } from './member-blocks.ts';
import { ModelOffer } from './model-access.ts';
import { WordList } from './word-list.ts';

/** Who may make videos, where, with which model, and of what. Only moderators may ask, on every path. */
export class Conduct {
  /** Who may not. */
  readonly blocks: MemberBlocks;
  /** Where. */
  readonly channels: ChannelLists;
  /** With which model, and at which price. */
  readonly models: ModelOffer;
  /** What prompts may not hold. */
  readonly words: WordList;
  /** What holds for the whole community. */
  readonly settings: Settings;

  constructor(changes: Changes, { clock, models }: { clock: Clock; models: UsableModels }) {
    this.blocks = new MemberBlocks(changes, clock);
    this.channels = new ChannelLists(changes);
    this.models = new ModelOffer(changes, models);
    this.words = new WordList(changes, clock);
    this.settings = new Settings(changes);
  }
}
