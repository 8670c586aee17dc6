/** Discord's limit for a custom id, in characters. */
const LONGEST = 100;

/** Data in the custom id of a button or form. */
export interface Carried {
  /** A button's action, or a form's name. */
  action: string;
  target: string;
  /** The server that it belongs to, where it is shown outside of that: in a direct message. */
  home?: string | undefined;
}

/**
 * `d:<action>:<target>`, or `d@<home>:<action>:<target>`.
 * @throws {RangeError} when that is longer than Discord allows.
 */
export function customIdOf({ action, target, home }: Carried): string {
  const id = `d${home === undefined ? '' : `@${home}`}:${action}:${target}`;
  if (action.includes(':') || id.length > LONGEST) {
    throw new RangeError(`expected an action without ":" and at most ${LONGEST} characters, got ${JSON.stringify(id)}`);
  }
  return id;
}

/** Reads a custom id; undefined if it is not one of ours, such as one from an older version of the bot. */
export function parseCustomId(id: string): Carried | undefined {
  const match = /^d(?:@(\d+))?:([^:]+):(.*)$/s.exec(id);
  return match?.[2] === undefined ? undefined : { action: match[2], target: match[3] ?? '', home: match[1] };
}
