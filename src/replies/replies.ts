import type { Card } from '../domain/card.ts';
import { type Generation, type GenerationState, isFinal, type Span } from '../domain/generation.ts';
import { platformOf } from '../domain/ids.ts';
import type { QuotaStatus } from '../domain/quota-status.ts';
import type { Clock } from '../lib/clock.ts';
import { textsFor } from '../locales/languages.ts';
import type { Pause } from '../providers/provider.ts';
import type { Engine } from '../queue/engine.ts';
import type { Generations } from '../store/generations.ts';
import type { ActionPrices } from './action-prices.ts';
import type { Updates } from './updates.ts';
import { type Circumstances, generationCard } from './view.ts';

/** Dependencies of `Replies`. */
export interface RepliesParts {
  generations: Generations;
  /** How long it usually takes; undefined while too little was measured. */
  expected: (generation: Generation) => Promise<Span | undefined>;
  engine: Pick<Engine, 'place' | 'shared'>;
  /** Why nothing is sent to the provider just now. */
  pause: () => Promise<Pause | undefined>;
  updates: Updates;
  /** Reads the quota of a generation's member. */
  quotaOf: (generation: Generation) => Promise<QuotaStatus>;
  /** Whether the video of a late generation costs nothing. */
  isFree: (generation: Generation) => Promise<boolean>;
  /** The name of the clip that is attached to the reply of a delivered generation, or undefined when none is. */
  clipOf: (generation: Generation) => Promise<string | undefined>;
  /** Reckons the prices of the buttons under a generation that has ended. */
  pricesOf: (generation: Generation) => Promise<ActionPrices>;
  clock: Clock;
}

/** Interval between checks on a delivery made by another process, in ms, and the most checks. */
const LOOK_MS = 1000;
const MOST_LOOKS = 1200;

/** Keeps each generation's reply up to date with what is stored of it. */
export class Replies {
  readonly #parts: RepliesParts;
  readonly #generations: Generations;
  readonly #updates: Updates;
  /** How often each generation was shown; the latest counts. */
  readonly #turns = new Map<string, number>();

  constructor(parts: RepliesParts) {
    this.#parts = parts;
    this.#generations = parts.generations;
    this.#updates = parts.updates;
  }

  /** The card of a generation as it stands; what the database does not tell at the moment is left out. */
  async cardOf(generation: Generation, circumstances: Circumstances = {}): Promise<Card> {
    const { id, state } = generation;
    const { expected, engine, pause, quotaOf, isFree, pricesOf, clock } = this.#parts;
    return generationCard(generation, textsFor(generation.locale, platformOf(generation.community)), {
      quota: await known(quotaOf(generation)),
      expected: state === 'generating' ? await known(expected(generation)) : undefined,
      place: state === 'queued' ? await known(engine.place(id)) : undefined,
      prices: isFinal(state) ? await known(pricesOf(generation)) : undefined,
      delay: state === 'queued' ? await known(pause()) : undefined,
      free: generation.late ? await known(isFree(generation)) : undefined,
      now: clock.now(),
      ...circumstances,
    });
  }

  /** Shows a generation as it stands; returns when the card is made, not when it is shown. */
  async show(generation: Generation, circumstances: Circumstances = {}): Promise<void> {
    // Whoever shows a waiting generation may not be the one that runs it.
    await this.#show(generation, circumstances, this.#parts.engine.shared && generation.state === 'queued');
  }

