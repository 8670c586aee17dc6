import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { ACCOUNT_KINDS, type Job, type Order, type Provider, ProviderError } from '../provider.ts';
import { type Call, createHttpClient, type Http, type HttpAnswer, NotConnected } from './http-client.ts';
import { createModelLists, type ModelListsParts } from './model-lists.ts';
import { readBalance, readState, readSubmitted } from './poll-answer.ts';
import { toProviderError } from './refusals.ts';
import { bodyOf, type Endpoint, endpointFor, PATHS } from './request-fields.ts';
import { findInLog } from './request-log.ts';

/** How long a submission on its way may still be answered after its caller has given up, in ms. */
const SUBMIT_GRACE_MS = 5000;

/** Links to videos can expire after a day (docs.aimlapi.com). */
const LINK_MS = 24 * 3_600_000;

/** How many unknown words for a state are remembered, so that each is logged once. */
const MOST_UNKNOWN = 100;

/** Options and dependencies of `createAimlapi`. */
export interface AimlapiOptions {
  /** Without a path: `https://api.aimlapi.com`. */
  baseUrl: string;
  key: string;
  /** The endpoint that requests go to which both can carry. */
  endpoint: Endpoint;
  log: Log;
  clock: Clock;
  /** The longest time for one call, in ms. @default 30000 */
  timeoutMs?: number;
  /** As in `ModelListsParts`. */
  keyv?: ModelListsParts['keyv'];
  /** As in `Provider.name`. @default 'aimlapi' */
  name?: string;
}

/**
 * Videos made by the AI/ML API, or by the sandbox, which speaks the same.
 * @throws {RangeError} when the key has characters that no header can carry.
 */
export function createAimlapi(options: AimlapiOptions): Required<Provider> {
  const { key, endpoint, log, clock, timeoutMs = 30_000, name = 'aimlapi' } = options;
  const http = createHttpClient({ baseUrl: options.baseUrl, key, timeoutMs, log, clock });
  const unknownStates = new Set<string>();
  /** Endpoints that were not there any more when they were asked. */
  const gone = new Set<Endpoint>();

  const calling = { http, key, endpoint, gone, log, clock };
  return {
    name,
    linkMs: LINK_MS,
    routeOf: (request) => endpointFor(request, endpoint, gone),
    submit: (order, signal) => submit(calling, order, signal),
    async poll({ id, route, prompt = '' }: Job, signal) {
      const path = PATHS[endpointOf(route, endpoint)];
      const answer = readState(await ask(calling, { path, query: { generation_id: id } }, signal, [prompt]), [prompt]);
      if (!answer) throw new ProviderError('unavailable', 'the state of the generation could not be read');
      const { unknown } = answer;
      if (unknown !== undefined && !unknownStates.has(unknown) && unknownStates.size < MOST_UNKNOWN) {
        unknownStates.add(unknown);
        log.warn({ providerId: id, state: unknown }, 'provider: unknown state; it counts as not finished');
      }
      return answer.state;
    },
    async find(since, paced = async () => {}, wideMs = 0, signal = undefined) {
      return await findInLog(
        since,
        { now: clock.now(), skewMs: http.skewMs(), wideMs },
        async (query) => {
          await paced();
          return await readLog(calling, query, [...since.keys()], paced, signal);
        },
        (unreadable) => log.warn({ unreadable }, 'provider: rows of the log of requests could not be read'),
      );
    },
    timeAt(moment) {
      const skewMs = http.skewMs();
      return skewMs === undefined ? undefined : moment + skewMs;
    },
    models: createModelLists({ ...options, name, ask: (call, signal) => ask(calling, call, signal) }),
    async balance(signal) {
      const balance = readBalance(await read(calling, { path: '/v2/billing' }, signal));
      if (balance === undefined) throw new ProviderError('unavailable', 'the balance could not be read');
      return balance;
    },
    stop: () => http.stop(),
  };
}

/** Dependencies of every call. */
interface Calling {
  http: Http;
  key: string;
  clock: Clock;
}

/**
 * Asks for something that costs nothing; silence means that it is out of order.
 * @param hidden as in `toProviderError`, besides the key.
 */
