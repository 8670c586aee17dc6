import type { Kysely, Selectable } from 'kysely';
import type { Card } from '../domain/card.ts';
import type { ReplyRef } from '../domain/reply.ts';
import type { Database } from './schema.ts';

/** One message of the playground: what somebody said and the bot's reply to it, or what the bot said by itself. */
export interface WebMessage {
  id: string;
  channel: string;
  /** Undefined if nobody but the bot said it. */
  member: string | undefined;
  /** '' if nobody but the bot said it. */
  said: string;
  /** The only member who may see it, or undefined for all. */
  audience: string | undefined;
  card: Card | undefined;
  /** Id of the generation whose clip is in the reply. */
  clip: string | undefined;
  createdAt: number;
}

/** Messages in the playground's channels. */
export class WebMessages {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async insert(message: WebMessage): Promise<void> {
    await this.#db
      .insertInto('web_messages')
      .values({
        id: message.id,
        channel: message.channel,
        member: message.member ?? '',
        said: message.said,
        audience: message.audience ?? null,
        card: message.card ? JSON.stringify(message.card) : null,
        clip: message.clip ?? null,
        created_at: message.createdAt,
      })
      .execute();
  }

  async find(id: string): Promise<WebMessage | undefined> {
    const row = await this.#db.selectFrom('web_messages').selectAll().where('id', '=', id).executeTakeFirst();
    return row && fromRow(row);
  }

  /** Changes what is given. @returns the message after it, or undefined when it is not there (deleted). */
  async change(id: string, change: { card?: Card; clip?: string; audience?: string }): Promise<WebMessage | undefined> {
    const row = await this.#db
      .updateTable('web_messages')
      .set({
        ...(change.card && { card: JSON.stringify(change.card) }),
        ...(change.clip && { clip: change.clip }),
        ...(change.audience && { audience: change.audience }),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    return row && fromRow(row);
  }

  /** Removes one message; one that is not there is no error. */
  async delete(id: string): Promise<void> {
    await this.#db.deleteFrom('web_messages').where('id', '=', id).execute();
  }

  /** The latest messages, the oldest of them first; at most `limit`. @param channel of this one only. */
  async listLatest(limit: number, channel?: string): Promise<WebMessage[]> {
    const rows = await this.#db
      .selectFrom('web_messages')
      .selectAll()
      .$if(channel !== undefined, (query) => query.where('channel', '=', channel ?? ''))
      .orderBy('position', 'desc')
      .limit(limit)
      .execute();
    return rows.map(fromRow).reverse();
  }

  /**
   * Removes what a member said with the replies to it, and all else about any of these generations: posts of the bot, and
   * lists that moderators have asked for.
   * @param keep ids of messages that stay.
   * @returns the addresses of what is gone.
   */
  async deleteOf(member: string, generations: ReadonlySet<string>, keep: readonly string[]): Promise<ReplyRef[]> {
    const posts = await this.#db
      .selectFrom('web_messages')
      .select(['id', 'card'])
      .where('card', 'is not', null)
      .execute();
    const about = posts.filter(({ card }) =>
      (JSON.parse(card ?? '{}') as Partial<Card>).buttons?.some(({ target }) => generations.has(target)),
    );
    const removed = await this.#db
      .deleteFrom('web_messages')
      .where((is) => is.or([is('member', '=', member), is('id', 'in', [...about.map(({ id }) => id), ''])]))
      .where('id', 'not in', [...keep, ''])
      .returning('id')
      .execute();
    return removed.map(({ id }) => ({ platform: 'web', messageId: id }));
  }

  /** Removes all that was said before `moment` (ms). */
  async deleteBefore(moment: number): Promise<void> {
    await this.#db.deleteFrom('web_messages').where('created_at', '<', moment).execute();
  }
}

function fromRow(row: Selectable<Database['web_messages']>): WebMessage {
  return {
    id: row.id,
    channel: row.channel,
    member: row.member || undefined,
    said: row.said,
    audience: row.audience ?? undefined,
    card: row.card === null ? undefined : JSON.parse(row.card),
    clip: row.clip ?? undefined,
    createdAt: Number(row.created_at),
  };
}
