import type { AuthorizeResult } from '@slack/bolt';
import type { Installation, InstallationStore } from '@slack/oauth';
import type { Clock } from '../../../lib/clock.ts';
import { type InstallationQuery, readRemoval } from './removal.ts';
import { SealError, type Sealer } from './sealing.ts';

/** The part of Keyv in use; its `throwOnErrors` must be on, or a closed database would read as "not installed". */
export interface Entries {
  get(key: string): Promise<unknown>;
  set(key: string, value: string): Promise<unknown>;
  delete(key: string): Promise<boolean>;
}

type AnyInstallation = Installation<'v1' | 'v2', boolean>;

/**
 * Why there is no token:
 * - `not installed`: nobody installed the app there, or it was removed.
 * - `other key`: `SECRET_KEY` has changed since.
 * - `damaged`: the stored record was changed from outside.
 * - `unsupported`: Slack gave an installation that this bot cannot work with.
 */
export type InstallationErrorKind = 'not installed' | 'other key' | 'damaged' | 'unsupported';

/** An installation cannot be had or kept; the message is one plain line for the operator. */
class InstallationError extends Error {
  override readonly name = 'InstallationError';
  readonly kind: InstallationErrorKind;

  constructor(kind: InstallationErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Record sealed for each installation. */
interface Stored {
  installation: AnyInstallation;
  installedAt: number;
}

/** Key of an empty sealed entry that shows at the start whether the secret key is still the same. */
const KEY_CHECK = 'key-check';

/**
 * The workspaces and organisations that have installed the app. Each is one entry, written whole, because Keyv has no
 * atomic update; an entry is sealed, tokens and all, for its own key, so that none can take another's place.
 */
export class Installations implements InstallationStore {
  readonly #entries: Entries;
  readonly #sealer: Sealer;
  readonly #clock: Clock;

  constructor(options: { keyv: Entries; sealer: Sealer; clock: Clock }) {
    this.#entries = options.keyv;
    this.#sealer = options.sealer;
    this.#clock = options.clock;
  }

  /**
   * Makes sure that the key is the one that the stored installations were sealed with. Call it before anything else.
   * @throws {InstallationError} `other key`, `damaged`.
   */
  async checkKey(): Promise<void> {
    const known = await this.#entries.get(KEY_CHECK);
    if (known === undefined) await this.#entries.set(KEY_CHECK, this.#sealer.seal('', KEY_CHECK));
    else this.#open(known, KEY_CHECK, 'the list of Slack workspaces');
  }

  /** Keeps an installation, in place of an earlier one of the same workspace or organisation. */
  async store(installation: AnyInstallation): Promise<void> {
    if (!installation.bot?.token) {
      throw new InstallationError('unsupported', 'Slack gave no bot token; the app needs its bot scopes');
    }
    if (installation.bot.refreshToken) {
      throw new InstallationError('unsupported', 'the app has token rotation switched on, which this bot cannot use');
    }
    const key = keyOf({
      teamId: installation.team?.id,
      enterpriseId: installation.enterprise?.id,
      isEnterpriseInstall: installation.isEnterpriseInstall === true,
    });
    if (!key) throw new InstallationError('unsupported', 'Slack named neither a workspace nor an organisation');
    const stored: Stored = { installation, installedAt: this.#clock.now() };
    await this.#entries.set(key, this.#sealer.seal(JSON.stringify(stored), key));
  }

  /**
   * The installation that serves a workspace: its own, or else its organisation's.
   * @throws {InstallationError}
   */
  async fetch(query: InstallationQuery): Promise<AnyInstallation> {
    const found = await this.#find(query);
    if (found) return found;
    const where = query.teamId ?? query.enterpriseId ?? 'an unknown workspace';
    throw new InstallationError('not installed', `the app is not installed in ${where}`);
  }

  /** Forgets an installation; one that is not there is no error. */
  async delete(query: InstallationQuery): Promise<void> {
    const key = keyOf(query);
    if (key) await this.#entries.delete(key);
  }

  /**
   * The bot's token for a workspace; undefined when the app is not (or no longer) installed there.
   * @throws {InstallationError} `other key`, `damaged`.
   */
  async tokenFor(team: string, enterprise?: string): Promise<string | undefined> {
    const found = await this.#find({ teamId: team, enterpriseId: enterprise, isEnterpriseInstall: false });
    return found?.bot?.token;
  }

  /** As Bolt's `authorize`. @throws {InstallationError} */
  async authorize(source: InstallationQuery): Promise<AuthorizeResult> {
    const { bot, team, enterprise } = await this.fetch(source);
    const teamId = team?.id ?? source.teamId;
    const enterpriseId = enterprise?.id ?? source.enterpriseId;
    return {
      ...(bot && { botToken: bot.token, botId: bot.id, botUserId: bot.userId }),
      ...(teamId && { teamId }),
      ...(enterpriseId && { enterpriseId }),
    };
  }

  /**
   * Handles an event from Slack: `app_uninstalled` and `tokens_revoked` remove the installation that they are
   * about, unless the app was installed again since.
   * @returns whether one was removed.
   */
  async onEvent(body: unknown): Promise<boolean> {
    const removal = readRemoval(body);
    const key = removal && keyOf(removal);
    if (!key) return false;
    const { installation, installedAt } = (await this.#readable(key)) ?? {};
    if (installedAt !== undefined && removal.before < installedAt) return false;
    const botUser = installation?.bot?.userId;
    if (botUser && removal.botUsers && !removal.botUsers.includes(botUser)) return false;
    return await this.#entries.delete(key);
  }

  storeInstallation: InstallationStore['storeInstallation'] = (installation) => this.store(installation);
  fetchInstallation: InstallationStore['fetchInstallation'] = (query) => this.fetch(query);
  deleteInstallation: NonNullable<InstallationStore['deleteInstallation']> = (query) => this.delete(query);

  async #find(query: InstallationQuery): Promise<AnyInstallation | undefined> {
    for (const key of keysFor(query)) {
      const stored = await this.#read(key);
      if (stored) return stored.installation;
    }
    return undefined;
  }

  async #read(key: string): Promise<Stored | undefined> {
    const sealed = await this.#entries.get(key);
    if (sealed === undefined) return undefined;
    return JSON.parse(this.#open(sealed, key, `the Slack installation ${key}`)) as Stored;
  }

  /** Ignores a record that cannot be read: it is no use to anybody any more, so it may be removed like any other. */
  async #readable(key: string): Promise<Stored | undefined> {
    return await this.#read(key).catch((error: unknown) => {
      if (error instanceof InstallationError) return undefined;
      throw error;
    });
  }

  #open(sealed: unknown, place: string, what: string): string {
    try {
      return this.#sealer.open(String(sealed), place, what);
    } catch (error) {
      if (error instanceof SealError) throw new InstallationError(error.kind, error.message, { cause: error });
      throw error;
    }
  }
}

function keyOf({ teamId, enterpriseId, isEnterpriseInstall }: InstallationQuery): string | undefined {
  if (isEnterpriseInstall) return enterpriseId && `enterprise:${enterpriseId}`;
  return teamId && `team:${teamId}`;
}

function keysFor(query: InstallationQuery): string[] {
  return [keyOf(query), keyOf({ ...query, isEnterpriseInstall: true })].filter((key) => key !== undefined);
}
