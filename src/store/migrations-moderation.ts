import { type Kysely, sql } from 'kysely';
import { keepAudit } from './append-only.ts';
import { growing } from './dialect.ts';

/** Adds the tables for moderators' decisions, the audit and the log. */
export const moderation = {
  // A migration works on the schema of its own time, which today's types do not describe.
  async up(db: Kysely<never>) {
    const position = growing(db);
    await db.schema
      .createTable('rules')
      .addColumn('community', 'text', (column) => column.notNull())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('credits', 'double precision', (column) => column.check(sql`credits >= 0`))
      .addColumn('period', 'text', (column) => column.notNull())
      .addColumn('set_by', 'text', (column) => column.notNull())
      .addColumn('set_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('rules_key', ['community', 'scope', 'subject'])
      .execute();
    await db.schema
      .createTable('pace_rules')
      .addColumn('community', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('concurrency', 'integer')
      .addColumn('waiting', 'integer')
      .addColumn('starts', 'integer')
      .addColumn('starts_ms', 'bigint')
      .addPrimaryKeyConstraint('pace_rules_key', ['community', 'subject'])
      .execute();
    await db.schema
      .createTable('grants')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('community', 'text', (column) => column.notNull())
      .addColumn('member', 'text', (column) => column.notNull())
      .addColumn('credits', 'double precision', (column) => column.notNull().check(sql`credits > 0`))
      .addColumn('granted_by', 'text', (column) => column.notNull())
      .addColumn('granted_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint')
      .execute();
    await db.schema.createIndex('grants_by_member').on('grants').columns(['community', 'member']).execute();
    await db.schema
      .createTable('grant_draws')
      .addColumn('grant_id', 'text', (column) => column.notNull().references('grants.id'))
      .addColumn('generation_id', 'text', (column) => column.notNull().references('generations.id'))
      .addColumn('credits', 'double precision', (column) => column.notNull().check(sql`credits > 0`))
      .addPrimaryKeyConstraint('grant_draws_key', ['grant_id', 'generation_id'])
      .execute();
    await db.schema
      .createTable('blocks')
      .addColumn('community', 'text', (column) => column.notNull())
      .addColumn('member', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('until', 'bigint')
      .addColumn('blocked_by', 'text', (column) => column.notNull())
      .addColumn('blocked_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('blocks_key', ['community', 'member'])
      .execute();
    await db.schema
      .createTable('channel_rules')
      .addColumn('community', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('allowed', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('channel_rules_key', ['community', 'channel'])
      .execute();
    await db.schema
      .createTable('words')
      .addColumn('community', 'text', (column) => column.notNull())
      .addColumn('word', 'text', (column) => column.notNull())
      .addColumn('added_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('words_key', ['community', 'word'])
      .execute();
    await db.schema
      .createTable('community_settings')
      .addColumn('community', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('community_settings_key', ['community', 'name'])
      .execute();
    await db.schema
      .createTable('audit')
      .addColumn('position', position.type, position.build)
      .addColumn('community', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('before', 'text')
      .addColumn('after', 'text')
      .execute();
    await db.schema.createIndex('audit_by_community').on('audit').columns(['community', 'position']).execute();
    await keepAudit(db);
    await db.schema
      .createTable('log_entries')
      .addColumn('position', position.type, position.build)
      .addColumn('key', 'text', (column) => column.notNull().unique())
      .addColumn('community', 'text', (column) => column.notNull())
      .addColumn('data', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('posted_at', 'bigint')
      .execute();
    await db.schema.createIndex('log_entries_to_post').on('log_entries').columns(['posted_at', 'position']).execute();
    await db.schema
      .createTable('refusals')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('community', 'text', (column) => column.notNull())
      .addColumn('member', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('model', 'text', (column) => column.notNull())
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('refusals_by_community').on('refusals').columns(['community', 'at']).execute();
    await db.schema
      .createTable('reports')
      .addColumn('generation_id', 'text', (column) => column.notNull().references('generations.id'))
      .addColumn('reporter', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('reports_key', ['generation_id', 'reporter'])
      .execute();
    await db.schema
      .alterTable('holds')
      .addColumn('channel', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await db.schema
      .alterTable('holds')
      .addColumn('granted', 'double precision', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createIndex('holds_by_channel')
      .on('holds')
      .columns(['community', 'channel', 'created_at'])
      .execute();
    await db.schema.createIndex('holds_by_community').on('holds').columns(['community', 'created_at']).execute();
    await db.schema.alterTable('generations').addColumn('starts_at', 'bigint').execute();
    await db.schema.alterTable('generations').addColumn('concurrency', 'integer').execute();
    await db.schema
      .alterTable('generations')
      .addColumn('roles', 'text', (column) => column.notNull().defaultTo('[]'))
      .execute();
    await db.schema.createIndex('generations_by_start').on('generations').columns(['member', 'starts_at']).execute();
    await db.schema
      .createIndex('generations_by_community')
      .on('generations')
      .columns(['community', 'created_at'])
      .execute();
  },
};
