import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter } from 'kysely';

/** The databases that the store runs on. */
export type DialectName = 'sqlite' | 'postgres';

/** Which database a connection talks to. */
export function dialectOf(db: Pick<Kysely<never>, 'getExecutor'>): DialectName {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}

/** A primary key that grows with each row, of a type that the database can count up by itself. */
export function growing(db: Kysely<never>): {
  type: 'integer' | 'bigint';
  build: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
} {
  return dialectOf(db) === 'postgres'
    ? { type: 'bigint', build: (column) => column.primaryKey().generatedByDefaultAsIdentity() }
    : { type: 'integer', build: (column) => column.primaryKey().autoIncrement() };
}
