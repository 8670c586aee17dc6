/** Discord's limit for a custom id, in characters. */
const LONGEST = 100;

/** What a button or a form carries. */
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

/** What a custom id carries, or undefined when it is none of ours, such as one of an older bot's. */
export function parseCustomId(id: string): Carried | undefined {
  const match = /^d(?:@(\d+))?:([^:]+):(.*)$/s.exec(id);
  return match?.[2] === undefined ? undefined : { action: match[2], target: match[3] ?? '', home: match[1] };
}
