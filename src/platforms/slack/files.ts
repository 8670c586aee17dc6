import type { Card } from '../../domain/card.ts';
import type { Log } from '../../lib/log.ts';
import { inPixels } from '../shared/pixels.ts';
import type { Clients, Team } from './clients.ts';
import { loggable } from './errors.ts';
import { escapeText } from './mrkdwn.ts';

/** Where files are put. */
export interface Conversation {
  channelId: string;
  threadTs: string | null;
}

/** Puts a card's files into conversations, as no message of ours can hold them. */
export class Files {
  readonly #clients: Clients;
  readonly #log: Log;

  constructor(parts: { clients: Clients; log: Log }) {
    this.#clients = parts.clients;
    this.#log = parts.log;
  }

  /**
   * Uploads all files of a card as one message. Never throws.
   * @returns the files' ids, or undefined when Slack did not take them.
   */
  async share(team: Team, { channelId, threadTs }: Conversation, card: Card): Promise<string[] | undefined> {
    try {
      const client = await this.#clients.of(team, 'upload');
      const shown = await inPixels(card.files ?? [], this.#log);
      const { files } = await client.filesUploadV2({
        channel_id: channelId,
        ...(threadTs !== null && { thread_ts: threadTs }),
        initial_comment: escapeText(card.title),
        file_uploads: shown.map(({ name, base64, alt }) => ({
          file: Buffer.from(base64, 'base64'),
          filename: name,
          // Slack may lose files that come with an alternative text (slackapi/python-slack-sdk#1818): it is the title.
          title: alt,
        })),
      });
      return files?.flatMap((part) => part.files ?? []).flatMap(({ id }) => id ?? []);
    } catch (error) {
      this.#log.warn({ team: team.teamId, ...loggable(error) }, 'the files of an answer could not be uploaded');
      return undefined;
    }
  }

  /**
   * The same into the direct message with a person, for an answer that only they see.
   * @returns the direct message's channel, or undefined when it could not be had.
   */
  async shareDirectly(team: Team, userId: string, card: Card): Promise<string | undefined> {
    try {
      const { channel } = await this.#clients.patiently(team, (client) => client.conversations.open({ users: userId }));
      const channelId = channel?.id ?? '';
      return (await this.share(team, { channelId, threadTs: null }, card)) && channelId;
    } catch (error) {
      this.#log.warn(
        { team: team.teamId, ...loggable(error) },
        'there is no direct message for the files of an answer',
      );
      return undefined;
    }
  }
}
