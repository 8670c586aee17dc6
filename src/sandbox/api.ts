import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BAD_KEY } from './account.ts';
import { type Endpoint, findModel } from './catalogue.ts';
import { orderedBy } from './checks.ts';
import type { ApiOptions, Exchange } from './exchange.ts';
import { filePath, serveFile, specOf } from './files.ts';
import { answerJson, answerTagged, REQUEST_ID } from './http.ts';
import type { Job } from './jobs.ts';
import { type LoggedRequest, logPage, readLogQuery } from './logs.ts';
import { deprecationList, modelList } from './model-lists.ts';
import { usdFor } from './prices.ts';
import { answerError } from './refusals.ts';
import { type Cost, endOf, hasFailed, isOver, stateOf } from './states.ts';
import { createSubmit, requestIdOf } from './submit.ts';
import { behaviourOf } from './triggers.ts';

/** The generation endpoints' paths (docs.aimlapi.com). */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/v2/video/generations': 'universal',
  '/v2/generate/video/bytedance/generation': 'bytedance',
};

/** Creates the request handler: the routes of the AI/ML API, and the files. */
export function createApi(options: ApiOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { jobs, clips, clock, logLagMs, logAt, logsPerMinute, shortSide, skewMs, offer, account, faults } = options;
  const { submit, refused } = createSubmit(options);
  const asked = new WeakMap<Job, { polls: number; pollsCompleted: number }>();
  /** When the log was asked for in the last minute; kept only when that is limited. */
  let looks: number[] = [];
  const apiNow = () => clock.now() + skewMs;

  function poll(exchange: Exchange): void {
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
    const count = asked.get(job) ?? { polls: 0, pollsCompleted: 0 };
    asked.set(job, count);
    count.polls += 1;
    if (failingPoll && count.polls % failingPoll === 0) {
      refuse(502);
      return;
    }
    if (isOver(job, clock.now())) count.pollsCompleted += 1;
    const version = Number.isFinite(pollsWithoutUrl) ? count.pollsCompleted - pollsWithoutUrl : 0;
    const address = `${options.url}${filePath(job, version)}`;
    const { body, headers } = stateOf(job, clock.now(), count, address, costOf(job));
    answerJson(response, 200, body, { 'x-inference-id': job.id, ...headers });
  }

  /** The row of an accepted request, or none before its time. A failed generation costs nothing. */
  function rowOf(job: Job): LoggedRequest | undefined {
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

  function logs({ response, url, refuse }: Exchange): void {
    const now = clock.now();
    looks = looks.filter((at) => at > now - 60_000);
    if (looks.length >= logsPerMinute) {
      refuse(429, { message: 'Too Many Requests' });
      return;
    }
    if (Number.isFinite(logsPerMinute)) looks.push(now);
    const query = readLogQuery(url.searchParams);
    if (Array.isArray(query)) {
      refuse(400, { message: 'Invalid query', meta: query });
      return;
    }
    const rows = [
      ...jobs.all().flatMap((job) => rowOf(job) ?? []),
      ...refused.filter(({ at }) => clock.now() >= at + logLagMs),
    ];
    const shown = rows.map((row) => ({ ...row, at: row.at + skewMs })).sort((one, other) => one.at - other.at);
    answerJson(response, 200, logPage(shown, query, apiNow()));
  }

  async function file({ request, response, url, refuse }: Exchange): Promise<void> {
    const job = jobs.get(/^\/files\/([\w-]+)\.mp4$/.exec(url.pathname)?.[1] ?? '');
    if (!job || !isOver(job, clock.now())) {
      refuse(404);
      return;
    }
    const makeClip = () => clips.make(specOf(job, shortSide));
    await serveFile(request, response, { job, params: url.searchParams, makeClip });
  }

  /** The answers to GET. Only the paths below `/v2` need a key. */
  const READS: Readonly<Record<string, (exchange: Exchange) => void>> = {
    '/v1/models': ({ request, response, url }) => answerTagged(request, response, modelList(offer, url.searchParams)),
    '/v1/models/deprecations': ({ request, response, url }) => {
      const data = deprecationList(offer, url.searchParams);
      // The time is new each time, so the tag is made of the data alone.
      answerTagged(request, response, { object: 'list', generated_at: new Date(apiNow()).toISOString(), data }, data);
    },
    '/v2/video/generations': poll,
    '/v2/generate/video/bytedance/generation': poll,
    '/v2/logs': logs,
    '/v2/billing': ({ response }) => answerJson(response, 200, { current_balance: account.balance, currency: 'USD' }),
  };

  function mayEnter(header: string | undefined): boolean {
    const [, given] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? [];
    if (given === undefined || account.state === 'bad key') return false;
    return options.key === undefined || given === options.key;
  }

  return async (request, response) => {
    const url = new URL(request.url ?? '/', options.url);
    const path = url.pathname;
    const exchange: Exchange = {
      request,
      response,
      url,
      requestId: `req-${randomUUID()}`,
      shape: options.errorShape,
      at: apiNow,
      refuse(status, refusal = {}) {
        const { requestId, shape } = exchange;
        answerError(response, status, { path, requestId, shape, at: apiNow() }, refusal);
      },
    };
    // Node would put in the machine's own time.
    response.setHeader('date', new Date(apiNow()).toUTCString());
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (reads && path.startsWith('/files/')) {
      await file(exchange);
      return;
    }
    options.noteCall({ at: clock.now(), method: request.method ?? '', path });
    response.setHeader(REQUEST_ID, exchange.requestId);
    const endpoint = ENDPOINTS[path];
    const route = reads ? READS[path] : undefined;
    if (path.startsWith('/v2/') && !mayEnter(request.headers.authorization)) {
      exchange.refuse(401, { message: BAD_KEY });
    } else if (endpoint && request.method === 'POST') {
      await submit(exchange, endpoint);
    } else if (route) {
      route(exchange);
    } else {
      exchange.refuse(404);
    }
  };
}

function costOf(job: Job): Cost {
  const model = findModel(job.model);
  return model ? { usd: usdFor(model, orderedBy(job)), tellsUsd: model.tellsUsd } : { usd: 0, tellsUsd: false };
}
