import { type Kysely, sql } from 'kysely';
import { dialectOf } from './dialect.ts';

// A migration works on the schema of its own time, which today's types do not describe.

/** Whether a named moderator is a member or a role; until now only the audit knew. */
export const moderatorKinds = {
  async up(db: Kysely<never>) {
    await db.schema
      .alterTable('moderators')
      .addColumn('kind', 'text', (column) => column.notNull().defaultTo('role'))
      .execute();
    const { rows: named } = await sql<{ community: string; subject: string }>`
      select community, subject from moderators`.execute(db);
    const { rows: noted } = await sql<{ community: string; subject: string }>`
      select community, subject from audit where action = 'moderators.add' order by position`.execute(db);
    const kinds = new Map(
      noted.map(({ community, subject }): [string, string] => {
        const { kind, id } = JSON.parse(subject) as { kind: string; id: string };
        return [`${community} ${ownIdOf(id)}`, kind];
      }),
    );
    for (const { community, subject } of named) {
      // Slack documentation, "User types": U or W begins a member's id.
      const looks = community.startsWith('slack:') && /^[UW]/.test(subject) ? 'member' : 'role';
      await sql`update moderators set kind = ${kinds.get(`${community} ${subject}`) ?? looks}
        where community = ${community} and subject = ${subject}`.execute(db);
    }
  },
};

/** The platform's own id: `U1` of `slack:T1/U1`. */
function ownIdOf(id: string): string {
  return id.split(/[:/]/).at(-1) ?? id;
}

/** When a generation's prompt was removed; until now an empty prompt said that it was. */
export const forgottenAt = {
  async up(db: Kysely<never>) {
    await db.schema.alterTable('generations').addColumn('forgotten_at', 'bigint').execute();
    // As text: Postgres takes half a character in a prompt for no JSON. A prompt's own quotation marks are escaped.
    await sql`update generations set forgotten_at = ${Date.now()} where request like '%"prompt":"",%'`.execute(db);
  },
};

/** Columns of credits: what fills them at first (none: they may be null), and the check that goes with them. */
const CREDITS = [
  ['generations', 'credits', sql`0`, undefined],
  ['holds', 'credits', sql`0`, sql`>= 0`],
  ['holds', 'granted', sql`0`, undefined],
  ['rules', 'credits', undefined, sql`>= 0`],
  // A check must hold for the rows that are there when it is added; they get their own values right after.
  ['grants', 'credits', sql`1`, sql`> 0`],
  ['grant_draws', 'credits', sql`1`, sql`> 0`],
] as const;

/** Credits as integers; they were doubles, though always whole. Should a part of a credit be there, it counts as one. */
export const wholeCredits = {
  async up(db: Kysely<never>) {
    const type = sql.raw(dialectOf(db) === 'postgres' ? 'bigint' : 'integer');
    for (const [table, column, filler, check] of CREDITS) {
      const [name, whole] = [sql.ref(column), sql.ref(`whole_${column}`)];
      await sql`alter table ${sql.table(table)} add column ${whole} ${type}
        ${filler ? sql`not null default ${filler}` : sql``}
        ${check ? sql`check (${whole} ${check})` : sql``}`.execute(db);
      await sql`update ${sql.table(table)} set ${whole} = cast(ceil(${name}) as ${type})`.execute(db);
      await sql`alter table ${sql.table(table)} drop column ${name}`.execute(db);
      await sql`alter table ${sql.table(table)} rename column ${whole} to ${name}`.execute(db);
    }
  },
};

/** Moments in whole milliseconds; the provider's time was reckoned in halves, which SQLite kept and Postgres refuses. */
export const wholeMoments = {
  async up(db: Kysely<never>) {
    if (dialectOf(db) === 'postgres') return;
    for (const name of ['sent_at', 'settled_at', 'generating_at']) {
      const column = sql.ref(name);
      await sql`update generations set ${column} = cast(round(${column}) as integer)
        where typeof(${column}) = 'real'`.execute(db);
    }
  },
};

/** Whether a clip is linked in its reply; until now the receipt said `link` then. */
export const linkedDeliveries = {
  async up(db: Kysely<never>) {
    await db.schema
      .alterTable('deliveries')
      .addColumn('linked', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await sql`update deliveries set linked = 1, receipt = null where receipt = 'link'`.execute(db);
  },
};
