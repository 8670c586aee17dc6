import { expect, it } from 'vitest';
import { keepBalance } from '../../src/providers/balance.ts';
import { ProviderError } from '../../src/providers/provider.ts';
import { VirtualClock } from '../support/clock.ts';
import { recordingLog } from '../support/log.ts';

const QUARTER_MS = 900_000;

it('a low balance is told once each time, and an account that cannot be read hides nothing', async () => {
  const clock = new VirtualClock();
  const { log, lines } = recordingLog();
  let usd: number | 'unknown' = 10;
  const balance = async () => {
    if (usd === 'unknown') throw new ProviderError('unavailable', 'no answer');
    return usd;
  };
  const stop = new AbortController();
  const kept = keepBalance({ provider: { balance }, lowUsd: 5, clock, log }, stop.signal);
  const warnings = () => lines.filter((line) => line.includes('little is left')).length;
  await clock.advance(QUARTER_MS);
  expect(warnings()).toBe(0);
  usd = 4.99;
  await clock.advance(3 * QUARTER_MS);
  expect(warnings()).toBe(1);
  usd = 'unknown';
  await clock.advance(QUARTER_MS);
  usd = 50;
  await clock.advance(QUARTER_MS);
  expect(lines.join('')).toContain('is topped up');
  usd = 1;
  await clock.advance(QUARTER_MS);
  expect(warnings()).toBe(2);
  stop.abort();
  await kept;
});

it('a provider that does not say what is left is not asked again', async () => {
  const { log, lines } = recordingLog();
  await keepBalance({ provider: {}, lowUsd: 5, clock: new VirtualClock(), log }, new AbortController().signal);
  expect(lines.join('')).toContain('does not say what is left');
});
