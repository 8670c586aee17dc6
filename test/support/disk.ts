import SQLite from 'better-sqlite3';
import { onTestFinished, vi } from 'vitest';

/** The databases that this process opens from now on, whose disk can be troubled. */
export interface Disk {
  /** Takes nothing more: every write fails, reads go on. */
  refuseWrites(): void;
  /** Has room for no more pages. */
  fill(): void;
  /** All is well again. */
  mend(): void;
}

/** Stands between better-sqlite3 and whoever opens a database with it; ours is left as it is. */
export function watchDisk(): Disk {
  const opened = new Set<SQLite.Database>();
  const pragma = SQLite.prototype.pragma;
  const spy = vi.spyOn(SQLite.prototype, 'pragma').mockImplementation(function (this: SQLite.Database, ...given) {
    opened.add(this);
    return pragma.apply(this, given);
  });
  onTestFinished(() => spy.mockRestore());
  const all = (words: string) => {
    for (const database of opened) if (database.open) pragma.call(database, words);
  };
  return {
    refuseWrites: () => all('query_only = ON'),
    fill() {
      for (const database of opened) {
        if (!database.open) continue;
        pragma.call(database, `max_page_count = ${pragma.call(database, 'page_count', { simple: true })}`);
      }
    },
    mend() {
      all('query_only = OFF');
      all('max_page_count = 1073741823');
    },
  };
}
