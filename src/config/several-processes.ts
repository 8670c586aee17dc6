import { z } from 'zod';

/** Whether a database can be shared by several processes. */
export function isShared(databaseUrl: string): boolean {
  return /^postgres(ql)?:/.test(databaseUrl);
}

/** `DATABASE_URL`. */
export const databaseUrl = z
  .string()
  .refine((value) => /^sqlite:.+/.test(value) || (/^postgres(ql)?:\/\/./.test(value) && URL.canParse(value)), {
    error: () =>
      'sqlite: and the path of a file, such as sqlite:data/dailies.db, or postgres:// and the address of a database',
  });

/** Which of Discord's gateway connections (shards) a process opens, out of how many. */
export interface Shards {
  ids: readonly number[];
  count: number;
}

/** `DISCORD_SHARDS`, such as `0-3/8`: the shards from 0 to 3 of 8. */
export const shards = z
  .string()
  .regex(/^\d{1,5}(-\d{1,5})?\/\d{1,5}$/, { error: () => SHARDS })
  .transform((value): Shards => {
    const [first = 0, last = first, count = 0] = (/^(\d+)(?:-(\d+))?\/(\d+)$/.exec(value) ?? [])
      .slice(1)
      .map((part) => (part === undefined ? undefined : Number(part)));
    return { ids: Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => first + index), count };
  })
  .refine(({ ids, count }) => ids.length > 0 && (ids.at(-1) ?? 0) < count, { error: () => SHARDS });

const SHARDS = 'the first and the last shard of this process, and how many there are, such as 0-3/8';

/** What these settings say of how the work is shared. */
export interface Sharing {
  ROLE: 'bot' | 'worker' | 'all';
  DATABASE_URL: string;
  DISCORD_SHARDS?: Shards | undefined;
  DISCORD_TOKEN?: string | undefined;
  DISCORD_PUBLIC_KEY?: string | undefined;
  SLACK_BOT_TOKEN?: string | undefined;
  SLACK_CLIENT_ID?: string | undefined;
}

/** @returns one line for each way in which the settings of sharing do not fit together. */
export function findMisfits(settings: Sharing): string[] {
  const { ROLE: role, DATABASE_URL: url } = settings;
  const problems: string[] = [];
  if (settings.DISCORD_SHARDS && settings.DISCORD_PUBLIC_KEY) {
    problems.push(
      'DISCORD_SHARDS: expected nothing, because with DISCORD_PUBLIC_KEY there is no gateway; found a value',
    );
  }
  if (role === 'all') return problems;
  if (!isShared(url)) {
    problems.push(
      `ROLE: expected all, because a SQLite file serves one process; found "${role}" (or set DATABASE_URL)`,
    );
  }
  if (!settings.DISCORD_TOKEN && !settings.SLACK_BOT_TOKEN && !settings.SLACK_CLIENT_ID) {
    const why = role === 'worker' ? 'a worker edits the replies of that chat' : 'a bot takes requests in that chat';
    problems.push(
      `DISCORD_TOKEN or SLACK_BOT_TOKEN: expected the token of a chat, because ROLE is ${role} and ${why}; found nothing`,
    );
  }
  return problems;
}

/** Settings that all processes which share a database must have alike, by their names. */
export function identityOf(
  {
    SECRET_KEY,
    PROVIDER,
    ofProviders,
  }: { SECRET_KEY?: string | undefined; PROVIDER: string; ofProviders: Readonly<Record<string, unknown>> },
  { secrets }: { secrets: readonly string[] },
): Record<string, string | undefined> {
  const own = secrets.map((name) => [name, ofProviders[name] === undefined ? undefined : String(ofProviders[name])]);
  return { SECRET_KEY, PROVIDER, ...Object.fromEntries(own) };
}
