import { livedMs } from '../../support/pace.ts';
import { Waits } from '../waits.ts';

/** A person of a workspace. */
export interface FakeUser {
  id: string;
  /** What people call them. */
  name?: string;
  admin?: boolean;
  owner?: boolean;
  locale?: string;
  deleted?: boolean;
}

/** A place where messages can be. */
export interface FakeChannel {
  id: string;
  kind: 'public' | 'private' | 'im';
  archived?: boolean;
  /** Only some may post. */
  restricted?: boolean;
  /** Whether the app is in it. */
  member: boolean;
  /** The person of a direct message. */
  user?: string;
}

/** A file, with what was uploaded. */
export interface FakeFile {
  id: string;
  name: string;
  /** What people read above it. */
  title: string | undefined;
  length: number;
  bytes: Buffer | undefined;
  completed: boolean;
  deleted: boolean;
  /** Timestamp of the message that shares it, once it is there. */
  sharedTs?: string;
  channel?: string;
}

/** Blocks as Slack takes them. */
export type Block = Record<string, unknown> & { type: string; block_id?: string };

/** A message as everybody sees it now; deleted ones stay, so that tests can see that. */
export interface FakeMessage {
  ts: string;
  channel: string;
  threadTs: string | undefined;
  text: string;
  blocks: Block[];
  files: FakeFile[];
  deleted: boolean;
  /** How often it was changed. */
  edits: number;
  args: Record<string, unknown>;
}

/** Something that one person alone was shown. */
export interface Whisper {
  by: 'response_url' | 'postEphemeral';
  user: string;
  channel: string;
  text: string;
  blocks: Block[];
  replacesOriginal: boolean;
  deletesOriginal: boolean;
}

/** A modal or Home tab. */
export interface FakeView {
  id: string;
  hash: string;
  user: string;
  team: string;
  type: string;
  callbackId: string;
  privateMetadata: string;
  blocks: Block[];
  raw: Record<string, unknown>;
}

/** An address that answers one interaction. */
export interface ResponseUrl {
  url: string;
  user: string;
  channel: string;
  uses: number;
  expiresAt: number;
}

/** One request to the Web API. */
export interface Call {
  at: number;
  method: string;
  args: Record<string, unknown>;
  token: string;
  error: string | undefined;
}

/** Everything that the fake remembers, and those who wait for it to change. */
export class State {
  readonly waits = new Waits();
  readonly teamId: string;
  readonly botUserId = 'U0BOT';
  readonly botId = 'B0BOT';
  readonly appId = 'A0APP';
  readonly users = new Map<string, FakeUser>();
  /** By user group, the ids of who is in it. */
  readonly userGroups = new Map<string, string[]>();
  readonly channels = new Map<string, FakeChannel>();
  readonly messages: FakeMessage[] = [];
  readonly whispers: Whisper[] = [];
  readonly files = new Map<string, FakeFile>();
  readonly views: FakeView[] = [];
  readonly homes = new Map<string, FakeView>();
  readonly triggers = new Map<string, { expiresAt: number; used: boolean }>();
  readonly responseUrls = new Map<string, ResponseUrl>();
  readonly calls: Call[] = [];
  readonly violations: string[] = [];
  #count = 0;
  #second = 1_700_000_000;

  constructor(teamId: string) {
    this.teamId = teamId;
  }

  id(prefix: string): string {
    this.#count += 1;
    return `${prefix}${String(this.#count).padStart(6, '0')}`;
  }

  ts(): string {
    this.#second += 1;
    return `${this.#second}.000100`;
  }

  changed(): void {
    this.waits.changed();
  }

  /** A new trigger id, good for `lifeMs`. */
  trigger(lifeMs: number): string {
    const id = `${this.id('')}.${this.id('')}.trigger`;
    this.triggers.set(id, { expiresAt: livedMs() + lifeMs, used: false });
    return id;
  }

  message(channel: string, ts: string): FakeMessage | undefined {
    return this.messages.find((one) => one.channel === channel && one.ts === ts && !one.deleted);
  }

  /** Resolves with the first value that `look` finds, now or after a change. */
  until<T>(look: () => T | undefined | false): Promise<T> {
    return this.waits.until(look, () => {
      const calls = this.calls.slice(-6).map(({ method, error }) => `${method} ${error ?? 'ok'}`);
      return `the last calls were ${calls.join(', ')}`;
    });
  }
}
