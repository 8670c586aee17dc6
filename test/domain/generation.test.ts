import { describe, expect, it } from 'vitest';
import {
  type GenerationState,
  isFinal,
  mayFollow,
  TRANSITIONS,
  UNFINISHED_STATES,
} from '../../src/domain/generation.ts';

const states = Object.keys(TRANSITIONS) as GenerationState[];

describe('the states of a generation', () => {
  it('lead from queued to delivered', () => {
    const way: GenerationState[] = ['queued', 'submitting', 'generating', 'delivering', 'delivered'];
    for (const [index, state] of way.slice(1).entries())
      expect(mayFollow(way[index] as GenerationState, state)).toBe(true);
  });

  it('never lead back before the provider once it has taken a generation', () => {
    for (const state of ['generating', 'delivering', 'timed_out', 'undelivered'] as const) {
      expect(mayFollow(state, 'queued')).toBe(false);
      expect(mayFollow(state, 'submitting')).toBe(false);
    }
  });

  it('can be cancelled before anything was sent, and by moderators while it is made', () => {
    expect(states.filter((state) => mayFollow(state, 'cancelled'))).toEqual(['queued', 'generating']);
  });

  it('lead from a failure only to a video that turns up after all', () => {
    expect(TRANSITIONS.failed).toEqual(['delivering']);
  });

  it('lead nowhere from any other end', () => {
    for (const state of ['delivered', 'cancelled'] as const) expect(TRANSITIONS[state]).toEqual([]);
  });

  it('are final exactly when the engine has nothing to do', () => {
    expect(states.filter((state) => !isFinal(state)).sort()).toEqual([...UNFINISHED_STATES].sort());
  });
});
