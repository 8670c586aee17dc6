import type { APIActionRowComponent, APIButtonComponentWithCustomId, APIEmbed } from 'discord.js';
import { Waits } from '../waits.ts';
import { type Body, type FilePart, refusals, snowflake } from './protocol.ts';

/** A file in a message, with what was uploaded. */
interface FakeAttachment {
  id: string;
  filename: string;
  size: number;
  bytes: Buffer;
  /** What a screen reader says. */
  description?: string;
}

/** A message as everybody in the channel sees it now; `deleted` ones stay, so that tests can see that. */
export interface FakeMessage {
  id: string;
  channelId: string;
  guildId: string | undefined;
  /** Shows "thinking…" until it is edited. */
  loading: boolean;
  deleted: boolean;
  content: string;
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
  attachments: FakeAttachment[];
  flags: number;
  sizeLimit: number;
  /** Whether the bot is in the channel; it is not where only a user's own installation brought it. */
  botInChannel: boolean;
}

/** A form that is open, as the bot sent it. */
export interface FakeModal {
  custom_id: string;
  title: string;
  components: { type: number; label: string; component: FakeField }[];
}

/** A text input (4) or a select (3) in a form. */
export interface FakeField {
  type: number;
  custom_id: string;
  required?: boolean;
  value?: string;
  max_length?: number;
  options?: { label: string; value: string; default?: boolean }[];
}

/** What the fake knows of one interaction. */
export interface FakeInteraction {
  id: string;
  /** 2: command, 3: component, 4: autocompletion, 5: form. */
  type: number;
  token: string;
  userId: string;
  /** In ms that this process has lived, as is how long an acknowledgement may take and how long a token lives. */
  createdAt: number;
  channelId: string;
  guildId: string | undefined;
  sizeLimit: number;
  /** The message that the pressed button is on, also when a form was opened by it. */
  pressedOn: string | undefined;
  botInChannel: boolean;
  /** The server lets apps of its members answer in private only. */
  mustBePrivate: boolean;
  /** The form that was opened. */
  modal?: FakeModal;
  /** What was suggested for the option that is being typed. */
  choices?: { name: string; value: string | number }[];
  /** The callback's type, and when it came (ms after the interaction was made). */
  acknowledged?: { type: number; afterMs: number };
  /** What `@original` means. */
  original?: string;
  followUps: string[];
}

/** A change of a message that came in by REST. */
export interface Edit {
  at: number;
  messageId: string;
  by: 'callback' | 'webhook' | 'channel';
  body: Record<string, unknown>;
  files: readonly FilePart[];
}

/** Everything that the fake remembers, and those who wait for it to change. */
export class State {
  readonly waits = new Waits();
  readonly applicationId = snowflake();
  readonly messages = new Map<string, FakeMessage>();
  readonly interactions = new Map<string, FakeInteraction>();
  /** By `global` or guild id. */
  readonly commands = new Map<string, unknown[]>();
  /** Channels of direct messages, by user. */
  readonly directs = new Map<string, string>();
  /** People who take no direct messages. */
  readonly closed = new Set<string>();
  /** Channels that the bot may not use any more, with the error's code: 10003, 50001, 50013. */
  readonly denied = new Map<string, number>();
  /** The servers that channels belong to, of those that the bot can see. */
  readonly channels = new Map<string, { guildId: string; type: number; parentId?: string }>();
  readonly edits: Edit[] = [];
  readonly violations: string[] = [];
  /** Every request: method, path and the status it got. */
  readonly ledger: { at: number; method: string; path: string; status: number }[] = [];

  changed(): void {
    this.waits.changed();
  }

  createMessage(place: {
    channelId: string;
    guildId?: string | undefined;
    sizeLimit: number;
    botInChannel: boolean;
  }): FakeMessage {
    const message: FakeMessage = {
      id: snowflake(),
      channelId: place.channelId,
      guildId: place.guildId,
      loading: false,
      deleted: false,
      content: '',
      embeds: [],
      components: [],
      attachments: [],
      flags: 0,
      sizeLimit: place.sizeLimit,
      botInChannel: place.botInChannel,
    };
    this.messages.set(message.id, message);
    return message;
  }

  /** The channel of direct messages with a person; the same each time. */
  directWith(userId: string): string {
    const channel = this.directs.get(userId) ?? snowflake();
    this.directs.set(userId, channel);
    return channel;
  }

  /** The person whose direct messages a channel holds. */
  personIn(channelId: string): string | undefined {
    return [...this.directs].find(([, channel]) => channel === channelId)?.[0];
  }

  /** A message that is there. @throws {Refusal} 10008 */
  getMessage(id: string | undefined): FakeMessage {
    const message = id === undefined ? undefined : this.messages.get(id);
    if (!message || message.deleted) throw refusals.unknownMessage();
    return message;
  }

  /** Applies a body that has been checked: what it does not name stays. @throws {Refusal} 40005 */
  write(message: FakeMessage, body: Body, by: Edit['by']): void {
    const json = (body.json ?? {}) as Partial<FakeMessage> & {
      attachments?: { id: string | number; description?: string }[];
    };
    this.edits.push({ at: Date.now(), messageId: message.id, by, body: { ...json }, files: body.files });
    if (body.files.some(({ bytes }) => bytes.length > message.sizeLimit)) throw refusals.tooLarge();
    const describing = (index: number) => json.attachments?.find(({ id }) => String(id) === String(index))?.description;
    const added = body.files.map(({ index, name, bytes }) => {
      const description = describing(index);
      return { id: snowflake(), filename: name, size: bytes.length, bytes, ...(description && { description }) };
    });
    const kept = json.attachments
      ? message.attachments.filter(({ id }) => json.attachments?.some((named) => String(named.id) === id))
      : message.attachments;
    if (json.content !== undefined) message.content = json.content ?? '';
    if (json.embeds !== undefined) message.embeds = json.embeds ?? [];
    if (json.components !== undefined) message.components = json.components ?? [];
    message.attachments = [...kept, ...added];
    message.loading = false;
  }

  /** The message as the API shows it. */
  toJson(message: FakeMessage): Record<string, unknown> {
    const user = { id: this.applicationId, username: 'dailies', discriminator: '0', global_name: null, avatar: null };
    const address = `https://cdn.discordapp.com/attachments/${message.channelId}`;
    return {
      id: message.id,
      type: 0,
      channel_id: message.channelId,
      author: { ...user, bot: true },
      application_id: this.applicationId,
      webhook_id: this.applicationId,
      content: message.content,
      embeds: message.embeds.map((embed) => ({ type: 'rich', ...embed })),
      components: message.components,
      attachments: message.attachments.map(({ id, filename, size }) => ({
        id,
        filename,
        size,
        url: `${address}/${id}/${filename}`,
        proxy_url: `${address}/${id}/${filename}`,
      })),
      flags: message.flags | (message.loading ? 128 : 0),
      mentions: [],
      mention_roles: [],
      mention_everyone: false,
      pinned: false,
      tts: false,
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
    };
  }
}
