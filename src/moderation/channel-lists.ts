import type { Asker } from '../domain/origin.ts';
import type { ChannelRule } from '../store/channel-rules.ts';
import type { Changes } from './door.ts';

/** Channels are by the platform's own ids; a thread follows its channel. */
export class ChannelLists {
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** Lets videos be made there, and nowhere else where nothing is said. @returns all that is said now. */
  async allow(asker: Asker, channel: string): Promise<ChannelRule[]> {
    return await this.#set(asker, { channel, allowed: true });
  }

  /** Lets no videos be made there. @returns all that is said now. @throws {DailiesError} `moderators_only`. */
  async deny(asker: Asker, channel: string): Promise<ChannelRule[]> {
    return await this.#set(asker, { channel, allowed: false });
  }

  /**
   * Takes back what is said of a channel.
   * @returns all that is said now, and whether anything was said of this one.
   * @throws {DailiesError} `moderators_only`.
   */
  async clear(asker: Asker, channel: string): Promise<{ rules: ChannelRule[]; found: boolean }> {
    const { community } = asker;
    return await this.#changes.make(asker, async ({ channelRules }, note) => {
      const before = await channelRules.list(community);
      const said = saidOf(before, channel);
      if (said === undefined) return { rules: before, found: false };
      await channelRules.clear(community, channel);
      await note({
        action: 'channel.clear',
        subject: { kind: 'channel', id: channel },
        before: said,
        after: undefined,
      });
      return { rules: before.filter((rule) => rule.channel !== channel), found: true };
    });
  }

  /** All that is said, the allowed ones first. @throws {DailiesError} `moderators_only`. */
  async list(asker: Asker): Promise<ChannelRule[]> {
    return await this.#changes.read(asker, ({ channelRules }) => channelRules.list(asker.community));
  }

  async #set(asker: Asker, rule: ChannelRule): Promise<ChannelRule[]> {
    const { community } = asker;
    const { channel, allowed } = rule;
    return await this.#changes.make(asker, async ({ channelRules }, note) => {
      const before = saidOf(await channelRules.list(community), channel);
      await channelRules.set(community, rule);
      await note({
        action: allowed ? 'channel.allow' : 'channel.deny',
        subject: { kind: 'channel', id: channel },
        before,
        after: wordOf(rule),
      });
      return await channelRules.list(community);
    });
  }
}

function saidOf(rules: readonly ChannelRule[], channel: string): string | undefined {
  const rule = rules.find((one) => one.channel === channel);
  return rule && wordOf(rule);
}

function wordOf({ allowed }: ChannelRule): string {
  return allowed ? 'allowed' : 'denied';
}
