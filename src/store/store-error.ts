/**
 * Why the database could not be opened:
 * - `locked`: another process has it.
 * - `newer`: it was written by a newer version of the program.
 * - `unusable`: it cannot be read or written, or is no database.
 * - `unreachable`: no server answers at its address.
 * - `denied`: its server does not let this user in.
 * - `missing`: its server has no database of this name.
 * - `old`: its server is too old.
 * - `peers`: the processes that share it do not fit together (keys, clocks).
 */
export type StoreErrorKind = 'locked' | 'newer' | 'unusable' | 'unreachable' | 'denied' | 'missing' | 'old' | 'peers';

/** The database could not be opened; the message is one plain line for the operator. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
