import { describe, expect, it } from 'vitest';
import { type Answering, refusedUnlogged } from '../support/gateway.ts';
import { type House, startHouse } from '../support/house.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';

const posts = ({ sandbox }: House) => sandbox.calls.filter(({ method }) => method === 'POST');
const looks = ({ sandbox }: House) => sandbox.calls.filter(({ path }) => path === '/v2/logs');

/** Refuses the first POST in the API's own words; its log knows nothing of it. */
const firstRefused =
  (status: number): Answering =>
  ({ method, before }) =>
    method === 'POST' && before === 0 ? refusedUnlogged(status) : undefined;

describe.each([425, 429, 503])('after a refusal (%i) of which the log has no row', (status) => {
  it('a request that failed is sent again at once', async () => {
    // Slowly: the moments of both attempts are compared in the provider's time, which answers tell to a second.
    const house = await startHouse({ gateway: firstRefused(status), speed: 4, sandbox: { durationMs: 1 } });
    const done = await house.chat.untilTitle(await house.chat.video('a dragon [500-once]'), TITLES.delivered);
    expect(done.card?.notes).not.toContain(en.cards.cameLate);
    const [failed, again] = posts(house);
    expect((again?.at ?? 0) - (failed?.at ?? 0)).toBeLessThan(10_000);
    expect(posts(house)).toHaveLength(2);
    expect(house.sandbox.requests).toHaveLength(1);
  });

  it('a request that was accepted is found', async () => {
    const house = await startHouse({ gateway: firstRefused(status), sandbox: { logLagMs: 8000 } });
    await house.chat.untilTitle(await house.chat.video('a dragon [504]'), TITLES.delivered);
    expect(posts(house)).toHaveLength(1);
  });

  it('a request that nobody has a trace of is looked for as long as any other, then ends with its credits back', async () => {
    const house = await startHouse({ gateway: firstRefused(status), speed: 200 });
    const lost = await house.chat.untilTitle(await house.chat.video('a dragon [lost]'), TITLES.failed);
    expect(lost.card?.text).toBe(en.errors.submission_lost);
    const [first] = looks(house);
    expect((looks(house).at(-1)?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(180_000);
    expect(posts(house)).toHaveLength(1);
  });
});

describe('a row of the first attempt', () => {
  it.each([
    ['refused', '[429]'],
    ['failed', '[500-once]'],
  ])('that was %s is not taken for the failure of the second one, which was accepted', async (_, first) => {
    const house = await startHouse({ sandbox: { logLagMs: 8000 } });
    await house.chat.untilTitle(await house.chat.video(`a dragon ${first} [504]`), TITLES.delivered);
    expect(house.sandbox.requests).toHaveLength(1);
    expect(posts(house)).toHaveLength(2);
  });
});

describe('a request whose answer was lost and whose generation failed', () => {
  it('ends with the true reason when its content was refused, and is not sent again', async () => {
    const house = await startHouse({ sandbox: { logAt: 'end', durationMs: 1 } });
    const failed = await house.chat.untilTitle(await house.chat.video('a dragon [reset] [sensitive]'), TITLES.failed);
    expect(failed.card?.text).toMatch(/content rules/);
    expect(failed.card?.buttons[0]).toMatchObject({ action: 'edit', style: 'primary' });
    expect(posts(house)).toHaveLength(1);
  });

  it('is sent again when it failed for any other reason; what fails once more ends with that reason', async () => {
    const house = await startHouse({ sandbox: { logAt: 'end', durationMs: 1 } });
    const failed = await house.chat.untilTitle(await house.chat.video('a dragon [reset] [failed]'), TITLES.failed);
    expect(failed.card?.text).toMatch(/unexpected internal error/);
    expect(failed.card?.buttons[0]).toMatchObject({ action: 'again', style: 'primary' });
    expect(posts(house).length).toBeGreaterThan(1);
    expect(posts(house).length).toBeLessThanOrEqual(3);
  });

  it('is asked about once where the provider knows nothing of it, before it is sent again', async () => {
    const house = await startHouse({ sandbox: { durationMs: 1 } });
    await house.chat.untilTitle(await house.chat.video('a dragon [500-once]'), TITLES.delivered);
    const between = house.sandbox.calls.slice(
      house.sandbox.calls.findIndex(({ method }) => method === 'POST') + 1,
      house.sandbox.calls.findLastIndex(({ method }) => method === 'POST'),
    );
    expect(between.map(({ path }) => path)).toEqual(['/v2/logs', '/v2/video/generations']);
  });
});
