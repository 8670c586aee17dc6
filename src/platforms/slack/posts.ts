import type { Card } from '../../domain/card.ts';
import { placeOf } from '../../domain/ids.ts';
import { ReplyError } from '../../domain/reply.ts';
import type { Log } from '../../lib/log.ts';
import { textsFor } from '../../locales/languages.ts';
import type { CardRenderer } from './card-renderer.ts';
import type { Clients, Team } from './clients.ts';
import { loggable, toReplyError } from './errors.ts';
import type { Files } from './files.ts';
import { joining } from './join-channel.ts';
import type { SlackOutgoing } from './outgoing.ts';
import type { Paces } from './paced.ts';
import type { SlackRef } from './ref.ts';

/** A post is nobody's in particular; its card has its words already. */
const LOCALE = 'en-US';

/** Dependencies of `Posts`. */
export interface PostsParts {
  clients: Clients;
  renderer: CardRenderer;
  files: Files;
  outgoing: SlackOutgoing;
  paces: Paces;
  log: Log;
}

/** Posts messages of the app's own, into channels of the workspace whose token it uses. */
export class Posts {
  readonly #parts: PostsParts;
  /** Which workspace the token for a team really is of. */
  readonly #teams = new Map<string, Promise<string | undefined>>();
  #count = 0;

  constructor(parts: PostsParts) {
    this.#parts = parts;
  }

  /** Posts a card, with its files in the thread. @throws {ReplyError} as `Chat.post`. */
  async post(community: string, channelId: string, card: Card): Promise<SlackRef> {
    const teamId = placeOf(community, 'slack');
    // A person's id would be taken as well, and lead into their direct messages.
    if (teamId === undefined || !/^[CG][A-Z0-9]+$/.test(channelId)) {
      throw new ReplyError('gone', `expected a channel of a workspace, got ${channelId} of ${community}`);
    }
    const team: Team = { teamId, enterpriseId: null };
    try {
      if ((await this.#teamBehind(team)) !== teamId) {
        throw new ReplyError('gone', `the app is not installed in the workspace ${teamId}`);
      }
      const ref = await this.#send(team, channelId, card);
      return card.files ? await this.#withFiles(ref, card) : ref;
    } catch (error) {
      throw toReplyError(error);
    }
  }

  /** One token serves one workspace, whichever is asked for. */
  async #teamBehind(team: Team): Promise<string | undefined> {
    const known = this.#teams.get(team.teamId);
    if (known) return known;
    const asking = this.#parts.clients.patiently(team, (client) => client.auth.test()).then(({ team_id }) => team_id);
    this.#teams.set(team.teamId, asking);
    asking.catch(() => this.#teams.delete(team.teamId));
    return asking;
  }

  async #send(team: Team, channelId: string, card: Card): Promise<SlackRef> {
    const { clients, renderer, paces } = this.#parts;
    const at = { ...team, platform: 'slack', userId: '', locale: LOCALE, kind: 'message', channelId, ts: '' } as const;
    const ref: SlackRef = { ...at, threadTs: null, responseUrl: null, fileIds: '' };
    const body = await renderer.render(ref, card);
    this.#count += 1;
    let ts = '';
    // No two posts are the same message, so none takes the place of another that waits.
    await paces.of(team).run(`${channelId}/post ${this.#count}`, false, async () => {
      const client = await clients.of(team);
      const message = { channel: channelId, ...body, unfurl_links: false, unfurl_media: false } as const;
      const posted = await joining(this.#parts, { team, channelId }, () => client.chat.postMessage(message));
      ts = posted.ts ?? '';
    });
    return { ...ref, ts };
  }

  async #withFiles(ref: SlackRef, card: Card): Promise<SlackRef> {
    const { files, outgoing, log } = this.#parts;
    const ids = await files.share(ref, { channelId: ref.channelId, threadTs: ref.ts }, card);
    if (ids) return { ...ref, fileIds: ids.join(',') };
    const noted = { ...card, notes: [...card.notes, textsFor(LOCALE, 'slack').slack.filesLost] };
    await outgoing.update(ref, noted, { last: true }).catch((error: unknown) => {
      // It is posted all the same; a second post of it would be worse than a missing note.
      log.debug(loggable(error), 'a post does not say that its files are missing');
    });
    return ref;
  }
}
