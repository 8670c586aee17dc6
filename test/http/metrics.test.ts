import { expect, test } from 'vitest';
import { createMetrics } from '../../src/http/metrics.ts';
import { serveRoutes } from './support.ts';

test('GET /metrics shows the process and the generations as they are now', async () => {
  let counts = new Map([
    ['queued', 2],
    ['delivered', 7],
  ]);
  let running = 1;
  const server = await serveRoutes(createMetrics({ countByState: async () => counts, running: () => running }).routes);
  const scrape = async () => (await fetch(`${server.url}/metrics`)).text();

  const first = await scrape();
  expect(first).toContain('dailies_generations{state="queued"} 2\n');
  expect(first).toContain('dailies_generations{state="delivered"} 7\n');
  expect(first).toContain('dailies_generations_running 1\n');
  expect(first).toMatch(/^process_cpu_seconds_total \d/m);

  counts = new Map([['delivered', 9]]);
  running = 0;
  const second = await scrape();
  expect(second).toContain('dailies_generations{state="delivered"} 9\n');
  expect(second).not.toContain('state="queued"');
  expect(second).toContain('dailies_generations_running 0\n');
  await server.close();
});

test('what the provider charged is added up by model', async () => {
  const { routes, spent } = createMetrics({ countByState: async () => new Map(), running: () => 0 });
  spent('pro', 0.25);
  spent('pro', 0.5);
  spent('2.0', 1.2);
  const server = await serveRoutes(routes);
  const text = await (await fetch(`${server.url}/metrics`)).text();
  expect(text).toContain('dailies_provider_usd_total{model="pro"} 0.75\n');
  expect(text).toContain('dailies_provider_usd_total{model="2.0"} 1.2\n');
  await server.close();
});

test('the answer is Prometheus text, and two registries do not get into each other’s way', async () => {
  const sources = { countByState: async () => new Map<string, number>(), running: () => 0 };
  const [one, other] = [createMetrics(sources), createMetrics(sources)];
  const servers = [await serveRoutes(one.routes), await serveRoutes(other.routes)];
  for (const server of servers) {
    const response = await fetch(`${server.url}/metrics`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    await server.close();
  }
});
