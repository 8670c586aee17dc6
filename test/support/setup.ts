import SQLite from 'better-sqlite3';

/**
 * A test's database need not outlive a loss of power, only its process. Waiting for the disk at every commit would take
 * most of a run's time, and all the more where others use the same disk.
 */
const pragma = SQLite.prototype.pragma;
SQLite.prototype.pragma = function (this: SQLite.Database, words, ...options) {
  return pragma.call(this, words === 'synchronous = FULL' ? 'synchronous = OFF' : words, ...options);
};
