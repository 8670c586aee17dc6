import type { Clock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';

/** A clock that stands still until it is told how much time has passed. */
function handClock(start = Date.UTC(2026, 0, 1)): Clock & { pass(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    sleep: () => Promise.resolve(),
    pass(ms) {
      now += ms;
    },
  };
}

export const LITE = 'bytedance/seedance-1-0-lite-t2v';
export const PRO = 'bytedance/seedance-1-0-pro-t2v';
export const PATHS = {
  universal: '/v2/video/generations',
  bytedance: '/v2/generate/video/bytedance/generation',
};

interface Answer {
  status: number;
  headers: Headers;
  json: Record<string, unknown>;
}

/** A sandbox with a clock of its own and small clips, and a plain HTTP client for it. */
export async function openSandbox(options: Partial<SandboxOptions> = {}) {
  const clock = handClock();
  const sandbox = await startSandbox({ clock, log: createLog('silent', []), shortSide: 64, ...options });
  return { ...clientOf(sandbox), sandbox, clock };
}

/** Plain HTTP calls of a sandbox, with a key. */
export function clientOf(sandbox: Pick<Sandbox, 'url'>, key = 'any-key') {
  async function call(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${sandbox.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${key}`, ...init.headers },
    });
    const text = await response.text();
    const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, json };
  }
  const post = (body: unknown, clientRequestId = 'request-1', path = PATHS.universal) =>
    call(path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'x-client-request-id': clientRequestId },
    });
  const poll = (id: unknown, path = PATHS.universal) => call(`${path}?generation_id=${String(id)}`);
  /** Submits a prompt with lite and the other fields. @returns its id. */
  const submit = async (prompt: string, fields: Record<string, unknown> = {}, clientRequestId = 'request-1') =>
    String((await post({ model: LITE, prompt, ...fields }, clientRequestId)).json.id);
  const videoUrl = async (id: string) => ((await poll(id)).json.video as { url: string } | null)?.url ?? '';
  return { call, post, poll, submit, videoUrl };
}
