import type { Kysely, Selectable } from 'kysely';
import type { Rule, Scope, SetRule } from '../domain/rule.ts';
import type { Database } from './schema.ts';

/** Moderators' credit limits. */
export class Rules {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Sets a rule; it takes the place of the one for the same scope and subject. */
  async set(community: string, { scope, subject, credits, period, setBy, setAt }: SetRule): Promise<void> {
    const values = { credits, period, set_by: setBy, set_at: setAt };
    await this.#db
      .insertInto('rules')
      .values({ community, scope, subject, ...values })
      .onConflict((conflict) => conflict.columns(['community', 'scope', 'subject']).doUpdateSet(values))
      .execute();
  }

  /** Takes a rule away. @returns it, or undefined when there was none. */
  async clear(community: string, scope: Scope, subject: string): Promise<SetRule | undefined> {
    const row = await this.#db
      .deleteFrom('rules')
      .where('community', '=', community)
      .where('scope', '=', scope)
      .where('subject', '=', subject)
      .returningAll()
      .executeTakeFirst();
    return row && fromRow(row);
  }

  async find(community: string, scope: Scope, subject: string): Promise<SetRule | undefined> {
    const row = await this.#db
      .selectFrom('rules')
      .selectAll()
      .where('community', '=', community)
      .where('scope', '=', scope)
      .where('subject', '=', subject)
      .executeTakeFirst();
    return row && fromRow(row);
  }

  /** All rules of a community, in no order. */
  async list(community: string): Promise<SetRule[]> {
    const rows = await this.#db.selectFrom('rules').selectAll().where('community', '=', community).execute();
    return rows.map(fromRow);
  }

  /** The rules of a community that can count for a member with these roles in this channel, in no order. */
  async listFor(
    community: string,
    { member, roles, channel }: { member: string; roles: readonly string[]; channel: string },
  ): Promise<Rule[]> {
    const rows = await this.#db
      .selectFrom('rules')
      .selectAll()
      .where('community', '=', community)
      .where((is) =>
        is.or([
          is('scope', 'in', ['everyone', 'community']),
          is.and([is('scope', '=', 'member'), is('subject', '=', member)]),
          is.and([is('scope', '=', 'channel'), is('subject', '=', channel)]),
          ...(roles.length > 0 ? [is.and([is('scope', '=', 'role'), is('subject', 'in', roles)])] : []),
        ]),
      )
      .execute();
    return rows.map(fromRow);
  }
}

function fromRow(row: Selectable<Database['rules']>): SetRule {
  return {
    scope: row.scope,
    subject: row.subject,
    credits: row.credits === null ? null : Number(row.credits),
    period: row.period,
    setBy: row.set_by,
    setAt: Number(row.set_at),
  };
}
