import type { CommunitySettings } from '../domain/community.ts';
import { DailiesError } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import type { Model } from '../domain/models.ts';
import { offeredModels } from '../domain/offered-model.ts';
import type { Origin } from '../domain/origin.ts';
import type { MemberBlock } from '../store/blocked-members.ts';
import type { ChannelRule } from '../store/channel-rules.ts';
import type { Repositories } from '../store/repositories.ts';

/** Facts about a request, and the moderators' decisions that apply to it. */
export interface ConductFacts {
  settings: CommunitySettings;
  /** Of the member who asks. */
  block: MemberBlock | undefined;
  /** All of the community. */
  channelRules: readonly ChannelRule[];
  /** The platform's own id; for a thread, that of the channel it belongs to. */
  channel: string;
  /** Whether it is asked in a direct message, which is no channel of the community. */
  direct: boolean;
  /** Whether only the member would see the reply, although others are there. */
  alone: boolean;
  /** The id of the model that is asked for. */
  model: string;
  /** The models that the community offers. */
  offered: readonly Model[];
  /** In ms since 1970 UTC. */
  now: number;
}

/**
 * Whether moderators let a generation be made that is about to be accepted or kept as a draft, apart from what it costs.
 * @param available the models that can be used at all.
 * @throws {DailiesError} as {@link checkConduct} does.
 */
export async function checkPolicy(
  repositories: Repositories,
  { community, member, request, createdAt: now }: Pick<Generation, 'community' | 'member' | 'request' | 'createdAt'>,
  { channel, parentChannel, direct, alone }: Pick<Origin, 'channel' | 'parentChannel' | 'direct' | 'alone'>,
  available: readonly Model[],
): Promise<void> {
  const settings = await repositories.communitySettings.get(community);
  checkConduct({
    settings,
    block: await repositories.blocks.find(community, member, now),
    channelRules: await repositories.channelRules.list(community),
    channel: parentChannel ?? channel,
    direct,
    alone,
    model: request.model,
    offered: offeredModels(available, settings),
    now,
  });
}

/**
 * Whether moderators let this member make this video here, apart from what it costs.
 * @throws {DailiesError} the first of these that is so: `paused`, `blocked`, `channel_denied`, `model_disabled`,
 *   `private_denied`.
 */
export function checkConduct(facts: ConductFacts): void {
  const { settings, block, channelRules, channel, direct, alone, model, offered, now } = facts;
  if (settings.paused) throw new DailiesError('paused', { reason: settings.paused.reason });
  if (block && (block.until === undefined || block.until > now)) {
    throw new DailiesError('blocked', { reason: block.reason, until: block.until ?? null });
  }
  if (!direct && !mayBeUsed(channelRules, channel)) throw new DailiesError('channel_denied');
  if (!offered.some(({ id }) => id === model)) {
    throw new DailiesError('model_disabled', { model, models: offered.map(({ id }) => id) });
  }
  if (!direct && alone && settings.privateReplies === false) throw new DailiesError('private_denied');
}

/** A channel's own rule wins; a channel without a rule is allowed unless others are allowed by name. */
function mayBeUsed(rules: readonly ChannelRule[], channel: string): boolean {
  return rules.find((rule) => rule.channel === channel)?.allowed ?? !rules.some(({ allowed }) => allowed);
}
