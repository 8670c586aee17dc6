import type { Form } from '../../../commands/form.ts';
import type { Card } from '../../replies/card.ts';
import type { Person } from './people.ts';

/** What the playground's server and page send to each other, as JSON. */

/** A command's option with its descriptions in words. */
export interface WireOption {
  name: string;
  description: string;
  type: 'string' | 'integer' | 'boolean';
  required: boolean;
  /** If given, the only values allowed. */
  choices?: { name: string; value: string | number }[];
  minimum?: number;
  maximum?: number;
  minimumLength?: number;
  maximumLength?: number;
  /** Which choices fit depends on the other options; the server says which. */
  completes?: boolean;
}

/** A command as the composer offers it. */
export interface WireCommand {
  /** Name, with the names of subcommands after it. */
  name: string;
  description: string;
  options: WireOption[];
}

/** Something that can be done with a message. */
export interface WireMessageCommand {
  name: string;
  label: string;
}

/** Which text of a message is meant: what somebody said, or what the reply to it quotes. */
export type MessagePart = 'said' | 'reply';

/** A form to fill in. */
export type WireForm = Form;

/** A value of an option. */
export type WireValue = string | number | boolean;

/** One message of the channel: what somebody said and the reply to it. */
export interface WireMessage {
  id: string;
  /** Id of the person who said it. */
  member: string;
  said: string;
  /** Nobody else may see it. */
  onlyYou: boolean;
  /** ms since 1970 UTC. */
  createdAt: number;
  /** Not there until the first answer. */
  card?: Card;
  /** Where the clip can be played from, if there is one. */
  videoUrl?: string;
  /** The measured span of the card's progress, in words. */
  usually?: string;
}

/** The channel as one person sees it. */
export interface WireChannel {
  /** The server's clock, ms since 1970 UTC. */
  now: number;
  people: Person[];
  commands: WireCommand[];
  messageCommands: WireMessageCommand[];
  /** The oldest first. */
  messages: WireMessage[];
  /** Whether `messages` begins with the channel's first one. */
  complete: boolean;
}
