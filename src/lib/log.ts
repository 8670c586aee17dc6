import { type DestinationStream, type Logger, pino } from 'pino';

/** Where the operator reads what happened and why. */
export type Log = Logger;

/** Fields that hold secrets wherever they turn up; the value is never written. */
const SECRET_FIELDS = ['token', 'authorization', 'Authorization', 'apiKey', 'secret', 'password'];

/** Secrets that are not known beforehand: an interaction's token inside an address, a bearer or bot token in a header. */
const SECRET_PATTERNS: readonly [RegExp, string][] = [
  [/(\/(?:webhooks|interactions)\/\d+\/)[\w-]{20,}/g, '$1[redacted]'],
  [/\bx(?:ox[a-z]|app)-[\w-]{8,}/g, '[redacted]'],
  [/(hooks\.slack\.com\/)[\w/-]+/g, '$1[redacted]'],
  [/\b(Bearer|Bot) [\w.~+/=-]{8,}/g, '$1 [redacted]'],
];

/** Makes a function that takes secrets out of a line: these, anywhere in it, and whatever looks like a chat's token. */
export function createScrub(secrets: readonly string[]): (line: string) => string {
  const known = secrets
    .filter((secret) => secret.length > 0)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return (line) => {
    let clean = line;
    for (const secret of known) clean = clean.replaceAll(secret, '[redacted]');
    for (const [pattern, replacement] of SECRET_PATTERNS) clean = clean.replace(pattern, replacement);
    return clean;
  };
}

/**
 * A logger that writes JSON lines.
 * @param secrets values that are replaced wherever they stand in a line, in messages and stack traces too.
 * @param destination where the lines go; standard output if not given.
 */
export function createLog(level: string, secrets: readonly string[], destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[redacted]',
      },
      hooks: { streamWrite: createScrub(secrets) },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}
