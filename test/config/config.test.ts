import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Config,
  ConfigError,
  readConfig as read,
  secretsOf as secretsIn,
  settingNames,
} from '../../src/config/config.ts';
import { PROVIDERS } from '../../src/providers/index.ts';

const SETTING_NAMES = settingNames(PROVIDERS);
const readConfig = (env: Record<string, string | undefined>) => read(env, PROVIDERS);
const secretsOf = (config: Config) => secretsIn(config, PROVIDERS);

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('need nothing to be set: the sandbox, a SQLite file and the loopback address are the defaults', () => {
    expect(readConfig({})).toMatchObject({
      PROVIDER: 'sandbox',
      DATABASE_URL: 'sqlite:data/dailies.db',
      HOST: '127.0.0.1',
      PORT: 3000,
      MEMBER_RATE: { count: 10, intervalMs: 3_600_000 },
      DEFAULT_QUOTA: { credits: 20, period: 'day' },
      ALLOW_PRIVATE_MEDIA_HOSTS: false,
    });
  });

  it('treat an empty value as not set, as .env files and compose files have it', () => {
    expect(readConfig({ AIMLAPI_KEY: '', PORT: ' ' })).toMatchObject({ PROVIDER: 'sandbox', PORT: 3000 });
  });

  it('use the AI/ML API as soon as there is a key', () => {
    expect(readConfig({ AIMLAPI_KEY: 'key-1234' }).PROVIDER).toBe('aimlapi');
    expect(readConfig({ AIMLAPI_KEY: 'key-1234', PROVIDER: 'sandbox' }).PROVIDER).toBe('sandbox');
  });

  it.each([
    ['PORT', '80 80', 'a whole number from 0 to 65535', '"80 80"'],
    ['PORT', '65536', 'a whole number from 0 to 65535', '"65536"'],
    ['PORT', '-1', 'a whole number from 0 to 65535', '"-1"'],
    ['POLL_INTERVAL_MS', '10', 'a whole number from 1000 to 600000', '"10"'],
    ['PROVIDER', 'openai', 'aimlapi or sandbox', '"openai"'],
    [
      'MODELS',
      'pro,ultra',
      'names of models with commas between, each once, out of lite, pro, pro-fast, 1.5-pro, 2.0, 2.0-fast, 2.0-mini, 2.5',
      '"pro,ultra"',
    ],
    [
      'MODELS',
      'pro,pro',
      'names of models with commas between, each once, out of lite, pro, pro-fast, 1.5-pro, 2.0, 2.0-fast, 2.0-mini, 2.5',
      '"pro,pro"',
    ],
    ['LOW_BALANCE_USD', '$5', 'US dollars, such as 5 or 2.50', '"$5"'],
    ['LOW_BALANCE_USD', '-1', 'US dollars, such as 5 or 2.50', '"-1"'],
    ['AIMLAPI_ENDPOINT', 'v3', 'universal or bytedance', '"v3"'],
    ['AIMLAPI_BASE_URL', 'api.aimlapi.com', 'an address that begins with http:// or https://', '"api.aimlapi.com"'],
    [
      'DATABASE_URL',
      'mysql://db',
      'sqlite: and the path of a file, such as sqlite:data/dailies.db, or postgres:// and the address of a database',
      '"mysql://db"',
    ],
    [
      'DISCORD_SHARDS',
      '4-8/8',
      'the first and the last shard of this process, and how many there are, such as 0-3/8',
      '"4-8/8"',
    ],
    ['ROLE', 'boss', 'all or bot or worker', '"boss"'],
    ['DISCORD_PUBLIC_KEY', 'abc', 'the public key from the Discord developer portal: 64 hexadecimal digits', '"abc"'],
    ['MEMBER_RATE', '10', 'a number, a slash, and second, minute, hour or day, such as 10/hour', '"10"'],
    ['MEMBER_RATE', '0/hour', 'a number, a slash, and second, minute, hour or day, such as 10/hour', '"0/hour"'],
    ['DEFAULT_QUOTA', '20/year', 'credits, a slash, and hour, day, week, month, such as 20/day', '"20/year"'],
    ['ALLOW_PRIVATE_MEDIA_HOSTS', 'yes', 'true or false', '"yes"'],
  ])('%s=%s stops the start with one plain line', (name, value, expected, found) => {
    expect(problemsOf({ [name]: value })).toEqual([`${name}: expected ${expected}, found ${found}`]);
  });

  it('narrow and order the models, and warn of a low balance, only when they are set', () => {
    expect(readConfig({})).not.toHaveProperty('MODELS');
    expect(readConfig({})).not.toHaveProperty('LOW_BALANCE_USD');
    expect(readConfig({ MODELS: ' Pro-Fast, pro', LOW_BALANCE_USD: '2.50' })).toMatchObject({
      MODELS: ['pro-fast', 'pro'],
      LOW_BALANCE_USD: 2.5,
    });
    expect(readConfig({ LOW_BALANCE_USD: '0' }).LOW_BALANCE_USD).toBe(0);
  });

  it('name every wrong setting at once', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'loud' }).map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'LOG_LEVEL',
    ]);
  });

  it.each([
    [{ DISCORD_GUILD_ID: '12345678901234567' }, 'DISCORD_TOKEN'],
    [{ DISCORD_PUBLIC_KEY: 'ab'.repeat(32) }, 'DISCORD_TOKEN'],
    [{ DISCORD_TOKEN: 'a-token' }, 'AIMLAPI_KEY'],
    [{ PROVIDER: 'aimlapi' }, 'AIMLAPI_KEY'],
  ])('%j is half a setting: the missing half is named', (env, missing) => {
    expect(problemsOf(env)).toEqual([expect.stringMatching(new RegExp(`^${missing}: expected .*found nothing$`))]);
  });

  it('never show a secret in a problem', () => {
    const env = { DISCORD_TOKEN: 'canary-token', AIMLAPI_KEY: 'canary-key', PORT: 'x', DISCORD_GUILD_ID: 'y' };
    expect(problemsOf(env).join()).not.toContain('canary');
    expect(secretsOf(readConfig({ DISCORD_TOKEN: 'canary-token', AIMLAPI_KEY: 'canary-key' }))).toEqual([
      'canary-token',
      'canary-key',
    ]);
  });

  it('never show the password of a database', () => {
    expect(problemsOf({ DATABASE_URL: 'postgre://ada:canary@db/dailies' }).join()).not.toContain('canary');
    const secrets = secretsOf(readConfig({ DATABASE_URL: 'postgres://ada:can%2Fary@db/dailies' }));
    expect(secrets).toEqual(['postgres://ada:can%2Fary@db/dailies', 'can%2Fary', 'can/ary']);
  });

  it.each([
    [
      { ROLE: 'worker', DATABASE_URL: 'postgres://db/dailies' },
      /^DISCORD_TOKEN or SLACK_BOT_TOKEN: expected the token/,
    ],
    [{ ROLE: 'bot', DISCORD_TOKEN: 'a-token' }, /^ROLE: expected all, because a SQLite file serves one process/],
    [
      { DISCORD_SHARDS: '0/2', DISCORD_TOKEN: 'a', DISCORD_PUBLIC_KEY: 'ab'.repeat(32) },
      /^DISCORD_SHARDS: expected nothing/,
    ],
    [{ DISCORD_SHARDS: '0/2' }, /^DISCORD_TOKEN: expected a bot token, because DISCORD_SHARDS is set/],
    [
      { ROLE: 'bot', DATABASE_URL: 'postgres://db/dailies', DISCORD_TOKEN: 'a', PROVIDER: 'sandbox' },
      /^PROVIDER: expected aimlapi, because ROLE is bot/,
    ],
  ])('%j do not fit together, and one line says why', (env, words) => {
    const problems = problemsOf({ AIMLAPI_KEY: 'key-1234', ...env });
    expect(problems.filter((line) => words.test(line))).toHaveLength(1);
  });

  it.each([
    ['DISCORD_TOKN', 'DISCORD_TOKEN'],
    ['DISCORD_TOEKN', 'DISCORD_TOKEN'],
    ['DISCROD_TOKEN', 'DISCORD_TOKEN'],
    ['discord_token', 'DISCORD_TOKEN'],
    ['DISCORDTOKEN', 'DISCORD_TOKEN'],
    ['DISCORD-TOKEN', 'DISCORD_TOKEN'],
    ['AIMLAPI_KYE', 'AIMLAPI_KEY'],
    ['AIMLAPI_KEYS', 'AIMLAPI_KEY'],
    ['AIML_API_KEY', 'AIMLAPI_KEY'],
    ['SLACK_BOT_TOKENS', 'SLACK_BOT_TOKEN'],
    ['MEMBER_CONCURENCI', 'MEMBER_CONCURRENCY'],
    ['LOG_LEVL', 'LOG_LEVEL'],
  ])('of a misspelt name stop the start with one line: %s is not %s', (name, meant) => {
    const line = `${name}: there is no such setting; did you mean ${meant}?`;
    expect(problemsOf({ [name]: 'canary' })).toEqual([line]);
    // The half that seems to be missing is the one that was misspelt.
    expect(problemsOf({ [name]: 'canary', DISCORD_GUILD_ID: '12345678901234567' })).toEqual([line]);
    expect(problemsOf({ [name]: 'canary', PORT: 'x' })).toHaveLength(2);
    expect(problemsOf({ [name]: ' ' })).toEqual([]);
  });

  it('leave all other names of the environment alone', () => {
    const others = [
      // One letter makes another word of a short one; these are set by Kubernetes and by other tools.
      ['DATABASE_PORT', 'DATABASE_HOST', 'DATABASE_URI', 'SLACK_API_TOKEN', 'DATE_DIR', 'XDG_DATA_DIRS', 'PUBLIC_URI'],
      [
        'HOSTS',
        'HOSTNAME',
        'POST',
        'PORTS',
        'ROLES',
        'MODEL',
        'PROVIDERS',
        'host',
        'PATH',
        '_',
        'npm_config_loglevel',
        'LOGLEVEL',
      ],
      [
        'DISCORD_WEBHOOK_URL',
        'DISCORD_CLIENT_ID',
        'SLACK_WEBHOOK_URL',
        'SLACK_CHANNEL',
        'AWS_SECRET_KEY',
        'LOG_FORMAT',
      ],
    ].flat();
    expect(problemsOf(Object.fromEntries(others.map((name) => [name, 'x'])))).toEqual([]);
    // Who has the right name as well has not misspelt it.
    expect(problemsOf({ LOG_LEVEL: 'debug', LOGLEVEL: 'x', DATA_DIR: 'data', DATA_DIRS: 'x' })).toEqual([]);
  });

  it('divide the connections to Discord', () => {
    const shardsOf = (DISCORD_SHARDS: string) =>
      readConfig({ DISCORD_TOKEN: 'a', AIMLAPI_KEY: 'k', DISCORD_SHARDS }).DISCORD_SHARDS;
    expect(shardsOf('0-3/8')).toEqual({ ids: [0, 1, 2, 3], count: 8 });
    expect(shardsOf('7/8')).toEqual({ ids: [7], count: 8 });
  });

  it('take a secret that a header can carry, and do not repeat one that is refused', () => {
    expect(problemsOf({ AIMLAPI_KEY: 'two words' })).toEqual([
      'AIMLAPI_KEY: expected a key of the AI/ML API, without spaces, found a value of 9 characters',
    ]);
  });

  it('all stand in .env.example with their defaults', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const listed = Object.fromEntries(
      [...example.matchAll(/^#?([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    expect(Object.keys(listed).sort()).toEqual([...SETTING_NAMES].sort());
    const { PROVIDER: _, ...defaults } = readConfig({});
    const { PROVIDER: __, ...fromExample } = readConfig(listed);
    expect(fromExample).toEqual(defaults);
  });

  it('all stand in the README', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    expect(SETTING_NAMES.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
