import { describe, expect, it } from 'vitest';
import { type OwnAnswer, refusedUnlogged } from '../support/gateway.ts';
import { type House, startHouse } from '../support/house.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';

const MINUTE_MS = 60_000;
const posts = ({ sandbox }: House) => sandbox.calls.filter(({ method }) => method === 'POST');

/** A house whose provider's log answers like this, until it is mended. */
async function startHouseWithLog(
  answer: OwnAnswer,
  settings: Record<string, string> = {},
  alike: (call: { method: string; path: string }) => boolean = () => false,
) {
  let broken = true;
  const asked: number[] = [];
  const house = await startHouse({
    speed: 200,
    settings: { DEFAULT_QUOTA: '1/day', ...settings },
    gateway: ({ method, path }) => {
      if (!broken) return undefined;
      if (path === '/v2/logs') asked.push(house.clock.now());
      return path === '/v2/logs' || alike({ method, path }) ? answer : undefined;
    },
  });
  return {
    house,
    asked,
    mend: () => {
      broken = false;
    },
  };
}

const json = (body: unknown): OwnAnswer => ({ status: 200, body: JSON.stringify(body) });
const billing = ({ path }: { path: string }) => path === '/v2/billing';
const everything = ({ method, path }: { method: string; path: string }) => method === 'GET' && path.startsWith('/v2');
const stranger = { client_request_id: 'other', inference_id: 'x', status: 'succeeded' };

describe('a lost request whose provider’s log', () => {
  it.each<[string, OwnAnswer, typeof billing?]>([
    ['is not there (404 of a gateway)', { status: 404, body: 'no such address' }],
    ['is not there (404 of a gateway, to all but videos)', { status: 404, body: 'no such address' }, billing],
    ['is refused (400)', refusedUnlogged(400)],
    ['is refused (405)', refusedUnlogged(405)],
    ['is refused to this key alone (403)', refusedUnlogged(403)],
    ['has another shape', json({ rows: [] })],
    ['is a page for people', { status: 200, body: '<html></html>' }],
    ['has no end', json({ data: [stranger], pagination: { has_more: true } })],
    ['has rows of another shape', json({ data: [{ client_request_id: 7 }], pagination: { has_more: false } })],
    ['is never there (429)', refusedUnlogged(429)],
    ['is never there (500)', refusedUnlogged(500)],
  ])('%s ends with its credits back, and is delivered when the log works', async (_, answer, alike) => {
    const { house, asked, mend } = await startHouseWithLog(answer, { GENERATION_TIMEOUT_MS: '600000' }, alike);
    const id = await house.chat.video('a dragon [reset]');
    const lost = await house.chat.untilTitle(id, TITLES.failed);
    expect(lost.card?.text).toBe(en.errors.submission_unclear);
    expect(lost.card?.fields).toContainEqual({ label: 'Left', value: '1 of 1 credit' });
    expect((asked.at(-1) ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(3 * MINUTE_MS);
    mend();
    const late = await house.chat.untilTitle(id, TITLES.delivered);
    expect(late.card?.notes).toContain(en.cards.cameLate);
    expect(posts(house)).toHaveLength(1);
  });

  it.each<[string, OwnAnswer, typeof everything?]>([
    ['is cut off (502 of a gateway)', { status: 502, body: 'Bad gateway' }],
    ['is cut off, as all is (404 of a gateway)', { status: 404, body: 'no such host' }, everything],
  ])('%s waits for it', async (_, answer, alike) => {
    const { house, mend } = await startHouseWithLog(answer, { GENERATION_TIMEOUT_MS: '10000' }, alike);
    const id = await house.chat.video('a dragon [reset]');
    await house.clock.sleep(20 * MINUTE_MS);
    mend();
    const done = await house.chat.untilTitle(id, TITLES.delivered);
    expect(done.card?.notes).not.toContain(en.cards.cameLate);
  });

  it('is refused as the whole account is waits for the operator', async () => {
    const house = await startHouse({ speed: 200, sandbox: { logLagMs: MINUTE_MS } });
    const id = await house.chat.video('a dragon [reset]');
    await expect.poll(() => house.sandbox.requests.length).toBe(1);
    house.sandbox.setAccount('bad key');
    await house.clock.sleep(20 * MINUTE_MS);
    house.sandbox.setAccount('ok');
    const done = await house.chat.untilTitle(id, TITLES.delivered);
    expect(done.card?.notes).not.toContain(en.cards.cameLate);
  });
});
