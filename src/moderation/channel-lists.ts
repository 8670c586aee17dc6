import type { ChannelRule } from '../store/channel-rules.ts';
import type { Moderating } from './door.ts';

/**
 * Allows videos in a channel, and then only in channels that are allowed; or denies them there. A thread follows its
 * channel.
 * @param channel the platform's own id.
 * @returns all rules there are now, and whether this one is new. @throws {DailiesError} `moderators_only`.
 */
export async function setChannel(
  context: Moderating,
  channel: string,
  allowed: boolean,
): Promise<{ rules: ChannelRule[]; changed: boolean }> {
  const { moderation, community } = context;
  return await moderation.change(context, async ({ channelRules, note }) => {
    const before = wordFor(await channelRules.list(community), channel);
    await channelRules.set(community, { channel, allowed });
    const rules = await channelRules.list(community);
    const action = allowed ? 'channel.allow' : 'channel.deny';
    const changed = await note(action, { kind: 'channel', id: channel }, before, wordFor(rules, channel));
    return { rules, changed };
  });
}

/**
 * Takes the rule of a channel back.
 * @returns all rules there are now, and whether there was one for this channel.
 * @throws {DailiesError} `moderators_only`.
 */
export async function clearChannel(
  context: Moderating,
  channel: string,
): Promise<{ rules: ChannelRule[]; found: boolean }> {
  const { moderation, community } = context;
  return await moderation.change(context, async ({ channelRules, note }) => {
    const rules = await channelRules.list(community);
    const before = wordFor(rules, channel);
    if (before === undefined) return { rules, found: false };
    await channelRules.clear(community, channel);
    await note('channel.clear', { kind: 'channel', id: channel }, before);
    return { rules: rules.filter((rule) => rule.channel !== channel), found: true };
  });
}

/** All rules, the allowed channels first. @throws {DailiesError} `moderators_only`. */
export async function listChannels(context: Moderating): Promise<ChannelRule[]> {
  return await context.moderation.read(context, ({ channelRules }) => channelRules.list(context.community));
}

function wordFor(rules: readonly ChannelRule[], channel: string): string | undefined {
  const rule = rules.find((one) => one.channel === channel);
  return rule && (rule.allowed ? 'allowed' : 'denied');
}
