import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BAD_KEY } from './account.ts';
import { usdFor } from './billing.ts';
import { findModel, type SandboxEndpoint } from './catalogue.ts';
import { orderedBy } from './checks.ts';
import { filePath, serveFile, specOf } from './clip-files.ts';
import { answerJson, answerTagged, REQUEST_ID } from './http-answers.ts';
import type { ApiOptions, Exchange } from './http-exchange.ts';
import type { SandboxJob } from './jobs.ts';
import { deprecationList, modelList } from './listed-models.ts';
import { type LoggedRequest, logPage, readLogQuery } from './logs.ts';
import { type Cost, endOf, hasFailed, isOver, stateOf } from './poll-bodies.ts';
import { answerError } from './refusal-bodies.ts';
import { requestIdOf, Submissions } from './submissions.ts';
import { behaviourOf } from './triggers.ts';

/** The generation endpoints' paths (docs.aimlapi.com). */
const ENDPOINTS: Readonly<Record<string, SandboxEndpoint>> = {
  '/v2/video/generations': 'universal',
  '/v2/generate/video/bytedance/generation': 'bytedance',
};

/** Answers requests: the routes of the AI/ML API, and the files. */
export class Api {
  readonly #options: ApiOptions;
  readonly #submissions: Submissions;
  readonly #asked = new WeakMap<SandboxJob, { polls: number; pollsCompleted: number }>();
  /** When the log was asked for in the last minute; kept only when that is limited. */
  #looks: number[] = [];