  async #show(generation: Generation, circumstances: Circumstances, mayBeOvertaken: boolean): Promise<void> {
    const { id, state } = generation;
    const turn = (this.#turns.get(id) ?? 0) + 1;
    this.#turns.set(id, turn);
    const pause = mayBeOvertaken ? await known(this.#parts.pause()) : undefined;
    const card = await this.cardOf(generation, circumstances);
    // Making a card takes a moment, and one that was begun later may be there already.
    if (this.#turns.get(id) !== turn) return;
    this.#updates.show({
      id,
      ref: generation.reply,
      card,
      ...(isFinal(state)
        ? !mayBeOvertaken && { onShown: () => this.#generations.noteShown(id, state) }
        : {
            ...(mayBeOvertaken && { onEdited: () => this.#catchUp(id, state, pause) }),
            ...(this.#parts.engine.shared && { stale: () => this.#isStale(id, state) }),
          }),
    });
    if (isFinal(state)) this.#forget(id);
  }

  #forget(id: string): void {
    this.#turns.delete(id);
    void this.#updates.forget(id);
  }

  /** Resolves when all that can be shown is shown, or after `ms`. */
  async drain(ms: number): Promise<void> {
    await this.#updates.drain(ms);
  }

  /**
   * While this process showed a waiting generation, another may have begun it, or learnt why it has to wait, and shown
   * that already: then the reply shows something old, and is shown anew.
   */
  async #catchUp(id: string, shown: GenerationState, shownPause: Pause | undefined): Promise<void> {
    const generation = await this.#generations.find(id);
    if (!generation) return;
    const isOld = generation.state !== shown || (shown === 'queued' && (await this.#parts.pause()) !== shownPause);
    if (!isOld) return;
    if (generation.state === 'delivering') void this.#showDelivered(id);
    else await this.#showAnew(generation);
  }

  /**
   * A clip is in its reply a moment before the generation counts as delivered, so nobody but who delivers it can tell
   * what a reply should show in between; this waits until it is known.
   */
  async #showDelivered(id: string): Promise<void> {
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
      await this.#parts.clock.sleep(LOOK_MS);
      // Out of reach for a moment: the next look will tell.
      const generation = await this.#generations.find(id).catch(() => undefined);
      if (generation && isFinal(generation.state)) return await this.#showAnew(generation).catch(() => {});
    }
  }

  async #showAnew(generation: Generation): Promise<void> {
    if (generation.state !== 'delivered') return await this.#show(generation, {}, true);
    const name = await this.#parts.clipOf(generation);
    // A link is known only to who made it.
    if (name !== undefined) await this.#show(generation, { video: { name } }, true);
  }

  /** Whether another process has gone on, and shows that; while nobody can tell, it has not. */
  async #isStale(id: string, state: GenerationState): Promise<boolean> {
    const find = () => this.#generations.find(id);
    // After a standstill, the first question finds out that its connection has died, and the second one gets another.
    const generation = await find()
      .catch(find)
      .catch(() => undefined);
    return generation !== undefined && generation.state !== state;
  }

  /**
   * The work on a generation is not this process's any more: what it still had to show is dropped, as another one shows
   * it now. If the generation has come to its end by then, an edit of this process may have overtaken that, even one that
   * is through already; so the end is shown anew.
   */
  leave(id: string): void {
    if (!this.#parts.engine.shared) return;
    this.#turns.delete(id);
    this.#updates.drop(id);
    void this.#showEnd(id).catch(() => {});
  }

  async #showEnd(id: string): Promise<void> {
    const generation = await this.#generations.find(id);
    if (!generation || !isFinal(generation.state)) return;
    if (generation.state === 'delivered') await this.#showAnew(generation);
    else await this.#show(generation, {}, false);
  }

  /** Nothing of a generation is shown any more from now on but what its delivery shows. */
  async quiesce(id: string): Promise<void> {
    this.#turns.delete(id);
    await this.#updates.quiesce(id);
  }

  /** Shows waiting generations anew, as their places have changed. */
  async showPlaces(waiting: readonly string[]): Promise<void> {
    for (const id of waiting) {
      const generation = await this.#generations.find(id);
      // By now it may have begun, and its newer card must not be overtaken.
      if (generation?.state === 'queued' && (await this.#parts.engine.place(id))) await this.show(generation);
    }
  }

  /** Says in every unfinished generation's reply that it goes on after the restart; waits at most `ms` for it. */
  async announceRestart(ms: number): Promise<void> {
    for (const generation of await this.#generations.listUnfinished())
      await this.show(generation, { restarting: true });
    await this.#updates.drain(ms);
  }
}

/** A reply is shown whatever happens: whoever shows it has done what it tells of already. */
function known<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch(() => undefined);
}
