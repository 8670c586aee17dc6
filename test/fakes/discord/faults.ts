import { fastClock } from '../../support/clock.ts';
import { Refusal } from './protocol.ts';

/** What goes wrong. `reset` breaks the connection; with `after`, once the request has been carried out. */
type FaultKind =
  | { kind: 'rateLimit'; retryAfterMs: number; global?: boolean }
  | { kind: 'refuse'; status: number; code: number; message: string }
  | { kind: 'reset'; after?: boolean }
  | { kind: 'delay'; ms: number };

/** The next `times` requests (1 if not given) that match get it. */
export type Fault = FaultKind & { method: string; path: RegExp; times?: number };

/** What a server can do about a fault. */
export interface FaultEffects {
  respond(status: number, body: unknown, headers?: Record<string, string>): void;
  breakConnection(): void;
}

/** The faults that are still to come. */
export class Faults {
  readonly #waiting: Required<Fault>[] = [];

  /** @returns what takes it back. */
  add(fault: Fault): () => void {
    const waiting = { times: 1, ...fault } as Required<Fault>;
    this.#waiting.push(waiting);
    return () => {
      waiting.times = 0;
    };
  }

  /** The fault for this request, if there is one. */
  take(method: string, path: string): Fault | undefined {
    const fault = this.#waiting.find((each) => each.times > 0 && each.method === method && each.path.test(path));
    if (fault) fault.times -= 1;
    return fault;
  }
}

/** Does what the fault says; false when the request shall go on as usual. */
export async function apply(fault: Fault, effects: FaultEffects): Promise<boolean> {
  switch (fault.kind) {
    case 'delay':
      await fastClock(1).sleep(fault.ms);
      return false;
    case 'refuse':
      throw new Refusal(fault.status, fault.code, fault.message);
    case 'reset':
      if (fault.after) return false;
      effects.breakConnection();
      return true;
    case 'rateLimit': {
      const seconds = fault.retryAfterMs / 1000;
      effects.respond(
        429,
        { message: 'You are being rate limited.', retry_after: seconds, global: fault.global ?? false },
        {
          'retry-after': String(seconds),
          'x-ratelimit-scope': fault.global ? 'global' : 'user',
          ...(fault.global ? { 'x-ratelimit-global': 'true' } : {}),
        },
      );
      return true;
    }
  }
}
