import { Hono } from 'hono';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Where the numbers come from; asked at each scrape. */
export interface MetricSources {
  /** Generations in the database, by state. */
  countByState(): Promise<ReadonlyMap<string, number>>;
  /** Generations that this process works on at the moment. */
  running(): number;
}

/** `GET /metrics` in the Prometheus text format, from a registry of its own. */
export function createMetrics(sources: MetricSources): { routes: Hono } {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'dailies_generations',
    help: 'Generations in the database, by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await sources.countByState();
      // A state that nothing is in any more must not keep its last number.
      this.reset();
      for (const [state, count] of counts) this.set({ state }, count);
    },
  });
  new Gauge({
    name: 'dailies_generations_running',
    help: 'Generations that this process works on at the moment.',
    registers,
    collect() {
      this.set(sources.running());
    },
  });
  const routes = new Hono();
  routes.get('/metrics', async (c) => {
    const text = await registry.metrics();
    return c.body(text, 200, { 'content-type': registry.contentType, 'cache-control': 'no-store' });
  });
  return { routes };
}
