import { type CommunitySettings, DEFAULT_TIME_ZONE } from '../domain/community.ts';
import { mention } from '../domain/marks.ts';
import type { Asker, Origin } from '../domain/origin.ts';
import { findTimeZone, nearestTimeZones } from '../domain/time-zones.ts';
import type { Changes } from './door.ts';
import { reasonOf } from './one-line.ts';

/** The time zone that counts from now on; or, when there is none of that name, those whose names are nearest. */
export type TimeZoneResult = { timeZone: string } | { nearest: readonly string[] };

/** What moderators set for the whole community. */
export class Settings {
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /**
   * Sets where calendar periods begin.
   * @param name an IANA name in any case.
   * @throws {DailiesError} `moderators_only`.
   */
  async setTimeZone(asker: Asker, name: string): Promise<TimeZoneResult> {
    return await this.#changes.make(asker, async ({ communitySettings }, note) => {
      const timeZone = findTimeZone(name);
      if (timeZone === undefined) return { nearest: nearestTimeZones(name) };
      const { timeZone: before = DEFAULT_TIME_ZONE } = await communitySettings.get(asker.community);
      await communitySettings.set(asker.community, 'timeZone', timeZone);
      await note({ action: 'settings.timezone', subject: { kind: 'everything' }, before, after: timeZone });
      return { timeZone };
    });
  }

  /** Sets whether replies may be private. @throws {DailiesError} `moderators_only`. */
  async setPrivateReplies(asker: Asker, allowed: boolean): Promise<void> {
    await this.#changes.make(asker, async ({ communitySettings }, note) => {
      const { privateReplies = true } = await communitySettings.get(asker.community);
      await communitySettings.set(asker.community, 'privateReplies', allowed);
      await note({
        action: 'settings.private',
        subject: { kind: 'everything' },
        before: switchOf(privateReplies),
        after: switchOf(allowed),
      });
    });
  }

  /**
   * Sets which channel is told what happens, in the asker's language; the change is the first that it is told.
   * @param channel the platform's own id; undefined: none.
   * @throws {DailiesError} `moderators_only`.
   */
  async setLogChannel(asker: Asker & Partial<Pick<Origin, 'locale'>>, channel: string | undefined): Promise<void> {
    await this.#changes.make(asker, async ({ communitySettings }, note) => {
      const { logChannel } = await communitySettings.get(asker.community);
      await communitySettings.set(asker.community, 'logChannel', channel);
      await communitySettings.set(asker.community, 'logLocale', channel === undefined ? undefined : asker.locale);
      await note({
        action: 'settings.log',
        subject: { kind: 'everything' },
        before: channelOf(logChannel),
        after: channelOf(channel),
      });
    });
  }

  /**
   * Lets nobody ask for videos; what was accepted goes on.
   * @param reason for members; may be empty, and has at most `MAX_REASON_LENGTH` characters.
   * @returns the reason as it is kept.
   * @throws {DailiesError} `moderators_only`. @throws {RangeError} for a reason that is too long.
   */
  async pause(asker: Asker, reason: string): Promise<string> {
    return await this.#changes.make(asker, async ({ communitySettings }, note) => {
      const paused = { reason: reasonOf(reason) };
      const { paused: before } = await communitySettings.get(asker.community);
      await communitySettings.set(asker.community, 'paused', paused);
      const subject = { kind: 'everything' } as const;
      await note({ action: 'pause', subject, before: pauseOf(before), after: pauseOf(paused) });
      return paused.reason;
    });
  }

  /** Ends the pause. @returns whether there was one. @throws {DailiesError} `moderators_only`. */
  async resume(asker: Asker): Promise<boolean> {
    return await this.#changes.make(asker, async ({ communitySettings }, note) => {
      const { paused } = await communitySettings.get(asker.community);
      if (!paused) return false;
      await communitySettings.set(asker.community, 'paused', undefined);
      await note({ action: 'resume', subject: { kind: 'everything' }, before: pauseOf(paused), after: 'off' });
      return true;
    });
  }

  /** All that is set. @throws {DailiesError} `moderators_only`. */
  async get(asker: Asker): Promise<CommunitySettings> {
    return await this.#changes.read(asker, ({ communitySettings }) => communitySettings.get(asker.community));
  }
}

function switchOf(on: boolean): string {
  return on ? 'on' : 'off';
}

function channelOf(channel: string | undefined): string {
  return channel === undefined ? 'off' : mention('channel', channel);
}

function pauseOf(paused: CommunitySettings['paused']): string {
  return paused ? paused.reason || 'on' : 'off';
}