async function ask(
  { http, key, clock }: Calling,
  call: Omit<Call, 'method' | 'signal'>,
  signal?: AbortSignal,
  hidden: readonly string[] = [],
): Promise<HttpAnswer> {
  signal?.throwIfAborted();
  let answer: HttpAnswer;
  try {
    answer = await http.send({ ...call, method: 'GET', signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ProviderError('unavailable', 'no answer', { cause });
  }
  signal?.throwIfAborted();
  if (!isSuccess(answer) && answer.status !== 304) throw toProviderError(answer, 'read', clock.now(), [key, ...hidden]);
  return { ...answer, text: answer.text?.replaceAll(key, '[redacted]') };
}

async function read(...asked: Parameters<typeof ask>): Promise<string | undefined> {
  return (await ask(...asked)).text;
}

/** A page of the log of requests. @param ids those that are looked for. */
async function readLog(
  calling: Submitting,
  query: Readonly<Record<string, string>>,
  ids: readonly string[],
  paced: () => Promise<void>,
  signal?: AbortSignal,
): Promise<string | undefined> {
  return await read(calling, { path: '/v2/logs', query }, signal).catch(async (error: unknown) => {
    throw (await isLogAlone(calling, error, ids, paced, signal)) ? noLog(error) : error;
  });
}

/**
 * Whether it is the log alone that is not there: a gateway may know no such address, or have nothing behind it at all,
 * and only in the first case does the API itself answer other questions.
 */
async function isLogAlone(
  calling: Submitting,
  error: unknown,
  [anId = '']: readonly string[],
  paced: () => Promise<void>,
  signal?: AbortSignal,
): Promise<boolean> {
  if (!(error instanceof ProviderError) || error.kind !== 'not_found' || error.answered) return false;
  // The API has nothing under this id, and says so in its own words.
  for (const call of [{ path: '/v2/billing' }, { path: PATHS[calling.endpoint], query: { generation_id: anId } }]) {
    await paced();
    const isThere = await read(calling, call, signal).then(
      () => true,
      (other: unknown) => other instanceof ProviderError && other.answered && !ACCOUNT_KINDS.includes(other.kind),
    );
    if (isThere) return true;
  }
  return false;
}

/** Further dependencies of a submission. */
interface Submitting extends Calling {
  endpoint: Endpoint;
  gone: Set<Endpoint>;
  log: Log;
}

async function submit(
  { http, key, endpoint, gone, log, clock }: Submitting,
  { request, clientRequestId, route }: Order,
  signal: AbortSignal | undefined,
): Promise<string> {
  signal?.throwIfAborted();
  const patience = withGrace(clock, signal);
  const to = endpointOf(route, endpoint);
  if (gone.has(to)) throw new ProviderError('rejected', 'Options that only the old endpoint took are gone with it.');
  let answer: HttpAnswer;
  try {
    const body = bodyOf(request, to);
    answer = await http.send({ method: 'POST', path: PATHS[to], clientRequestId, body, signal: patience.signal });
  } catch (cause) {
    if (cause instanceof NotConnected) throw new ProviderError('unavailable', 'no connection', { cause });
    throw new ProviderError('ambiguous', 'no answer after the request was sent', { cause });
  } finally {
    patience.end();
  }
  if (to === 'bytedance' && isMissingPath(answer)) {
    gone.add(to);
    log.error({ path: PATHS[to] }, 'this endpoint is gone at the provider; requests go to the universal one');
    throw new ProviderError('unavailable', 'the endpoint is gone', { answered: true });
  }
  if (!isSuccess(answer)) throw toProviderError(answer, 'submit', clock.now(), [key, request.prompt]);
  const id = readSubmitted(answer.text) ?? answer.headers.get('x-inference-id')?.trim();
  if (!id) throw new ProviderError('ambiguous', 'the answer to the request has no id');
  return id;
}

/** The endpoint of a route; those of the first versions were sent to the one that was set. */
function endpointOf(route: string | undefined, preferred: Endpoint): Endpoint {
  return route === 'universal' || route === 'bytedance' ? route : preferred;
}

function noLog(cause: unknown): ProviderError {
  return new ProviderError('unavailable', 'there is no log of requests', { answered: true, lasting: true, cause });
}

/** 404 is for a model as well; this is what the API's framework says of an address that it does not have. */
function isMissingPath({ status, text }: HttpAnswer): boolean {
  return status === 404 && /cannot post/i.test(text ?? '');
}

function isSuccess(answer: HttpAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** A signal that follows another one some seconds later, because an answer on its way holds an id that was paid for. */
function withGrace(clock: Clock, signal: AbortSignal | undefined): { signal: AbortSignal; end(): void } {
  const late = new AbortController();
  const ended = new AbortController();
  const onAbort = () => {
    clock.sleep(SUBMIT_GRACE_MS, ended.signal).then(
      () => late.abort(signal?.reason),
      () => undefined,
    );
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: late.signal,
    end() {
      signal?.removeEventListener('abort', onAbort);
      ended.abort();
    },
  };
}
