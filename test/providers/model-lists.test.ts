import Keyv from 'keyv';
import { afterEach, describe, expect, it } from 'vitest';
import type { AimlapiOptions } from '../../src/providers/aimlapi/aimlapi.ts';
import { atTheEnd, closeAll, open, openProvider } from './loopback.ts';

afterEach(closeAll);

const model = (id: string) => ({ id, aliases: [], type: 't', info: {}, tags: [] });
const ALL = ['pro-t2v', 'pro-fast'].map((name) => model(`bytedance/seedance-1-0-${name}`));

/** An API with this list of models, and nothing that is withdrawn. */
const lists = (models: unknown[], options: Partial<AimlapiOptions>) =>
  open((request, response) => {
    const data = request.url?.includes('deprecations') ? [] : models;
    const etag = `"${JSON.stringify(data).length}"`;
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { etag }).end(JSON.stringify({ object: 'list', data }));
  }, options);

describe('the lists of models after a restart', () => {
  /** Another process that knows what the first one has kept. */
  const restarted = ({ server }: Awaited<ReturnType<typeof open>>, keyv: Keyv, baseUrl = server.url) => {
    const next = openProvider(baseUrl, { keyv });
    atTheEnd(() => next.provider.stop());
    return next.provider;
  };

  it('are asked for only if they have changed, and say the same when not', async () => {
    const keyv = new Keyv();
    const first = await lists(ALL, { keyv });
    const before = await first.provider.models();
    first.server.requests.splice(0);
    const provider = restarted(first, keyv);
    expect(await provider.models()).toEqual(before);
    expect(first.server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([
      expect.stringMatching(/"/),
      expect.stringMatching(/"/),
    ]);
    expect(await provider.models()).toBeUndefined();
  });

  it('are not taken for those of another address, nor for those of an update with other models', async () => {
    const keyv = new Keyv();
    const first = await lists(ALL, { keyv });
    await first.provider.models();
    const other = await lists(ALL.slice(0, 1), { keyv });
    expect((await other.provider.models())?.offered).toEqual(['pro']);
    expect(other.server.requests[0]?.headers).not.toHaveProperty('if-none-match');
    const name = 'list aimlapi /v1/models';
    await keyv.set(name, { ...(await keyv.get(name)), readFor: 'lite,pro' });
    other.server.requests.splice(0);
    await restarted(other, keyv).models();
    expect(other.server.requests.filter(({ headers }) => 'if-none-match' in headers)).toHaveLength(1);
  });

  it('count as before while one is out of order', async () => {
    const keyv = new Keyv();
    let models: unknown[] | undefined = ALL;
    const second = await open(
      ({ url }, response) => {
        const data = url?.includes('deprecations') ? [] : models;
        response.writeHead(data ? 200 : 500, { etag: '"e"' }).end(JSON.stringify({ data }));
      },
      { keyv },
    );
    const all = await second.provider.models();
    models = undefined;
    expect((await restarted(second, keyv).models())?.offered).toEqual(all?.offered);
  });

  it('are asked for as a whole where nothing can be kept', async () => {
    const away = async () => {
      throw new Error('the database is away');
    };
    const { provider, lines } = await lists(ALL, { keyv: { get: away, set: away } });
    expect((await provider.models())?.offered).toContain('pro');
    expect(lines.join('')).toContain('could not be kept');
  });
});
