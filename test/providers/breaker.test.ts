import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/lib/log.ts';
import { ownMark } from '../../src/lib/mark.ts';
import { withBreaker } from '../../src/providers/breaker.ts';
import {
  type Job,
  type Order,
  type Provider,
  ProviderError,
  type ProviderErrorKind,
  type ProviderState,
  type Trace,
} from '../../src/providers/provider.ts';
import { settle, VirtualClock } from '../support/clock.ts';
import { countingIds } from '../support/marks.ts';
import { errorOf, job, orderFor } from './loopback.ts';

const PENDING = { status: 'pending', detail: 'queued' } as const;

/** A provider that is an instance of a class, with everything that a provider may have. */
class Own implements Provider {
  readonly name = 'own';
  readonly linkMs = 7;
  readonly #jobs = new Set<string>();
  stopped = false;

  routeOf({ prompt }: Order['request']): string {
    return `${this.name}: ${prompt}`;
  }

  async submit({ clientRequestId }: Order): Promise<string> {
    this.#jobs.add(clientRequestId);
    return clientRequestId;
  }

  async poll({ id }: Job): Promise<ProviderState> {
    return { status: 'pending', detail: String(this.#jobs.has(id)) };
  }

  async find(since: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, Trace>> {
    return new Map([...since.keys()].map((id) => [id, { accepted: this.name, failed: this.#jobs.size }]));
  }

  timeAt(moment: number): number {
    return moment + this.#jobs.size;
  }

  async models(): Promise<undefined> {
    this.#jobs.add('models');
  }

  async balance(): Promise<number> {
    return this.#jobs.size;
  }

  async stop(): Promise<void> {
    this.stopped = true;
  }
}

const partsAt = (clock: VirtualClock) => ({
  mark: () => ownMark(),
  newId: countingIds(),
  clock,
  log: createLog('silent', []),
});

/** A provider that answers as it is told, behind a breaker. */
function bench() {
  const clock = new VirtualClock();
  const calls = { submit: 0, poll: 0 };
  let answer: () => Promise<unknown> = async () => undefined;
  const bare: Provider = {
    linkMs: 0,
    name: 'told',
    async submit() {
      calls.submit += 1;
      await answer();
      return 'id';
    },
    async poll() {
      calls.poll += 1;
      await answer();
      return PENDING;
    },
    models: async () => undefined,
    stop: async () => {},
  };
  const provider = withBreaker(bare, partsAt(clock));
  const submit = () => provider.submit(orderFor('x'));
  return {
    clock,
    calls,
    provider,
    submit,
    answerWith: (next: () => Promise<unknown>) => {
      answer = next;
    },
    fail: (kind: ProviderErrorKind) => {
      answer = async () => {
        throw new ProviderError(kind, 'told so');
      };
    },
    async failTimes(times: number) {
      for (let count = 0; count < times; count++) await errorOf(submit());
    },
  };
}

describe('a provider', () => {
  it.each<ProviderErrorKind>(['busy', 'unavailable', 'ambiguous'])(
    'that is %s five times in a row is left alone, and calls are refused unsent',
    async (kind) => {
      const { provider, submit, calls, fail, failTimes } = bench();
      fail(kind);
      await failTimes(4);
      expect(await provider.pausedMs()).toBe(0);
      await failTimes(1);
      expect(await provider.pausedMs()).toBe(5000);
      expect(await errorOf(submit())).toMatchObject({ kind: 'busy', retryAfterMs: 5000 });
      expect(calls.submit).toBe(5);
    },
  );

  it.each<ProviderErrorKind>(['rejected', 'content_refused', 'model_withdrawn', 'not_found'])(
    'that refuses requests as %s is not out of order',
    async (kind) => {
      const { provider, fail, failTimes, calls } = bench();
      fail(kind);
      await failTimes(20);
      expect(await provider.pausedMs()).toBe(0);
      expect(calls.submit).toBe(20);
    },
  );

  it('that answers in between is not out of order', async () => {
    const { provider, submit, fail, failTimes, answerWith } = bench();
    for (let round = 0; round < 5; round++) {
      fail('unavailable');
      await failTimes(4);
      answerWith(async () => undefined);
      await submit();
    }
    expect(await provider.pausedMs()).toBe(0);
  });

  it('is tried by one call alone after the pause, while the others go on waiting', async () => {
    const { clock, provider, submit, calls, fail, failTimes, answerWith } = bench();
    fail('unavailable');
    await failTimes(5);
    await clock.advance(5000);
    const { promise, resolve } = Promise.withResolvers<void>();
    answerWith(() => promise);
    const probe = submit();
    await settle();
    expect(await provider.pausedMs()).toBe(1000);
    expect(await errorOf(submit())).toMatchObject({ kind: 'busy', retryAfterMs: 1000 });
    expect(calls.submit).toBe(6);
    resolve();
    expect(await probe).toBe('id');
    expect(await provider.pausedMs()).toBe(0);
    expect(await submit()).toBe('id');
  });

  it('is left alone for longer each time that the try fails, at most a minute, and for less after it has answered', async () => {
    const { clock, provider, submit, fail, failTimes, answerWith } = bench();
    fail('busy');
    await failTimes(5);
    const pauses = [];
    for (let round = 0; round < 6; round++) {
      pauses.push(await provider.pausedMs());
      await clock.advance(await provider.pausedMs());
      await failTimes(1);
    }
    expect(pauses).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    answerWith(async () => undefined);
    await clock.advance(60_000);
    await submit();
    fail('busy');
    await failTimes(5);
    expect(await provider.pausedMs()).toBe(5000);
  });

  it('that takes nothing new is still asked about what it has', async () => {
    const { provider, fail, failTimes, answerWith } = bench();
    fail('unavailable');
    await failTimes(5);
    answerWith(async () => undefined);
    expect(await provider.poll(job('id'))).toEqual(PENDING);
  });

  it('whose polls fail is polled less, and takes submissions', async () => {
    const { provider, calls, submit, fail, answerWith } = bench();
    fail('unavailable');
    for (let count = 0; count < 10; count++) await errorOf(provider.poll(job('id')));
    expect(calls.poll).toBe(5);
    answerWith(async () => undefined);
    expect(await submit()).toBe('id');
  });

  it.each<ProviderErrorKind>(['unauthorised', 'out_of_credit'])(
    'that refuses the account (%s) is asked once a minute, and says so until it takes it again',
    async (kind) => {
      const { clock, provider, submit, calls, fail, failTimes, answerWith } = bench();
      const changes: (string | undefined)[] = [];
      provider.onPauseChanged(() => changes.push(provider.paused()));
      fail(kind);
      await failTimes(1);
      for (let minute = 1; minute <= 3; minute++) {
        expect(await provider.pausedMs()).toBe(60_000);
        expect(await errorOf(submit())).toMatchObject({ kind: 'busy', retryAfterMs: 60_000 });
        await clock.advance(60_000);
        await failTimes(1);
        expect(calls.submit).toBe(1 + minute);
      }
      expect(changes).toEqual(Array(4).fill('account'));
      answerWith(async () => undefined);
      await clock.advance(60_000);
      expect(await submit()).toBe('id');
      expect(await provider.pausedMs()).toBe(0);
      expect(changes.at(-1)).toBeUndefined();
    },
  );

  it('that refused the account counts as refusing no more when nobody has tried for some minutes', async () => {
    const { clock, provider, fail, failTimes } = bench();
    fail('out_of_credit');
    await failTimes(1);
    expect(provider.paused()).toBe('account');
    await clock.advance(60_000 + 300_000);
    expect(provider.paused()).toBeUndefined();
  });

  it('that refuses the account only for new requests is still asked about what it has', async () => {
    const { provider, fail, failTimes, answerWith } = bench();
    fail('out_of_credit');
    await failTimes(1);
    answerWith(async () => undefined);
    expect(await provider.poll(job('id'))).toEqual(PENDING);
  });
});

it('answers where the provider has no method of its own', async () => {
  const { provider } = bench();
  expect(provider.routeOf(orderFor('x').request)).toBe('');
  expect(provider.timeAt(0)).toBeUndefined();
  expect(await errorOf(provider.find(new Map([['g1', 0]])))).toMatchObject({ kind: 'unavailable', lasting: true });
});

it('asks a provider that is an instance of a class as itself', async () => {
  const own = new Own();
  const provider = withBreaker(own, partsAt(new VirtualClock()));
  expect(provider).toMatchObject({ name: 'own', linkMs: 7 });
  expect(provider.routeOf(orderFor('x').request)).toBe('own: x');
  const id = await provider.submit(orderFor('x'));
  expect(await provider.poll(job(id))).toEqual({ status: 'pending', detail: 'true' });
  expect(await provider.find(new Map([[id, 0]]))).toEqual(new Map([[id, { accepted: 'own', failed: 1 }]]));
  expect(provider.timeAt(5)).toBe(6);
  await provider.models();
  expect(await provider.balance?.()).toBe(2);
  await provider.stop();
  expect(own.stopped).toBe(true);
});
