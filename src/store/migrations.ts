import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { growing } from './dialect.ts';
import { cardTexts } from './migrations-cards.ts';
import { forgottenAt, linkedDeliveries, moderatorKinds, wholeCredits, wholeMoments } from './migrations-columns.ts';
import { moderation } from './migrations-moderation.ts';
import { provider } from './migrations-provider.ts';

/** The changes of the schema, in order. Once released, one is never edited; a new one is added. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001_first_house': {
    // A migration works on the schema of its own time, which today's types do not describe.
    async up(db: Kysely<never>) {
      const position = growing(db);
      await db.schema
        .createTable('generations')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('community', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('member', 'text', (column) => column.notNull())
        .addColumn('locale', 'text', (column) => column.notNull())
        .addColumn('reply', 'text', (column) => column.notNull())
        .addColumn('request', 'text', (column) => column.notNull())
        .addColumn('model', 'text', (column) => column.notNull())
        .addColumn('seconds', 'integer', (column) => column.notNull())
        .addColumn('credits', 'double precision', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('provider', 'text', (column) => column.notNull())
        .addColumn('provider_id', 'text')
        .addColumn('video_url', 'text')
        .addColumn('failure', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('submitted_at', 'bigint')
        .addColumn('generating_at', 'bigint')
        .addColumn('ready_at', 'bigint')
        .addColumn('finished_at', 'bigint')
        .addColumn('shown_state', 'text')
        .execute();
      await db.schema.createIndex('generations_by_state').on('generations').columns(['state', 'created_at']).execute();
      await db.schema
        .createIndex('generations_by_member')
        .on('generations')
        .columns(['member', 'created_at'])
        .execute();
      await db.schema
        .createIndex('generations_by_duration')
        .on('generations')
        .columns(['provider', 'model', 'seconds', 'ready_at'])
        .execute();
      await db.schema
        .createTable('holds')
        .addColumn('generation_id', 'text', (column) => column.primaryKey().references('generations.id'))
        .addColumn('community', 'text', (column) => column.notNull())
        .addColumn('member', 'text', (column) => column.notNull())
        .addColumn('credits', 'double precision', (column) => column.notNull().check(sql`credits >= 0`))
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('holds_by_member')
        .on('holds')
        .columns(['community', 'member', 'created_at'])
        .execute();
      await db.schema
        .createTable('deliveries')
        .addColumn('generation_id', 'text', (column) => column.primaryKey().references('generations.id'))
        .addColumn('claimed_at', 'bigint', (column) => column.notNull())
        .addColumn('receipt', 'text')
        .addColumn('delivered_at', 'bigint')
        .execute();
      await db.schema
        .createTable('entries')
        .addColumn('namespace', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('value', 'text', (column) => column.notNull())
        .addColumn('expires_at', 'bigint')
        .addPrimaryKeyConstraint('entries_key', ['namespace', 'key'])
        .execute();
      await db.schema
        .createTable('web_messages')
        .addColumn('position', position.type, position.build)
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('member', 'text', (column) => column.notNull())
        .addColumn('said', 'text', (column) => column.notNull())
        .addColumn('audience', 'text')
        .addColumn('card', 'text')
        .addColumn('clip', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
  '0002_moderators': {
    async up(db: Kysely<never>) {
      await db.schema
        .createTable('moderators')
        .addColumn('community', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('added_by', 'text', (column) => column.notNull())
        .addColumn('added_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('moderators_key', ['community', 'subject'])
        .execute();
    },
  },
  '0003_moderation': moderation,
  '0004_web_channels': {
    async up(db: Kysely<never>) {
      await db.schema
        .alterTable('web_messages')
        .addColumn('channel', 'text', (column) => column.notNull().defaultTo('general'))
        .execute();
    },
  },
  '0005_provider': provider,
  '0006_lost_requests': {
    async up(db: Kysely<never>) {
      for (const name of ['sent_at', 'settled_at']) {
        await db.schema.alterTable('generations').addColumn(name, 'bigint').execute();
      }
    },
  },
  '0007_moderator_kinds': moderatorKinds,
  '0008_forgotten_at': forgottenAt,
  '0009_whole_credits': wholeCredits,
  '0010_linked_deliveries': linkedDeliveries,
  '0011_whole_moments': wholeMoments,
  '0012_card_texts': cardTexts,
};
