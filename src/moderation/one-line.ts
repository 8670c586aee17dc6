/** Somebody's words on one line, without control characters: some clear a terminal, and Postgres keeps no NUL. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** The longest reason, in characters. */
export const MAX_REASON_LENGTH = 200;

/** A reason as it is kept. @throws {RangeError} when it is too long. */
export function reasonOf(text: string): string {
  const reason = oneLine(text);
  const { length } = [...reason];
  if (length <= MAX_REASON_LENGTH) return reason;
  throw new RangeError(`expected a reason of at most ${MAX_REASON_LENGTH} characters, got ${length}`);
}