  /** The answers to GET. Only the paths below `/v2` need a key. */
  readonly #reads: Readonly<Record<string, (exchange: Exchange) => void>> = {
    '/v1/models': ({ request, response, url }) =>
      answerTagged(request, response, modelList(this.#options.offer, url.searchParams)),
    '/v1/models/deprecations': ({ request, response, url }) => {
      const data = deprecationList(this.#options.offer, url.searchParams);
      // The time is new each time, so the tag is made of the data alone.
      answerTagged(
        request,
        response,
        { object: 'list', generated_at: new Date(this.#now()).toISOString(), data },
        data,
      );
    },
    '/v2/video/generations': (exchange) => this.#poll(exchange),
    '/v2/generate/video/bytedance/generation': (exchange) => this.#poll(exchange),
    '/v2/logs': (exchange) => this.#logs(exchange),
    '/v2/billing': ({ response }) =>
      answerJson(response, 200, { current_balance: this.#options.account.balance, currency: 'USD' }),
  };

  constructor(options: ApiOptions) {
    this.#options = options;
    this.#submissions = new Submissions(options);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url: base, clock, noteCall, errorShape } = this.#options;
    const url = new URL(request.url ?? '/', base);
    const path = url.pathname;
    const exchange: Exchange = {
      request,
      response,
      url,
      requestId: `req-${randomUUID()}`,
      shape: errorShape,
      at: () => this.#now(),
      refuse(status, refusal = {}) {
        const { requestId, shape } = exchange;
        answerError(response, status, { path, requestId, shape, at: exchange.at() }, refusal);
      },
    };
    // Node would put in the machine's own time.
    response.setHeader('date', new Date(this.#now()).toUTCString());
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (reads && path.startsWith('/files/')) {
      await this.#file(exchange);
      return;
    }
    noteCall({ at: clock.now(), method: request.method ?? '', path });
    response.setHeader(REQUEST_ID, exchange.requestId);
    const endpoint = ENDPOINTS[path];
    const route = reads ? this.#reads[path] : undefined;
    if (path.startsWith('/v2/') && !this.#mayEnter(request.headers.authorization)) {
      exchange.refuse(401, { message: BAD_KEY });
    } else if (endpoint && request.method === 'POST') {
      await this.#submissions.submit(exchange, endpoint);
    } else if (route) {
      route(exchange);
    } else {
      exchange.refuse(404);
    }
  }

  /** The API's time in ms. */
  #now(): number {
    return this.#options.clock.now() + this.#options.skewMs;
  }

  #poll(exchange: Exchange): void {
    const { jobs, faults, clock, url: base } = this.#options;
    const { response, url, refuse } = exchange;
    const id = url.searchParams.get('generation_id') ?? '';
    const job = jobs.get(id);
    const { failingPoll, pollsWithoutUrl = 0, errorShape } = behaviourOf(job?.prompt ?? '');
    exchange.shape = errorShape ?? exchange.shape;
    const fault = faults.find(id);
    if (fault) {
      refuse(fault.status, { message: fault.message });
      return;
    }
    if (!job) {
      refuse(404, { message: 'Generation not found' });
      return;
    }
    const count = this.#asked.get(job) ?? { polls: 0, pollsCompleted: 0 };
    this.#asked.set(job, count);
    count.polls += 1;
    if (failingPoll && count.polls % failingPoll === 0) {
      refuse(502);
      return;
    }
    if (isOver(job, clock.now())) count.pollsCompleted += 1;
    const version = Number.isFinite(pollsWithoutUrl) ? count.pollsCompleted - pollsWithoutUrl : 0;
    const address = `${base}${filePath(job, version)}`;
    const { body, headers } = stateOf(job, clock.now(), count, address, costOf(job));
    answerJson(response, 200, body, { 'x-inference-id': job.id, ...headers });
  }

  /** The row of an accepted request, or none before its time. A failed generation costs nothing. */
  #rowOf(job: SandboxJob): LoggedRequest | undefined {
    const { clock, logAt, logLagMs } = this.#options;
    const shownFrom = logAt === 'end' ? endOf(job) : job.at;
    if (clock.now() < shownFrom + logLagMs) return undefined;
    const failed = hasFailed(job, clock.now());
    return {
      ...job,
      requestId: requestIdOf(job),
      status: failed ? 'failed' : 'succeeded',
      usd: failed ? 0 : costOf(job).usd,
    };
  }

  #logs({ response, url, refuse }: Exchange): void {
    const { jobs, clock, logLagMs, logsPerMinute, skewMs } = this.#options;
    const now = clock.now();
    this.#looks = this.#looks.filter((at) => at > now - 60_000);
    if (this.#looks.length >= logsPerMinute) {
      refuse(429, { message: 'Too Many Requests' });
      return;
    }
    if (Number.isFinite(logsPerMinute)) this.#looks.push(now);
    const query = readLogQuery(url.searchParams);
    if (Array.isArray(query)) {
      refuse(400, { message: 'Invalid query', meta: query });
      return;
    }
    const rows = [
      ...jobs.all().flatMap((job) => this.#rowOf(job) ?? []),
      ...this.#submissions.refused.filter(({ at }) => clock.now() >= at + logLagMs),
    ];
    const shown = rows.map((row) => ({ ...row, at: row.at + skewMs })).sort((one, other) => one.at - other.at);
    answerJson(response, 200, logPage(shown, query, this.#now()));
  }

  async #file({ request, response, url, refuse }: Exchange): Promise<void> {
    const { jobs, clips, clock, shortSide } = this.#options;
    const job = jobs.get(/^\/files\/([\w-]+)\.mp4$/.exec(url.pathname)?.[1] ?? '');
    if (!job || !isOver(job, clock.now())) {
      refuse(404);
      return;
    }
    const makeClip = () => clips.make(specOf(job, shortSide));
    await serveFile(request, response, { job, params: url.searchParams, makeClip });
  }

  #mayEnter(header: string | undefined): boolean {
    const { account, key } = this.#options;
    const [, given] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? [];
    if (given === undefined || account.state === 'bad key') return false;
    return key === undefined || given === key;
  }
}

function costOf(job: SandboxJob): Cost {
  const model = findModel(job.model);
  return model ? { usd: usdFor(model, orderedBy(job)), tellsUsd: model.tellsUsd } : { usd: 0, tellsUsd: false };
}
