import type { OfferedModel } from '../src/domain/offered-model.ts';
import type { Texts } from '../src/locales/texts.ts';

/** What an option may hold once a platform has translated it. */
export type OptionValue = string | number | boolean;

/** A value that an option may have, with the name that people read. */
export interface Choice {
  name: string;
  value: string | number;
}

/** One option of a command. */
export interface CommandOption {
  name: string;
  description: (texts: Texts) => string;
  /**
   * `member` is handed over as in `Origin.member`; `role` and `channel` as the platform's own id; `mention`, a member or a
   * role, as the platform's own id. A role that is just everybody is {@link EVERYONE}.
   */
  type: 'string' | 'integer' | 'boolean' | 'member' | 'role' | 'channel' | 'mention';
  required: boolean;
  /** Other names that are understood where the option is typed in a line. */
  aliases?: readonly string[];
  /** Text that is one word, or a length of time; where it is typed in a line, it ends there. */
  brief?: 'word' | 'length';
  /** If given, the only values allowed. */
  choices?: readonly { name: (texts: Texts) => string; value: string | number }[];
  /**
   * If given, which of the choices fit what else was chosen; a platform offers these while the member types. For a
   * `boolean` they are `true` and `false`, the usual one first, or none where it has no effect.
   * @param models those that the community offers, with its prices.
   */
  complete?: (given: Readonly<Record<string, OptionValue>>, texts: Texts, models: readonly OfferedModel[]) => Choice[];
  /** Whether what other options offer depends on this one. */
  steers?: boolean;
  minimum?: number;
  maximum?: number;
  minimumLength?: number;
  maximumLength?: number;
}
