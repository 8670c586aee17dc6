import { type CommunitySettings, DEFAULT_TIME_ZONE } from '../domain/community.ts';
import { EVERYTHING } from '../domain/event.ts';
import type { Origin } from '../domain/origin.ts';
import { findTimeZone, nearestTimeZones } from '../domain/time-zones.ts';
import type { Moderating } from './door.ts';

/** The time zone that counts from now on; or, when there is none of that name, those whose names are nearest. */
export type TimeZoneResult = { timeZone: string; changed: boolean } | { nearest: readonly string[] };

/**
 * Sets where calendar periods begin.
 * @param name an IANA name in any case.
 * @throws {DailiesError} `moderators_only`.
 */
export async function setTimeZone(context: Moderating, name: string): Promise<TimeZoneResult> {
  const { moderation, community } = context;
  return await moderation.change(context, async ({ communitySettings, note }) => {
    const timeZone = findTimeZone(name);
    if (timeZone === undefined) return { nearest: nearestTimeZones(name) };
    const { timeZone: before = DEFAULT_TIME_ZONE } = await communitySettings.get(community);
    await communitySettings.set(community, 'timeZone', timeZone);
    return { timeZone, changed: await note('settings.timezone', EVERYTHING, before, timeZone) };
  });
}

/** Sets whether replies may be private. @returns whether that is new. @throws {DailiesError} `moderators_only`. */
export async function setPrivateReplies(context: Moderating, allowed: boolean): Promise<boolean> {
  const { moderation, community } = context;
  return await moderation.change(context, async ({ communitySettings, note }) => {
    const { privateReplies = true } = await communitySettings.get(community);
    await communitySettings.set(community, 'privateReplies', allowed);
    return await note('settings.private', EVERYTHING, switchOf(privateReplies), switchOf(allowed));
  });
}

/**
 * Sets the log channel, in the asker's language; this change is the first line posted there.
 * @param channel the platform's own id; undefined: none.
 * @returns whether it is another channel than before.
 * @throws {DailiesError} `moderators_only`.
 */
export async function setLogChannel(
  context: Moderating & Partial<Pick<Origin, 'locale'>>,
  channel: string | undefined,
): Promise<boolean> {
  const { moderation, community, locale } = context;
  return await moderation.change(context, async ({ communitySettings, note }) => {
    const { logChannel } = await communitySettings.get(community);
    await communitySettings.set(community, 'logChannel', channel);
    await communitySettings.set(community, 'logLocale', channel === undefined ? undefined : locale);
    return await note('settings.log', EVERYTHING, channelOf(logChannel), channelOf(channel));
  });
}

/** All settings of the community. @throws {DailiesError} `moderators_only`. */
export async function getSettings(context: Moderating): Promise<CommunitySettings> {
  return await context.moderation.read(context, ({ communitySettings }) => communitySettings.get(context.community));
}

/** The time zone (IANA name) in which the community's dates are meant. @throws {DailiesError} `moderators_only`. */
export async function getTimeZone(context: Moderating): Promise<string> {
  return (await getSettings(context)).timeZone ?? DEFAULT_TIME_ZONE;
}

function switchOf(on: boolean): string {
  return on ? 'on' : 'off';
}

function channelOf(channel: string | undefined): string {
  return channel === undefined ? 'off' : `#${channel}`;
}
