import type { Card } from '../src/domain/card.ts';
import type { OfferedModel } from '../src/domain/offered-model.ts';
import type { Origin } from '../src/domain/origin.ts';
import type { GenerationService } from '../src/generations/service.ts';
import type { Clock } from '../src/lib/clock.ts';
import type { Texts } from '../src/locales/texts.ts';
import type { Moderation } from '../src/moderation/door.ts';
import type { Form, Submission } from './form.ts';
import type { Choice, CommandOption, OptionValue, ReadOptions } from './options.ts';

/** Stands for the role that all members have without being given it, such as Discord's @everyone. */
export const EVERYONE = 'everyone';

/** Who may read an answer. */
export type Audience = 'everyone' | 'requester';

/** A command as passed on by a platform: acknowledged, its reply open (unless the command answers with a form). */
export interface Invocation extends Origin {
  /** Name, with the names of subcommands after it: `video`, `moderate quota set`. */
  command: string;
  /** By option name; only those that were given, as they were given. */
  options: Readonly<Record<string, OptionValue>>;
  /** The roles (platform's own ids) of members named in the options, by member id, if the platform provides them. */
  rolesOf?: Readonly<Record<string, readonly string[]>>;
  /** Whether the platform shows commands under their names in the member's language. */
  localisedNames?: boolean;
}

/** A pressed button. `reply` is a new one or the one with the button, as the button's `answers` says. */
export interface Press extends Origin {
  action: string;
  target: string;
}

/** An option that a member is typing in a command. */
export interface Completion extends Invocation {
  /** Name of the option. */
  option: string;
  /** Text typed so far. */
  typed: string;
}

/**
 * Outcome to show as the reply: a card, for everyone or only the requester; nothing, because a generation shows itself
 * or the button has already made its change; or a form to fill in.
 */
export type Answer =
  | { kind: 'card'; card: Card; audience: Audience }
  | { kind: 'generation'; id: string }
  | { kind: 'handled' }
  | { kind: 'form'; form: Form };

/** Nothing more is to be shown. */
export const HANDLED: Answer = { kind: 'handled' };

/** Passed to a command's `run`: who asked for what, and the services it may use. */
export interface CommandContext<O extends readonly CommandOption[] = readonly CommandOption[]>
  extends Omit<Invocation, 'options'> {
  /** Read and checked. */
  options: ReadOptions<O>;
  service: GenerationService;
  texts: Texts;
  /** For moderators' decisions and lists. */
  moderation: Moderation;
  /** For lengths of time that people name. */
  clock: Pick<Clock, 'now'>;
  /** The commands that this member may use, for the help. */
  commands: readonly Command[];
}

/** Something that people can say. It knows no platform and no database. Make one with {@link createCommand}. */
export interface Command<O extends readonly CommandOption[] = readonly CommandOption[]> {
  /** Name, with the names of subcommands after it. */
  name: string;
  description: (texts: Texts) => string;
  options: O;
  who: 'members' | 'moderators';
  /** Who will read the answer; a platform must know it before it opens the reply. */
  audience: (options: Readonly<Record<string, OptionValue>>) => Audience;
  /** @throws {DailiesError} which is put into words for the person who asked. */
  run(context: CommandContext<O>): Promise<Answer>;
}

/** A command whose `run` gets the values of its options in their types. */
export function createCommand<const O extends readonly CommandOption[]>(command: Command<O>): Command {
  return command;
}

/** Passed to a button's `run`. */
export interface ButtonContext extends Press {
  service: GenerationService;
  moderation: Moderation;
  clock: Pick<Clock, 'now'>;
  texts: Texts;
}

/** Something that people can press. Who may press it is checked when it is pressed. */
export interface Button {
  action: string;
  /**
   * Whether pressing opens a new reply (private if the one with the button is), changes the one that the button is on,
   * or opens a form; a form has to be there at once, so nothing is acknowledged before.
   */
  answers: 'new reply' | 'same reply' | 'form';
  /** Who may read the new reply. @default those who can read the one with the button */
  audience?: (target: string) => Audience;
  /** @throws {DailiesError} shown only to the presser. */
  run(context: ButtonContext): Promise<Answer | undefined>;
}

/** Something that people can do with a message of somebody (a context menu, a message shortcut): it opens a form. */
export interface MessageCommand {
  /** The stable name: `video_from_message`. */
  name: string;
  /** Label in the menu. */
  label: (texts: Texts) => string;
  /** @param text the message's text. @param models those that the community offers, with its prices. */
  open(text: string, texts: Texts, models: readonly OfferedModel[]): Form;
}

/** Native input, translated; a platform calls it and shows the answer. None throws: a refusal is an answer. */
export interface Dispatch {
  command(invocation: Invocation): Promise<Answer>;
  press(press: Press): Promise<Answer>;
  submit(submission: Submission): Promise<Answer>;
  /** The form of a message command; undefined if there is none of this name. */
  message(name: string, text: string, where: Pick<Origin, 'community' | 'locale'>): Promise<Form | undefined>;
  /** Choices that fit an option that is being typed: at most 25, none if nothing fits. */
  complete(completion: Completion): Promise<Choice[]>;
}

/** Passed to a form's `run`. */
export interface SubmissionContext<O extends readonly CommandOption[] = readonly CommandOption[]>
  extends Omit<Submission, 'values'> {
  /** Values filled in, read and checked. */
  options: ReadOptions<O>;
  service: GenerationService;
  moderation: Moderation;
  clock: Pick<Clock, 'now'>;
  texts: Texts;
}

/** Handles a form once it is sent. Make one with {@link createForm}. */
export interface FormHandler<O extends readonly CommandOption[] = readonly CommandOption[]> {
  name: string;
  /** Options that its fields fill in. */
  options: O;
  /** @throws {DailiesError} shown only to the sender. */
  run(context: SubmissionContext<O>): Promise<Answer>;
}

/** A form whose `run` gets the values of its fields in their types. */
export function createForm<const O extends readonly CommandOption[]>(form: FormHandler<O>): FormHandler {
  return form;
}
