import type { Engine } from '../engine/engine.ts';
import type { Durations } from '../generation/durations.ts';
import { type Generation, isFinal } from '../generation/generation.ts';
import type { Generations } from '../store/generations.ts';
import { textsFor } from '../texts/texts.ts';
import { type Circumstances, generationCard } from './generation-card.ts';
import type { Updates } from './updates.ts';

/** Keeps each generation's reply up to date with what is stored of it. */
export class Replies {
  readonly #generations: Generations;
  readonly #durations: Durations;
  readonly #engine: Pick<Engine, 'place'>;
  readonly #updates: Updates;

  constructor(parts: {
    generations: Generations;
    durations: Durations;
    engine: Pick<Engine, 'place'>;
    updates: Updates;
  }) {
    this.#generations = parts.generations;
    this.#durations = parts.durations;
    this.#engine = parts.engine;
    this.#updates = parts.updates;
  }

  /** Shows a generation as it stands; returns when the card is made, not when it is shown. */
  async show(generation: Generation, circumstances: Circumstances = {}): Promise<void> {
    const { id, state } = generation;
    const card = generationCard(generation, textsFor(generation.locale), {
      place: state === 'queued' ? this.#engine.place(id) : undefined,
      expected: state === 'generating' ? await this.#durations.expected(generation) : undefined,
      ...circumstances,
    });
    this.#updates.show({
      id,
      ref: generation.reply,
      card,
      ...(isFinal(state) && { onShown: () => this.#generations.noteShown(id, state) }),
    });
    if (isFinal(state)) void this.#updates.forget(id);
  }

  /** Nothing of a generation is shown any more from now on but what its delivery shows. */
  async quiesce(id: string): Promise<void> {
    await this.#updates.quiesce(id);
  }

  /** Shows waiting generations anew, as their places have changed. */
  async showPlaces(waiting: readonly string[]): Promise<void> {
    for (const id of waiting) {
      const generation = await this.#generations.find(id);
      // By now it may have begun, and its newer card must not be overtaken.
      if (generation?.state === 'queued' && this.#engine.place(id)) await this.show(generation);
    }
  }

  /** Says in every unfinished generation's reply that it goes on after the restart; waits at most `ms` for it. */
  async announceRestart(ms: number): Promise<void> {
    for (const generation of await this.#generations.listUnfinished())
      await this.show(generation, { restarting: true });
    await this.#updates.drain(ms);
  }
}
