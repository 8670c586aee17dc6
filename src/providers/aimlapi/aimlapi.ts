import type { Clock } from '../../clock.ts';
import { type Endpoint, getModel } from '../../generation/models.ts';
import { bodyFields, type VideoRequest } from '../../generation/request.ts';
import type { Log } from '../../log.ts';
import { type Provider, ProviderError } from '../provider.ts';
import { toProviderError } from './errors.ts';
import { type Call, createHttp, type HttpAnswer, NotConnected } from './http.ts';
import { findInLog } from './request-log.ts';
import { readBalance, readState, readSubmitted } from './states.ts';

/** The API's two ways in, for POST and GET alike (docs.aimlapi.com). */
const PATHS: Record<Endpoint, string> = {
  universal: '/v2/video/generations',
  bytedance: '/v2/generate/video/bytedance/generation',
};

/** How long a submission on its way may still be answered after its caller has given up, in ms. */
const SUBMIT_GRACE_MS = 5000;

/** What the provider is made of. */
export interface AimlapiOptions {
  /** Without a path: `https://api.aimlapi.com`. */
  baseUrl: string;
  key: string;
  endpoint: Endpoint;
  log: Log;
  clock: Clock;
  /** The longest time for one call, in ms. @default 30000 */
  timeoutMs?: number;
  /** As in `Provider.name`. @default 'aimlapi' */
  name?: string;
}

/**
 * Videos made by the AI/ML API, or by the sandbox, which speaks the same.
 * @throws {RangeError} when the key has characters that no header can carry.
 */
export function createAimlapi(options: AimlapiOptions): Provider {
  const { key, endpoint, log, clock, timeoutMs = 30_000, name = 'aimlapi' } = options;
  const http = createHttp({ baseUrl: options.baseUrl, key, timeoutMs, log, clock });
  const path = PATHS[endpoint];

  /** Asks for something that costs nothing; silence means that it is out of order. */
  async function read(call: Omit<Call, 'method' | 'signal'>, signal?: AbortSignal): Promise<string | undefined> {
    signal?.throwIfAborted();
    let answer: HttpAnswer;
    try {
      answer = await http.send({ ...call, method: 'GET', signal });
    } catch (cause) {
      signal?.throwIfAborted();
      throw new ProviderError('unavailable', 'no answer', { cause });
    }
    signal?.throwIfAborted();
    if (!isSuccess(answer)) throw toProviderError(answer, 'read', clock.now(), [key]);
    return answer.text?.replaceAll(key, '[redacted]');
  }

  async function submit(request: VideoRequest, clientRequestId: string, signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    const patience = withGrace(clock, signal);
    let answer: HttpAnswer;
    try {
      answer = await http.send({
        method: 'POST',
        path,
        clientRequestId,
        body: {
          model: getModel(request.model).apiModel,
          prompt: request.prompt,
          ...bodyFields(request, endpoint),
        },
        signal: patience.signal,
      });
    } catch (cause) {
      if (cause instanceof NotConnected) throw new ProviderError('unavailable', 'no connection', { cause });
      throw new ProviderError('ambiguous', 'no answer after the request was sent', { cause });
    } finally {
      patience.end();
    }
    if (!isSuccess(answer)) throw toProviderError(answer, 'submit', clock.now(), [key, request.prompt]);
    const id = readSubmitted(answer.text);
    if (id === undefined) throw new ProviderError('ambiguous', 'the answer to the request has no id');
    return id;
  }

  return {
    name,
    submit,
    async poll(id, signal) {
      const answer = readState(await read({ path, query: { generation_id: id } }, signal));
      if (!answer) throw new ProviderError('unavailable', 'the state of the generation could not be read');
      if (answer.remark) log.warn({ providerId: id, state: answer.state }, `provider: ${answer.remark}`);
      return answer.state;
    },
    find(clientRequestId, since, signal) {
      return findInLog(
        clientRequestId,
        { since, now: clock.now() },
        (query) => read({ path: '/v2/logs', query }, signal),
        (unreadable) => log.warn({ unreadable }, 'provider: rows of the log of requests could not be read'),
      );
    },
    async balance(signal) {
      const balance = readBalance(await read({ path: '/v2/billing' }, signal));
      if (balance === undefined) throw new ProviderError('unavailable', 'the balance could not be read');
      return balance;
    },
    stop: () => http.stop(),
  };
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
