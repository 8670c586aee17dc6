import { describe, expect, test } from 'vitest';
import { createHealth } from '../../src/http/health.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { serveRoutes } from './support.ts';

describe('GET /healthz', () => {
  test('is 200 while the check passes, with the time since the start', async () => {
    let now = 1_000_000;
    const clock = { ...systemClock, now: () => now };
    const server = await serveRoutes(
      createHealth({ check: async () => {}, pause: () => undefined, clock, log: createLog('silent', []) }).routes,
    );
    now += 61_500;
    const response = await fetch(`${server.url}/healthz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok', uptimeSeconds: 61 });
    await server.close();
  });

  test('is 503 without the reason when the check fails; the reason is logged', async () => {
    const lines: string[] = [];
    const log = createLog('info', [], { write: (line) => void lines.push(line) });
    const check = () => Promise.reject(new Error('disk I/O error'));
    const server = await serveRoutes(createHealth({ check, pause: () => undefined, clock: systemClock, log }).routes);
    const response = await fetch(`${server.url}/healthz`);
    expect(response.status).toBe(503);
    const body = await response.text();
    expect(JSON.parse(body).status).toBe('unavailable');
    expect(body).not.toContain('disk');
    expect(lines.join()).toContain('disk I/O error');
    await server.close();
  });
});
