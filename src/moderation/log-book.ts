import type { LogEvent } from '../domain/event.ts';
import type { Repositories } from '../store/store.ts';

/**
 * Writes down what a community's log channel is to be told, in the transaction in which it happens; it is posted
 * afterwards. Where no log channel is set, nothing is written.
 * @param key an event with a key that was there already changes nothing.
 * @param at ms since 1970 UTC.
 */
export async function tellLogChannel(
  { communitySettings, logEntries }: Pick<Repositories, 'communitySettings' | 'logEntries'>,
  community: string,
  key: string,
  event: LogEvent,
  at: number,
): Promise<void> {
  const { logChannel } = await communitySettings.get(community);
  if (logChannel !== undefined) await logEntries.append(community, key, event, at);
}
