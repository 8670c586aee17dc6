import type { Form } from '../../../commands/form.ts';
import type { CommandOption } from '../../../commands/options.ts';
import type { Card, CardFile } from '../../domain/card.ts';
import type { Channel, Role, WebPerson } from './people.ts';

/** Messages between the playground's server and page, as JSON. */

/** A command's option with its descriptions in words. */
export interface WireOption {
  name: string;
  description: string;
  type: CommandOption['type'];
  required: boolean;
  /** As in `CommandOption`. */
  aliases?: readonly string[];
  /** As in `CommandOption`. */
  brief?: 'word' | 'length';
  /** If given, the only values allowed; always given where somebody or something is to be named. */
  choices?: { name: string; value: string | number }[];
  minimum?: number;
  maximum?: number;
  minimumLength?: number;
  maximumLength?: number;
  /** As in `CommandOption`. */
  suggested?: boolean;
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

/** Which text of a message is meant: somebody's own words, or those quoted in the reply. */
export type MessagePart = 'said' | 'reply';

/** A form to fill in. */
export type WireForm = Form;

/** A value of an option. */
export type WireValue = string | number | boolean;

/** A file on a card, without its contents. */
export interface WireFile extends Pick<CardFile, 'name' | 'type' | 'alt'> {
  /** Where it can be fetched; another one when something else is in it. */
  url: string;
}

/** One message of a channel: somebody's words and the reply to them, or a message of the bot's own. */
export interface WireMessage {
  id: string;
  /** Id of the channel. */
  channel: string;
  /** Id of the person who said it; nobody, if it is the bot's own. */
  member?: string;
  /** '' if it is the bot's own. */
  said: string;
  /** Nobody else may see it. */
  onlyYou: boolean;
  /** ms since 1970 UTC. */
  createdAt: number;
  /** Not there until the first answer. */
  card?: Omit<Card, 'files'>;
  /** The card's files. */
  files?: WireFile[];
  /** Where the clip can be played from, if there is one. */
  videoUrl?: string;
  /** The measured span of the card's progress, in words. */
  usually?: string;
}

/** A channel that a person can choose. */
export interface WireChannelEntry extends Pick<Channel, 'id' | 'name'> {
  /** Purpose of the channel, in a sentence. */
  topic: string;
  /** When the latest message in it was said that the person sees, ms since 1970 UTC. */
  latest?: number;
}

/** A channel as one person sees it, with the commands and names available to them. */
export interface WireChannel {
  /** The server's clock, ms since 1970 UTC. */
  now: number;
  /** Id of this channel. */
  channel: string;
  /** Those that the person sees. */
  channels: WireChannelEntry[];
  people: WebPerson[];
  roles: Role[];
  commands: WireCommand[];
  messageCommands: WireMessageCommand[];
  /** The oldest first. */
  messages: WireMessage[];
  /** Whether `messages` begins with the channel's first one. */
  complete: boolean;
}
