import type { Log } from '../../lib/log.ts';
import type { Clients, Team } from './clients.ts';
import { isOutside, loggable } from './errors.ts';

/**
 * Posts into a channel; joins a public one first if the app is not in it and may join.
 * @throws the errors of `post`.
 */
export async function joining<T>(
  { clients, log }: { clients: Clients; log: Log },
  { team, channelId }: { team: Team; channelId: string },
  post: () => Promise<T>,
): Promise<T> {
  try {
    return await post();
  } catch (error) {
    if (!isOutside(error)) throw error;
    try {
      await clients.patiently(team, (client) => client.conversations.join({ channel: channelId }));
    } catch (refusal) {
      log.debug(loggable(refusal), 'a channel could not be joined');
      throw error;
    }
    return await post();
  }
}
