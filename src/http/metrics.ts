import { Hono } from 'hono';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Where the numbers come from; asked at each scrape. */
export interface MetricSources {
  /** Generations in the database, by state. */
  countByState(): Promise<ReadonlyMap<string, number>>;
  /** Generations that this process works on at the moment. */
  running(): number;
}

/** The metrics of this process. */
export interface Metrics {
  routes: Hono;
  /** The provider has charged for a video, in US dollars. */
  spent(model: string, usd: number): void;
}

/** `GET /metrics` in the Prometheus text format, from a registry of its own. */
export function createMetrics(sources: MetricSources): Metrics {
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
  const usd = new Counter({
    name: 'dailies_provider_usd_total',
    help: 'What the provider has charged for videos that became ready in this process, in US dollars.',
    labelNames: ['model'],
    registers,
  });
  const routes = new Hono();
  routes.get('/metrics', async (c) => {
    const text = await registry.metrics();
    return c.body(text, 200, { 'content-type': registry.contentType, 'cache-control': 'no-store' });
  });
  return { routes, spent: (model, value) => usd.inc({ model }, value) };
}
