import { z } from 'zod';
import { MODELS } from '../domain/models.ts';
import { PERIODS, type Period, type Quota } from '../domain/period.ts';
import { parseRate, type Rate } from '../domain/rate.ts';
import { choice, secret, url } from '../lib/setting-checks.ts';
import { findMisspelt } from './misspelt.ts';
import { type Choosables, chooseProvider, findUnfit, providerSettings } from './provider-choice.ts';
import { databaseUrl, findMisfits, isShared, shards } from './several-processes.ts';

const text = (expected: string) => z.string().min(1, { error: () => expected });

const wholeNumber = (minimum: number, maximum: number) => {
  const expected = `a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error: () => expected })
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, { error: () => expected });
};

const flag = z.enum(['true', 'false'], { error: () => 'true or false' }).transform((value) => value === 'true');

const rate = z
  .string()
  .refine((value) => parseRate(value) !== undefined, {
    error: () => 'a number, a slash, and second, minute, hour or day, such as 10/hour',
  })
  .transform((value) => parseRate(value) as Rate);

const quota = z
  .string()
  .regex(new RegExp(`^\\d{1,9}/(${PERIODS.join('|')})$`), {
    error: () => `credits, a slash, and ${PERIODS.join(', ')}, such as 20/day`,
  })
  .transform((value): Quota => {
    const [credits, period] = value.split('/') as [string, Period];
    return { credits: Number(credits), period };
  });

const MODEL_IDS = MODELS.map(({ id }) => id);

const models = z
  .string()
  .transform((value) => value.split(',').map((id) => id.trim().toLowerCase()))
  .refine((ids) => ids.every((id) => MODEL_IDS.includes(id)) && new Set(ids).size === ids.length, {
    error: () => `names of models with commas between, each once, out of ${MODEL_IDS.join(', ')}`,
  });

const dollars = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,2})?$/, { error: () => 'US dollars, such as 5 or 2.50' })
  .transform(Number);

/**
 * Every setting with its check, but for those of providers' own. A value of '' counts as not set. Those with a default say
 * so here and nowhere else.
 */
const SETTINGS = {
  DISCORD_TOKEN: secret('the bot token from the Discord developer portal').optional(),
  DISCORD_PUBLIC_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, {
      error: () => 'the public key from the Discord developer portal: 64 hexadecimal digits',
    })
    .optional(),
  DISCORD_GUILD_ID: z
    .string()
    .regex(/^\d{17,20}$/, { error: () => 'the id of a server: 17 to 20 digits' })
    .optional(),
  DISCORD_SHARDS: shards.optional(),
  DISCORD_API_URL: url.default('https://discord.com/api'),
  SLACK_BOT_TOKEN: secret('the bot token of the Slack app (xoxb-…)').optional(),
  SLACK_APP_TOKEN: secret('the app-level token of the Slack app (xapp-…)').optional(),
  SLACK_SIGNING_SECRET: secret('the signing secret of the Slack app').optional(),
  SLACK_API_URL: url.default('https://slack.com/api'),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^\d+\.\d+$/, { error: () => 'the client id of the Slack app: two numbers with a dot between' })
    .optional(),
  SLACK_CLIENT_SECRET: secret('the client secret of the Slack app').optional(),
  SECRET_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{32,}$/, { error: () => 'at least 32 random characters without spaces' })
    .optional(),
  MODELS: models.optional(),
  DATABASE_URL: databaseUrl.default('sqlite:data/dailies.db'),
  DATABASE_POOL: wholeNumber(2, 1000).default(10),
  ROLE: choice(['all', 'bot', 'worker']).default('all'),
  DATA_DIR: text('the path of a folder').default('data'),
  HOST: text('an address to listen at, such as 127.0.0.1').default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  PUBLIC_URL: url.optional(),
  LOW_BALANCE_USD: dollars.optional(),
  POLL_INTERVAL_MS: wholeNumber(1000, 600_000).default(10_000),
  GENERATION_TIMEOUT_MS: wholeNumber(10_000, 86_400_000).default(1_000_000),
  MEMBER_CONCURRENCY: wholeNumber(1, 1000).default(1),
  MEMBER_QUEUE: wholeNumber(0, 100_000).default(5),
  TOTAL_QUEUE: wholeNumber(1, 100_000).default(5000),
  MEMBER_RATE: rate.default({ count: 10, intervalMs: 3_600_000 }),
  PROVIDER_CONCURRENCY: wholeNumber(1, 100_000).default(20),
  DEFAULT_QUOTA: quota.default({ credits: 20, period: 'day' }),
  ALLOW_DIRECT_MESSAGES: flag.default(true),
  RETENTION_DAYS: wholeNumber(1, 36_500).default(7),
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ALLOW_PRIVATE_MEDIA_HOSTS: flag.default(false),
};

type Settings = z.output<z.ZodObject<typeof SETTINGS>>;

/** The settings, checked and complete, by their own names. */
export interface Config extends Settings {
  /** The name of the chosen provider. */
  PROVIDER: string;
  /** The settings of providers' own, by their names. */
  ofProviders: Readonly<Record<string, unknown>>;
}

/** The names of all settings. */
export function settingNames(kinds: Choosables): string[] {
  return [...new Set([...Object.keys(SETTINGS), ...Object.keys(providerSettings(kinds).shape)])];
}

/** Settings whose value must never be printed. */
const SECRETS = [
  'DISCORD_TOKEN',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_CLIENT_SECRET',
  'SECRET_KEY',
] as const satisfies (keyof Config)[];

function secretNames(kinds: Choosables): string[] {
  return [...SECRETS, ...kinds.flatMap(({ secrets }) => secrets)];
}

/** The values that must never leave the process by log or error. */
export function secretsOf(config: Config, kinds: Choosables): string[] {
  const url = config.DATABASE_URL;
  const password = isShared(url) ? new URL(url).password : '';
  const ofDatabase = password ? [url, password, decodeURIComponent(password)] : [];
  const values: Readonly<Record<string, unknown>> = { ...config, ...config.ofProviders };
  return [...secretNames(kinds).flatMap((name) => (values[name] ? String(values[name]) : [])), ...ofDatabase];
}

/** The settings are wrong; `problems` has one plain line each, fit for a terminal. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads the settings from an environment.
 * @param kinds the providers that can be chosen.
 * @throws {ConfigError} with one line for each wrong, misspelt or half-given setting.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, kinds: Choosables): Config {
  const given: Record<string, string> = {};
  const names = settingNames(kinds);
  for (const name of names) {
    const value = env[name]?.trim();
    if (value) given[name] = value;
  }
  const set = Object.keys(env).filter((name) => env[name]?.trim());
  const wrong = [...findMisspelt(set, names)].map(
    ([name, meant]) => `${name}: there is no such setting; did you mean ${meant}?`,
  );
  const ofProviders = providerSettings(kinds).safeParse(given);
  const parsed = z.object(SETTINGS).safeParse(given);
  for (const { path, message } of [...(ofProviders.error?.issues ?? []), ...(parsed.error?.issues ?? [])]) {
    const name = String(path[0]);
    wrong.push(`${name}: expected ${message}, found ${show(name, given, secretNames(kinds))}`);
  }
  // A missing half may be the misspelt name, so halves are reported once all names are right.
  if (!parsed.success || !ofProviders.success || wrong.length > 0) throw new ConfigError(wrong);
  const settings = parsed.data;
  const chat = Boolean(settings.DISCORD_TOKEN || settings.SLACK_BOT_TOKEN || settings.SLACK_CLIENT_ID);
  const provider = chooseProvider(kinds, ofProviders.data, chat);
  const problems = [
    ...findHalves(settings),
    ...findUnfit(kinds, provider, ofProviders.data, settings.ROLE),
    ...findMisfits(settings),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  const { PROVIDER: _, ...own } = ofProviders.data;
  return { ...settings, PROVIDER: provider.name, ofProviders: own };
}

/** A setting that makes no sense without another one: `given` needs one of `wanted`. */
const PAIRS: readonly { given: keyof Settings; wanted: readonly (keyof Settings)[]; what: string }[] = [
  { given: 'DISCORD_GUILD_ID', wanted: ['DISCORD_TOKEN'], what: 'a bot token' },
  { given: 'DISCORD_SHARDS', wanted: ['DISCORD_TOKEN'], what: 'a bot token' },
  { given: 'DISCORD_PUBLIC_KEY', wanted: ['DISCORD_TOKEN'], what: 'a bot token' },
  {
    given: 'SLACK_BOT_TOKEN',
    wanted: ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'],
    what: 'an app-level token (Socket Mode) or a signing secret (HTTP)',
  },
  { given: 'SLACK_APP_TOKEN', wanted: ['SLACK_BOT_TOKEN', 'SLACK_CLIENT_ID'], what: 'a bot token' },
  { given: 'SLACK_SIGNING_SECRET', wanted: ['SLACK_BOT_TOKEN', 'SLACK_CLIENT_ID'], what: 'a bot token' },
  { given: 'SLACK_CLIENT_ID', wanted: ['SLACK_CLIENT_SECRET'], what: 'the client secret' },
  { given: 'SLACK_CLIENT_SECRET', wanted: ['SLACK_CLIENT_ID'], what: 'the client id' },
  {
    given: 'SLACK_CLIENT_ID',
    wanted: ['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN'],
    what: 'a signing secret (HTTP) or an app-level token (Socket Mode)',
  },
  { given: 'SLACK_CLIENT_ID', wanted: ['SECRET_KEY'], what: 'a key to seal tokens with' },
  { given: 'SLACK_CLIENT_ID', wanted: ['PUBLIC_URL'], what: 'the address that Slack sends people back to' },
  { given: 'SECRET_KEY', wanted: ['SLACK_CLIENT_ID'], what: 'the client id of a Slack app, whose tokens it seals' },
];

function findHalves(settings: Settings): string[] {
  const problems = PAIRS.filter(({ given, wanted }) => settings[given] && !wanted.some((name) => settings[name])).map(
    ({ given, wanted, what }) => `${wanted[0]}: expected ${what}, because ${given} is set; found nothing`,
  );
  if (settings.SLACK_CLIENT_ID && settings.SLACK_BOT_TOKEN) {
    problems.push(
      'SLACK_BOT_TOKEN: expected nothing, because SLACK_CLIENT_ID is set and each workspace has its own; found a value',
    );
  }
  return problems;
}

/** A secret is not shown where it should stand, nor where it was put by mistake. */
function show(name: string, given: Readonly<Record<string, string>>, secrets: readonly string[]): string {
  const value = given[name];
  if (value === undefined) return 'nothing';
  // An address of a database may hold a password.
  const holdsPassword = name === 'DATABASE_URL' && value.includes('@');
  if (holdsPassword || secrets.some((secret) => secret === name || value.includes(given[secret] ?? value + name))) {
    return `a value of ${value.length} characters`;
  }
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}
