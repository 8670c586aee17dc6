import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { INTERACTIONS_PATH } from '../../src/platforms/discord/http.ts';
import { startFakeDiscord } from '../fakes/discord/index.ts';
import { headersFor, makeKeys } from '../platforms/discord/keys.ts';
import { inDiscord, startHouse } from '../support/house.ts';
import { TITLES } from '../support/titles.ts';
import { anyJson, anyText, SEED, share, watchProcess } from './support.ts';

watchProcess();

const FEW = { DEFAULT_QUOTA: '3/day', MEMBER_QUEUE: '100' };
const NAMES = ['id', 'name', 'type', 'value', 'options', 'user', 'roles', 'custom_id', 'components', 'resolved'];

/** All paths into a value, of its branches and leaves. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** The value with something else at a path, or with nothing there. */
function changed(value: object, path: readonly string[], to: unknown): object {
  const copy = structuredClone(value);
  let at = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  const last = path.at(-1);
  if (last === undefined) return { to };
  if (to === undefined) delete at[last];
  else at[last] = to;
  return copy;
}

describe('the whole bot', () => {
  it('outlives whatever Discord sends, and goes on making videos', async () => {
    const fake = await startFakeDiscord();
    onTestFinished(() => fake.close());
    const keys = makeKeys();
    const { url, clock } = await startHouse({
      settings: { ...inDiscord(fake), ...FEW, DISCORD_PUBLIC_KEY: keys.publicKey },
      speed: 40,
    });
    const post = async (interaction: object) => {
      const body = JSON.stringify(interaction);
      const { status } = await fetch(url + INTERACTIONS_PATH, {
        method: 'POST',
        headers: headersFor(body, keys, clock.now()),
        body,
      });
      return status;
    };
    const kinds: object[] = [];
    fake.sendBy((raw) => void kinds.push(raw));
    fake.slash({ name: 'video', options: { prompt: 'a dragon', model: 'pro' } });
    fake.slash({ name: 'moderate', options: { prompt: 'x' } });
    fake.autocomplete({ name: 'video', options: { prompt: 'x', resolution: '7' }, focused: 'resolution' });
    const kind = fc.constantFrom(...kinds);
    const change = fc.tuple(fc.nat(), fc.oneof(anyJson(NAMES), fc.constant(undefined)));
    let id = 1;
    await fc.assert(
      fc.asyncProperty(kind, fc.array(change, { minLength: 1, maxLength: 3 }), async (raw, changes) => {
        let next: object = { ...raw, id: String(id++) };
        for (const [at, to] of changes) {
          const paths = pathsOf(next);
          next = changed(next, paths[at % paths.length] ?? [], to);
        }
        expect(await post(next)).toBeLessThan(500);
      }),
      { seed: SEED, numRuns: share(250) },
    );
    fake.sendBy((raw) => void post(raw));
    const handle = fake.slash({ name: 'video', options: { prompt: 'a dragon' }, userId: '333333333333333333' });
    await handle.reply(({ embeds }) => embeds[0]?.title === TITLES.delivered);
  });

  it('outlives whatever the page of the playground sends, and goes on making videos', async () => {
    const { chat, url } = await startHouse({ settings: FEW, speed: 40 });
    const known = {
      as: fc.constantFrom('web:ada', 'web:mo', 'nobody'),
      command: fc.constantFrom('video', 'queue', 'moderate quota set', 'history', 'x'),
      options: fc.dictionary(fc.oneof(fc.constantFrom('prompt', 'page', 'credits', 'per'), anyText), anyText),
      action: fc.constantFrom('cancel', 'again', 'delete', 'x'),
      form: fc.constantFrom('edit', 'video', 'block', 'x'),
      values: fc.dictionary(fc.constantFrom('prompt', 'model'), anyText),
      option: fc.constantFrom('resolution', 'prompt'),
      part: fc.constantFrom('said', 'reply'),
      ...Object.fromEntries(['target', 'message', 'typed', 'name', 'channel', 'locale'].map((name) => [name, anyText])),
    };
    const path = fc.constantFrom('commands', 'complete', 'buttons', 'forms', 'messages/command');
    const body = fc.oneof(fc.record(known), fc.record(known, { requiredKeys: ['as'] }), anyJson(Object.keys(known)));
    await fc.assert(
      fc.asyncProperty(path, body, async (at, value) => {
        const response = await fetch(`${url}/api/${at}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(value),
        });
        expect(response.status, await response.text()).toBeLessThan(500);
      }),
      { seed: SEED, numRuns: share(600) },
    );
    await chat.untilTitle(await chat.video('a dragon', {}, 'web:ben'), TITLES.delivered, 'web:ben');
  });
});
