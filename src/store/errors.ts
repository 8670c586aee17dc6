/**
 * Why the database could not be opened:
 * - `locked`: another process has it.
 * - `newer`: it was written by a newer version of the program.
 * - `unusable`: it cannot be read or written, or is no database.
 */
export type StoreErrorKind = 'locked' | 'newer' | 'unusable';

/** The database could not be opened; the message is one plain line for the operator. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
