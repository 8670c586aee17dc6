/** Discord's limit for a custom id, in characters. */
const LONGEST = 100;

/** What a button carries: `d:<action>:<target>`. @throws {RangeError} when that is longer than Discord allows. */
export function customIdOf(action: string, target: string): string {
  const id = `d:${action}:${target}`;
  if (action.includes(':') || id.length > LONGEST) {
    throw new RangeError(`expected an action without ":" and at most ${LONGEST} characters, got ${JSON.stringify(id)}`);
  }
  return id;
}

/** What a pressed button carried, or undefined when it is none of ours, such as one of an older bot's. */
export function parseCustomId(id: string): { action: string; target: string } | undefined {
  const match = /^d:([^:]+):(.*)$/s.exec(id);
  return match?.[1] === undefined ? undefined : { action: match[1], target: match[2] ?? '' };
}
