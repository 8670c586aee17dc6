import SQLite from 'better-sqlite3';

const { pragma } = SQLite.prototype;

// This runs once a test file, several of which share a process.
if (pragma.name !== 'hasty') {
  /**
   * A test's database need not outlive a loss of power, only its process. Waiting for the disk at every commit would take
   * most of a run's time, and all the more where others use the same disk.
   */
  SQLite.prototype.pragma = function hasty(this: SQLite.Database, words, ...options) {
    return pragma.call(this, words === 'synchronous = FULL' ? 'synchronous = OFF' : words, ...options);
  };
}
