import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Endpoint } from '../generation/models.ts';
import { findModelByApiName, priceOf } from './catalogue.ts';
import { chosenValue } from './checks.ts';
import type { ClipMaker } from './clips/render.ts';
import { filePath, serveFile, specOf } from './files.ts';
import { answerError, answerJson } from './http.ts';
import type { Job, Jobs } from './jobs.ts';
import { type LoggedRequest, logPage, readLogQuery } from './logs.ts';
import { isOver, stateOf } from './states.ts';
import { createSubmit } from './submit.ts';
import { behaviourOf } from './triggers.ts';

/** What the API is made of; see `SandboxOptions`. */
export interface ApiOptions {
  url: string;
  jobs: Jobs;
  clips: ClipMaker;
  clock: Clock;
  newId: () => string;
  key: string | undefined;
  speed: number;
  durationMs: number | undefined;
  logLagMs: number;
  balance: number;
  shortSide: number | undefined;
}

/** The generation endpoints' paths (docs.aimlapi.com). */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/v2/video/generations': 'universal',
  '/v2/generate/video/bytedance/generation': 'bytedance',
};

/** What a route gets. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** Answers with an error in the API's manner. */
  refuse(status: number, error?: { message?: string; meta?: readonly unknown[]; retryAfterSeconds?: number }): void;
}

/** Creates the request handler: the routes of the AI/ML API, and the files. */
export function createApi(options: ApiOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { jobs, clips, clock, key, logLagMs, balance, shortSide } = options;
  const { submit, refused } = createSubmit(options);
  const asked = new WeakMap<Job, { polls: number; pollsCompleted: number }>();

  function poll({ response, url, refuse }: Exchange): void {
    const job = jobs.get(url.searchParams.get('generation_id') ?? '');
    if (!job) {
      refuse(404, { message: 'Generation not found' });
      return;
    }
    const count = asked.get(job) ?? { polls: 0, pollsCompleted: 0 };
    asked.set(job, count);
    count.polls += 1;
    const { failingPoll, pollsWithoutUrl = 0 } = behaviourOf(job.prompt);
    if (failingPoll && count.polls % failingPoll === 0) {
      refuse(502);
      return;
    }
    if (isOver(job, clock.now())) count.pollsCompleted += 1;
    const address = `${options.url}${filePath(job, count.pollsCompleted - pollsWithoutUrl)}`;
    answerJson(response, 200, stateOf(job, clock.now(), count, address, Math.round(usdOf(job) * 2_000_000)));
  }

  function logs({ response, url, refuse }: Exchange): void {
    const query = readLogQuery(url.searchParams);
    if (Array.isArray(query)) {
      refuse(400, { message: 'Invalid query', meta: query });
      return;
    }
    const accepted = jobs.all().map((job): LoggedRequest => ({ ...job, status: 'succeeded', usd: usdOf(job) }));
    const visible = [...accepted, ...refused]
      .filter(({ at }) => at <= clock.now() - logLagMs)
      .sort((one, other) => one.at - other.at);
    answerJson(response, 200, logPage(visible, query, clock.now()));
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

  return async (request, response) => {
    const url = new URL(request.url ?? '/', options.url);
    const path = url.pathname;
    const exchange: Exchange = {
      request,
      response,
      url,
      refuse: (status, error = {}) => answerError(response, status, { path, at: clock.now(), ...error }),
    };
    const endpoint = ENDPOINTS[path];
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (reads && path.startsWith('/files/')) {
      await file(exchange);
    } else if (path.startsWith('/v2/') && !mayEnter(request.headers.authorization, key)) {
      exchange.refuse(401, { message: 'Missing or invalid API key in the Authorization header' });
    } else if (endpoint && request.method === 'POST') {
      await submit(exchange, endpoint);
    } else if (endpoint && reads) {
      poll(exchange);
    } else if (path === '/v2/logs' && reads) {
      logs(exchange);
    } else if (path === '/v2/billing' && reads) {
      answerJson(response, 200, { current_balance: balance, currency: 'USD' });
    } else {
      exchange.refuse(404);
    }
  };
}

function mayEnter(header: string | undefined, key: string | undefined): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? [];
  return key === undefined ? given !== undefined : given === key;
}

function usdOf(job: Job): number {
  const model = findModelByApiName(job.model);
  return priceOf(model, Number(model ? chosenValue(model, job.endpoint, job.body, 'duration') : 0));
}
