import type { Origin } from '../src/generation/origin.ts';
import type { GenerationService } from '../src/generation/service.ts';
import type { Card } from '../src/replies/card.ts';
import type { Texts } from '../src/texts/texts.ts';

/** What an option may hold once a platform has translated it. */
export type OptionValue = string | number | boolean;

/** A command as a platform hands it over: acknowledged, its reply open. */
export interface Invocation extends Origin {
  /** Name, with the names of subcommands after it: `video`, `moderate quota set`. */
  command: string;
  /** By option name; only those that were given. */
  options: Readonly<Record<string, OptionValue>>;
}

/** A pressed button. `reply` is a new one or the one with the button, as the button's `answers` says. */
export interface Press extends Origin {
  action: string;
  target: string;
}

/**
 * What the reply shall show now: a card, to all or to the requester alone; or nothing, as a generation shows itself, or
 * as the button has already changed what there was to change.
 */
export type Answer =
  | { kind: 'card'; card: Card; audience: 'everyone' | 'requester' }
  | { kind: 'generation'; id: string }
  | { kind: 'handled' };

/** Nothing more is to be shown. */
export const HANDLED: Answer = { kind: 'handled' };

/** One option of a command. */
export interface CommandOption {
  name: string;
  description: (texts: Texts) => string;
  type: 'string' | 'integer' | 'boolean';
  required: boolean;
  /** If given, the only values allowed. */
  choices?: readonly { name: (texts: Texts) => string; value: string | number }[];
  minimum?: number;
  maximum?: number;
  minimumLength?: number;
  maximumLength?: number;
}

/** What a command's `run` gets: who asked for what, and the doors it may use. */
export interface CommandContext extends Invocation {
  service: GenerationService;
  texts: Texts;
}

/** Something that people can say. It knows no platform and no database. */
export interface Command {
  name: string;
  description: (texts: Texts) => string;
  options: readonly CommandOption[];
  who: 'members' | 'moderators';
  /** @throws {DailiesError} which is put into words for the person who asked. */
  run(context: CommandContext): Promise<Answer>;
}

/** What a button's `run` gets. */
export interface ButtonContext extends Press {
  service: GenerationService;
  texts: Texts;
}

/** Something that people can press. Who may press it is checked when it is pressed. */
export interface Button {
  action: string;
  /** Whether pressing opens a new reply, or changes the one that the button is on. */
  answers: 'new reply' | 'same reply';
  /** @throws {DailiesError} which is told to the presser alone. */
  run(context: ButtonContext): Promise<Answer | undefined>;
}
