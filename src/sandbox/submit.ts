import type { ServerResponse } from 'node:http';
import { NO_CREDIT } from './account.ts';
import { type Endpoint, findModel } from './catalogue.ts';
import { type Checked, checkBody, chosenValue } from './checks.ts';
import { hash } from './clips/random.ts';
import type { ApiOptions, Exchange } from './exchange.ts';
import { answerAsStranger, answerJson, answerPage, REQUEST_ID, readBody } from './http.ts';
import type { Job } from './jobs.ts';
import type { LoggedRequest } from './logs.ts';
import { type Behaviour, behaviourOf } from './triggers.ts';

/** How many refused requests the log of requests keeps. */
const MAX_REFUSED = 10_000;

/** The client request ids that the API keeps; others are dropped in silence, as its documentation says. */
const CLIENT_REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The POST of a generation; `refused` are the latest that were not accepted, oldest first. */
export function createSubmit(options: ApiOptions): {
  submit(exchange: Exchange, endpoint: Endpoint): Promise<void>;
  refused: readonly LoggedRequest[];
} {
  const { jobs, clock, newId, speed, durationMs, offer, account } = options;
  const refused: LoggedRequest[] = [];
  /** Attempts with a trigger that refuses, by client request id. */
  const attempts = new Map<string, number>();

  function noteRefusal({ requestId }: Exchange, clientRequestId: string | null, model: string): void {
    refused.push({ at: clock.now(), requestId, status: 'failed', id: newId(), clientRequestId, model, usd: 0 });
    if (refused.length > MAX_REFUSED) refused.shift();
  }

  /** Whether the prompt's triggers want this attempt to be refused. */
  function isRefused({ refusal }: Behaviour, clientRequestId: string | null): boolean {
    if (!refusal) return false;
    const attempt = (attempts.get(clientRequestId ?? '') ?? 0) + 1;
    attempts.set(clientRequestId ?? '', attempt);
    return attempt <= refusal.attempts;
  }

  async function accept(checked: Checked, clientRequestId: string | null, endpoint: Endpoint): Promise<Job> {
    const { model, prompt, body, ignored } = checked;
    const id = newId();
    const wanted = (behaviourOf(prompt).durationMs ?? durationMs ?? model.durationMs) / speed;
    const seed = Number(chosenValue({ model: model.name, endpoint, body }, 'seed') ?? -1);
    const job: Job = {
      id,
      clientRequestId,
      endpoint,
      model: model.name,
      prompt,
      body,
      ignored,
      // -1 asks for a random one, as at ByteDance.
      seed: seed === -1 ? hash(id) : seed,
      durationMs: Number.isFinite(wanted) ? wanted : null,
      at: clock.now(),
    };
    await jobs.add(job);
    return job;
  }

  async function submit(exchange: Exchange, endpoint: Endpoint): Promise<void> {
    const { request, response, refuse } = exchange;
    const header = request.headers['x-client-request-id'];
    const clientRequestId = typeof header === 'string' && CLIENT_REQUEST_ID.test(header) ? header : null;
    const text = await readBody(request);
    const body = text === undefined ? undefined : parse(text);
    if (body === undefined) {
      refuse(text === undefined ? 413 : 400, { message: 'The body is too long or not valid JSON' });
      return;
    }
    const { model: named, prompt } = Object(body) as { model?: unknown; prompt?: unknown };
    const behaviour = behaviourOf(typeof prompt === 'string' ? prompt : '');
    exchange.shape = behaviour.errorShape ?? exchange.shape;
    const model = findModel(named);
    const deny = (...refusal: Parameters<Exchange['refuse']>) => {
      noteRefusal(exchange, clientRequestId, model?.name ?? (typeof named === 'string' ? named.slice(0, 200) : ''));
      refuse(...refusal);
    };
    if (account.state === 'no credit') {
      deny(account.noCreditStatus, { message: NO_CREDIT });
      return;
    }
    if (model && !offer.serves(model)) {
      deny(404, { message: `The model ${model.name} is not available any more.` });
      return;
    }
    const checked = checkBody(body, endpoint);
    if (Array.isArray(checked)) {
      deny(400, { message: 'Invalid payload provided', meta: checked });
      return;
    }
    if (behaviour.refusal && isRefused(behaviour, clientRequestId)) {
      const { status, message, retryAfter } = behaviour.refusal;
      deny(status, { message, ...(retryAfter ? { retryAfter: retryAfter(exchange.at()) } : {}) });
    } else if (behaviour.answer === 'lost') {
      response.destroy();
    } else {
      const job = await accept(checked, clientRequestId, endpoint);
      exchange.requestId = requestIdOf(job);
      response.setHeader(REQUEST_ID, exchange.requestId);
      ANSWERS[behaviour.answer ?? 'as usual'](response, job, refuse);
    }
  }

  return { submit, refused };
}

/** The id of the call that was accepted: made of the generation's, so that the log knows it after a restart too. */
export function requestIdOf({ id }: Job): string {
  return `req-${id}`;
}

const QUEUED = { status: 'queued', video: null, error: null, meta: null };

/** The answers to an accepted POST. */
const ANSWERS: Readonly<
  Record<
    Exclude<Behaviour['answer'], 'lost' | undefined> | 'as usual',
    (response: ServerResponse, job: Job, refuse: Exchange['refuse']) => void
  >
> = {
  'as usual': (response, job) => {
    const queued = behaviourOf(job.prompt).upperCase ? { ...QUEUED, status: 'QUEUED' } : QUEUED;
    answerJson(response, 201, { id: job.id, ...queued }, { 'x-inference-id': job.id, ...echoOf(job) });
  },
  reset: (response) => {
    response.destroy();
  },
  silent: () => {},
  'gateway time-out': (_response, _job, refuse) => refuse(504),
  'no id': (response, job) => answerJson(response, 201, QUEUED, echoOf(job)),
  'a page': (response) => answerPage(response, 200, 'Please wait'),
  'proxy 503': (response) => answerAsStranger(response, 503, 'text/plain', 'upstream connect error or disconnect'),
  'proxy 429': (response) => answerPage(response, 429, 'Too many requests'),
  'stranger 503': (response) =>
    answerAsStranger(
      response,
      503,
      'application/json',
      JSON.stringify({ message: 'no healthy upstream', request_id: 'k-1' }),
    ),
};

function echoOf({ clientRequestId }: Job): Record<string, string> {
  return clientRequestId === null ? {} : { 'x-client-request-id': clientRequestId };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
