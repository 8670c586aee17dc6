import type { Button, Command, Dispatch, MessageCommand } from '../../commands/command.ts';
import type { Choice, OptionValue } from '../../commands/options.ts';
import type { VideoFile } from '../../src/domain/reply.ts';
import type { Platform } from '../../src/platforms/platform.ts';

/** A person of a platform; `other` is in the same channel as `member`. */
export type Who = 'member' | 'other' | 'moderator';

/** A reply as somebody reads it: markup carried out, escapes taken away. */
export interface Shown {
  title: string;
  /**
   * All that is below the title but the prompt. A moment in time reads `time:<Unix seconds>`; somebody or something that
   * is named, in whatever way, reads `member:<id>`, `role:<id>` or `channel:<id>`, with the id as it stands in the mark.
   * What would be markup to the reader (a link, bold), or would notify anybody, reads as `ACTIVE(…)`.
   */
  text: string;
  /** What is shown as a quotation. */
  prompt: string | undefined;
  /** Labels. */
  buttons: string[];
  clips: Buffer[];
  /** The card's files, wherever this person finds them. */
  files: ShownFile[];
}

/** A file as somebody gets it. */
export interface ShownFile {
  name: string;
  content: Buffer;
  /** What is said of it to those who can't see it. */
  alt: string | undefined;
}

/** Something that a person picks or names in an option, by its id as in `NAMED`. */
export interface Pick {
  pick: 'member' | 'role' | 'channel';
  /** As a card's mark has it. */
  id: string;
}

/** A value of an option as a person gives it. */
export type Given = OptionValue | Pick;

/** Ids that everybody in a harness knows, as marks have them. */
export interface Named {
  /** Somebody of the community who has the role. */
  member: string;
  /** Undefined where there are no roles. */
  role: string | undefined;
  channel: string;
}

/** Something that somebody did, acknowledged, with what came of it. */
export interface Done {
  /**
   * The latest thing that this person sees of what came of it: a new reply, the reply with the pressed button, or a word
   * to the presser alone; undefined while there is nothing to see, or nothing any more.
   */
  seenBy(who: Who): Promise<Shown | undefined>;
  /** Presses a button on the reply; resolves when the platform has acknowledged. */
  press(label: string, who?: Who): Promise<Done>;
  /** The form that opened, if one did. */
  form(): Promise<OpenForm | undefined>;
}

/** A form as it is shown. */
export interface OpenForm {
  title: string;
  /** By the field's name: its label, and what is in it. */
  fields: Record<string, { label: string; value: string | undefined }>;
  /** Sends it, with these fields filled in anew. */
  fill(values: Record<string, string>): Promise<Done>;
}

/** A platform that runs, with people in front of it. */
export interface Harness {
  platform: Platform;
  /** The same platform as another process has it, which never listens. */
  another(): Promise<Platform>;
  /** Uses a command; resolves when the platform has acknowledged. It rejects or goes on waiting when nothing is taken. */
  say(command: string, options?: Record<string, Given>, who?: Who): Promise<Done>;
  /** The same between the member and the bot alone; without it, there are no direct messages here. */
  sayDirectly?(command: string, options?: Record<string, Given>): Promise<Done>;
  /** Whom and what options and marks may name. */
  named: Named;
  /** Where everybody is, as `Chat.post` has it. */
  here: { community: string; channel: string };
  /** Another community and a channel in it, if the platform knows any; else what there is not. */
  elsewhere: { community: string; channel: string };
  /** What the latest message in `here` is to people, which nobody asked for. */
  posted(): Promise<Done>;
  /** Types in an option; resolves with what is offered. */
  complete(command: string, option: string, typed: string): Promise<Choice[]>;
  /** Uses a message command on a message with this text. */
  onMessage(name: string, text: string): Promise<Done>;
  /** Puts a clip where the platform expects it; without it, anywhere. */
  keep?(generation: string, content: Buffer): Promise<VideoFile>;
}

/** What not every platform can do. */
export interface Abilities {
  forms: boolean;
  complete: boolean;
  /** `command`: its form has the main command's options, and is that command when it is sent. */
  messageCommands: boolean | 'command';
  /** The largest clip that fits, in bytes, if there is a limit. */
  limitBytes?: number;
}

/** What a suite starts a platform with. */
export interface Wanted {
  dispatch: Dispatch;
  commands: readonly Command[];
  buttons: readonly Button[];
  messageCommands: readonly MessageCommand[];
}
