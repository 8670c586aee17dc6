import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDailies } from '../../../src/app.ts';
import { ConfigError, readConfig, secretsOf } from '../../../src/config/config.ts';
import { PROVIDERS } from '../../../src/providers/index.ts';
import { fastClock } from '../../support/clock.ts';
import { recordingLog } from '../../support/log.ts';
import { tempFolder } from '../../support/temp.ts';
import { en } from '../../support/texts.ts';
import { TITLES } from '../../support/titles.ts';
import { WebClient } from '../../support/web-client.ts';
import { filmhouse } from './filmhouse.ts';
import { startFilmhouse } from './filmhouse-server.ts';

const TOKEN = 'canary-usher';

/** The house with one folder and one line more. */
const providers = [...PROVIDERS, filmhouse] as const;

/** The real bot with the Film House as its provider: a key chooses it. */
async function begin() {
  const house = await startFilmhouse(TOKEN);
  const folder = await tempFolder();
  const env = {
    PORT: '0',
    DATA_DIR: folder,
    DATABASE_URL: `sqlite:${join(folder, 'dailies.db')}`,
    FILMHOUSE_TOKEN: TOKEN,
    FILMHOUSE_ADDRESS: house.url,
    ALLOW_PRIVATE_MEDIA_HOSTS: 'true',
  };
  const config = readConfig(env, providers);
  const { log, lines } = recordingLog(secretsOf(config, providers));
  const dailies = await startDailies(config, { log, clock: fastClock(20), providers });
  onTestFinished(() => dailies.stop());
  return { house, lines, chat: new WebClient(() => dailies.url) };
}

describe('a second provider', () => {
  it('makes a video, asked for in its own words', async () => {
    const { house, chat, lines } = await begin();
    const id = await chat.video('a dragon', { model: 'pro', resolution: '480p', duration: 10 });
    const done = await chat.untilTitle(id, TITLES.delivered);
    expect(await chat.clip(done)).toEqual(house.clip);
    expect(house.orders).toEqual([{ film: 'feature', script: 'a dragon', screen: '480p', minutes: 10 / 60 }]);
    expect(lines.join('')).toContain('"usd":0.12');
    expect(lines.join('')).not.toContain(TOKEN);
  });

  it('offers what it has: the first of it is the default', async () => {
    const { house, chat } = await begin();
    const done = await chat.untilTitle(await chat.video('a dragon'), TITLES.delivered);
    expect(done.card?.fields).toContainEqual({ label: 'Model', value: 'Seedance 1.0 Pro' });
    expect(house.orders).toMatchObject([{ film: 'feature' }]);
    const refused = await chat.until(
      await chat.video('a dragon', { model: 'lite' }),
      ({ card }) => card?.tone === 'problem',
    );
    expect(refused.card?.text).toBe(en.errors.model_withdrawn({ model: 'lite', successor: 'pro-fast' }));
  });

  it.each([
    ['a scandal', 'Not in this house.'],
    ['a whisper', 'The board has seen it.'],
  ])('refuses content, at once or later, and the member reads why: %s', async (prompt, hint) => {
    const { chat } = await begin();
    const failed = await chat.untilTitle(await chat.video(prompt), TITLES.failed);
    expect(failed.card?.text).toBe(en.errors.moderated({ hint }));
  });

  it('withdraws a model: the card names another one, whose button makes the video', async () => {
    const { house, chat } = await begin();
    house.nowShowing.delete('epic');
    const id = await chat.video('a dragon', { model: '2.0' });
    const failed = await chat.until(id, ({ card }) => card?.tone === 'problem');
    expect(failed.card?.text).toBe(en.errors.model_withdrawn({ model: '2.0', successor: 'pro' }));
    await chat.untilTitle(await chat.press(id, 'successor'), TITLES.delivered);
    expect(house.orders).toMatchObject([{ film: 'feature' }]);
  });

  it('is chosen by name as well, and says what it needs', () => {
    const problems = (env: Record<string, string>) => {
      try {
        return readConfig(env, providers).PROVIDER;
      } catch (error) {
        return error instanceof ConfigError ? error.problems : error;
      }
    };
    expect(problems({ FILMHOUSE_TOKEN: TOKEN, AIMLAPI_KEY: 'k', PROVIDER: 'filmhouse' })).toBe('filmhouse');
    expect(problems({ FILMHOUSE_TOKEN: TOKEN, DISCORD_TOKEN: 'a-token' })).toBe('filmhouse');
    expect(problems({ PROVIDER: 'filmhouse' })).toEqual([
      'FILMHOUSE_TOKEN: expected a token of the Film House, because PROVIDER is filmhouse; found nothing',
    ]);
    expect(problems({ FILMHOUSE_TOKN: 'x' })).toEqual([
      'FILMHOUSE_TOKN: there is no such setting; did you mean FILMHOUSE_TOKEN?',
    ]);
    expect(problems({ PROVIDER: 'cinema' })).toEqual([
      'PROVIDER: expected aimlapi or sandbox or filmhouse, found "cinema"',
    ]);
    expect(problems({})).toBe('sandbox');
  });
});
