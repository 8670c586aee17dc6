import type { ServerResponse } from 'node:http';
import { NO_CREDIT } from './account.ts';
import { findModel, type SandboxEndpoint, type SandboxModel } from './catalogue.ts';
import { type Checked, checkBody, chosenValue } from './checks.ts';
import { hash } from './clips/random.ts';
import { answerAsStranger, answerJson, answerPage, REQUEST_ID, readBody } from './http-answers.ts';
import type { ApiOptions, Exchange } from './http-exchange.ts';
import type { SandboxJob } from './jobs.ts';
import type { LoggedRequest } from './logs.ts';
import { type Behaviour, behaviourOf } from './triggers.ts';

/** How many refused requests the log of requests keeps. */
const MAX_REFUSED = 10_000;

/** The client request ids that the API keeps; others are dropped in silence, as its documentation says. */
const CLIENT_REQUEST_ID = /^[\w.:-]{1,128}$/;

/** A refusal as `Exchange.refuse` takes it. */
type Refusing = Parameters<Exchange['refuse']>;

/** The POST of a generation. */
export class Submissions {
  readonly #options: ApiOptions;
  readonly #refused: LoggedRequest[] = [];
  /** Attempts with a trigger that refuses, by client request id. */
  readonly #attempts = new Map<string, number>();

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** The latest that were not accepted, the oldest first. */
  get refused(): readonly LoggedRequest[] {
    return this.#refused;
  }

  async submit(exchange: Exchange, endpoint: SandboxEndpoint): Promise<void> {
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
    const checked = checkBody(body, endpoint);
    const refusal = this.#refusalOf(model, checked) ?? this.#wantedRefusal(behaviour, clientRequestId, exchange.at());
    if (refusal || Array.isArray(checked)) {
      const name = model?.name ?? (typeof named === 'string' ? named.slice(0, 200) : '');
      this.#noteRefusal(exchange, clientRequestId, name);
      refuse(...(refusal ?? [400]));
    } else if (behaviour.answer === 'lost') {
      response.destroy();
    } else {
      const job = await this.#accept(checked, clientRequestId, endpoint);
      exchange.requestId = requestIdOf(job);
      response.setHeader(REQUEST_ID, exchange.requestId);
      ANSWERS[behaviour.answer ?? 'as usual'](response, job, refuse);
    }
  }

  /** Why the API would refuse the request, if it would. */
  #refusalOf(model: SandboxModel | undefined, checked: ReturnType<typeof checkBody>): Refusing | undefined {
    const { account, offer } = this.#options;
    if (account.state === 'no credit') return [account.noCreditStatus, { message: NO_CREDIT }];
    if (model && !offer.serves(model)) return [404, { message: `The model ${model.name} is not available any more.` }];
    if (Array.isArray(checked)) return [400, { message: 'Invalid payload provided', meta: checked }];
    return undefined;
  }

  /** The refusal that the prompt's triggers want for this attempt, if they do. */
  #wantedRefusal({ refusal }: Behaviour, clientRequestId: string | null, now: number): Refusing | undefined {
    if (!refusal) return undefined;
    const attempt = (this.#attempts.get(clientRequestId ?? '') ?? 0) + 1;
    this.#attempts.set(clientRequestId ?? '', attempt);
    if (attempt > refusal.attempts) return undefined;
    const { status, message, retryAfter } = refusal;
    return [status, { message, ...(retryAfter ? { retryAfter: retryAfter(now) } : {}) }];
  }

  #noteRefusal({ requestId }: Exchange, clientRequestId: string | null, model: string): void {
    const { clock, newId } = this.#options;
    this.#refused.push({ at: clock.now(), requestId, status: 'failed', id: newId(), clientRequestId, model, usd: 0 });
    if (this.#refused.length > MAX_REFUSED) this.#refused.shift();
  }

  async #accept(checked: Checked, clientRequestId: string | null, endpoint: SandboxEndpoint): Promise<SandboxJob> {
    const { jobs, clock, newId, speed, durationMs } = this.#options;
    const { model, prompt, body, ignored } = checked;
    const id = newId();
    const wanted = (behaviourOf(prompt).durationMs ?? durationMs ?? model.durationMs) / speed;
    const seed = Number(chosenValue({ model: model.name, endpoint, body }, 'seed') ?? -1);
    const job: SandboxJob = {
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
}

/** The id of the call that was accepted: made of the generation's, so that the log knows it after a restart too. */
export function requestIdOf({ id }: SandboxJob): string {
  return `req-${id}`;
}

const QUEUED = { status: 'queued', video: null, error: null, meta: null };

/** The answers to an accepted POST. */
const ANSWERS: Readonly<
  Record<
    Exclude<Behaviour['answer'], 'lost' | undefined> | 'as usual',
    (response: ServerResponse, job: SandboxJob, refuse: Exchange['refuse']) => void
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

function echoOf({ clientRequestId }: SandboxJob): Record<string, string> {
  return clientRequestId === null ? {} : { 'x-client-request-id': clientRequestId };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
