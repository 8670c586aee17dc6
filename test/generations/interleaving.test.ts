import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GenerationState, mayFollow, TRANSITIONS } from '../../src/domain/generation.ts';
import { communityId, generationId } from '../../src/domain/ids.ts';
import { end } from '../../src/generations/end-generation.ts';
import { LostRequests } from '../../src/generations/lost-requests.ts';
import { Pipeline } from '../../src/generations/pipeline.ts';
import { PollAnswers } from '../../src/generations/poll-answers.ts';
import type { PipelineParts } from '../../src/generations/steps/steps.ts';
import { ownMark } from '../../src/lib/mark.ts';
import type { SteadyProvider } from '../../src/providers/provider.ts';
import type { Store } from '../../src/store/store.ts';
import { VirtualClock } from '../support/clock.ts';
import { openFreshStore } from '../support/fresh-database.ts';
import { makeGeneration } from '../support/generations.ts';
import { recordingLog } from '../support/log.ts';

const STATES = Object.keys(TRANSITIONS) as GenerationState[];
const ENDS: readonly GenerationState[] = ['delivered', 'failed', 'cancelled', 'timed_out', 'undelivered'];
const SEED = 20261121;

async function opened(): Promise<Store> {
  const store = await openFreshStore();
  return store;
}

async function accept(store: Store, id: string): Promise<void> {
  await store.generations.insert(makeGeneration({ id }));
  const hold = { community: 'web:local', member: 'web:ada', channel: 'general', credits: 1, granted: 0, at: 0 };
  await store.holds.take({ generation: id, ...hold });
}

describe('steps of several at once, each by what it last saw', () => {
  it('are taken by one, lead from where the generation stands, and settle its credits once', async () => {
    const store = await opened();
    let count = 0;
    // What a runner, a second runner, a member and a moderator do, in any order; each may look anew first.
    const step = fc.record({ who: fc.nat(3), looks: fc.boolean(), to: fc.constantFrom(...STATES) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const id = `g${count++}`;
        await accept(store, id);
        const seen: GenerationState[] = ['queued', 'queued', 'queued', 'queued'];
        const history: GenerationState[] = ['queued'];
        let hold = 'held';
        for (const { who, looks, to } of steps) {
          const before = history.at(-1) as GenerationState;
          if (looks) seen[who] = before;
          const from = seen[who] as GenerationState;
          const attempt = ENDS.includes(to)
            ? store.transaction((repositories) =>
                end(repositories, { id: generationId(id), community: communityId('web', 'local') }, from, to, {
                  finishedAt: 1,
                }),
              )
            : store.generations.move(id, from, to);
          const moved = await attempt.catch((error: unknown) => {
            expect(error).toBeInstanceOf(RangeError);
            expect(mayFollow(from, to)).toBe(false);
            return undefined;
          });
          if (moved) {
            expect(from).toBe(before);
            expect(mayFollow(before, to)).toBe(true);
            history.push(to);
            seen[who] = to;
          }
          const now = await store.holds.stateOf(id);
          if (hold !== 'held') expect(now).toBe(hold);
          hold = now ?? 'none';
        }
        const last = history.at(-1) as GenerationState;
        expect((await store.generations.find(id))?.state).toBe(last);
        expect(history.filter((state) => state === 'delivered').length).toBeLessThanOrEqual(1);
        // What was given up and turned up all the same has had its credits back.
        const late = history.some(
          (state, index) => state === 'delivering' && ['timed_out', 'failed'].includes(history[index - 1] ?? ''),
        );
        const refunded = late || history.includes('timed_out') || history.includes('failed');
        if (last === 'delivered') expect(hold).toBe(late ? 'released' : 'settled');
        else if (['failed', 'cancelled', 'timed_out'].includes(last)) expect(hold).toBe('released');
        else expect(hold).toBe(refunded ? 'released' : 'held');
      }),
      { seed: SEED, numRuns: 120 },
    );
  });
});

describe('two runs of one generation', () => {
  it('buy it once', async () => {
    const store = await opened();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.constantFrom('accepted', 'refused'), async (scheduler, answer) => {
        const id = `g${count++}`;
        await accept(store, id);
        const clock = new VirtualClock();
        const sent: string[] = [];
        const provider: SteadyProvider = {
          linkMs: 0,
          name: 'told',
          routeOf: () => '',
          timeAt: () => undefined,
          models: async () => undefined,
          pausedMs: async () => 0,
          paused: () => undefined,
          askPause: async () => undefined,
          acceptedAt: () => 0,
          onPauseChanged: () => {},
          keepHearing: async () => {},
          submit: ({ clientRequestId }) =>
            scheduler.schedule(Promise.resolve()).then(() => {
              sent.push(clientRequestId);
              return 'id';
            }),
          poll: () =>
            scheduler.schedule(Promise.resolve({ status: 'error', refused: false, name: '', message: '' } as const)),
          find: () => {
            const found = answer === 'accepted' && sent.length > 0;
            return scheduler.schedule(Promise.resolve(new Map(found ? [[id, { accepted: 'id', failed: 0 }]] : [])));
          },
          balance: async () => 0,
          stop: async () => {},
        };
        const parts = {
          store,
          provider,
          replies: { show: async () => {}, quiesce: async () => {} },
          delivery: {},
          lost: new LostRequests({
            provider,
            mark: ownMark(),
            newId: () => String(count),
            clock,
            random: () => 0.5,
            log: recordingLog().log,
          }),
          answers: new PollAnswers(),
          spent: () => {},
          durations: { expected: async () => undefined },
          clock,
          random: () => 0.5,
          log: recordingLog().log,
          pollIntervalMs: 1000,
          timeoutMs: 10_000,
        } as unknown as PipelineParts;
        const { signal } = new AbortController();
        const runs = [new Pipeline(parts), new Pipeline(parts)].map((pipeline) => pipeline.run(id, signal));
        let ended = false;
        const all = Promise.all(runs).then(() => {
          ended = true;
        });
        while (!ended) {
          await scheduler.waitIdle();
          await clock.advance(1000);
          await new Promise((resolve) => setImmediate(resolve));
        }
        await all;
        expect(sent.length).toBeLessThanOrEqual(1);
        expect((await store.generations.find(id))?.state).toMatch(/^(failed|timed_out)$/);
        expect(await store.holds.stateOf(id)).toBe('released');
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});
