/** Checks that an id is one that a mention can hold. @throws {RangeError} */
export function checkSubject(subject: string): void {
  if (!/^[\w:/-]{1,100}$/.test(subject)) throw expected('an id', subject);
}

/** Checks that a number is whole and between two others, both included. @throws {RangeError} */
export function checkWhole(value: number, minimum: number, maximum: number): void {
  const fits = Number.isSafeInteger(value) && value >= minimum && value <= maximum;
  if (!fits) throw expected(`a whole number from ${minimum} to ${maximum}`, value);
}

/** An error that says what was expected and what came. */
export function expected(what: string, found: unknown): RangeError {
  return new RangeError(`expected ${what}, got ${JSON.stringify(found)}`);
}
