import { DailiesError } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import type { Origin } from '../domain/origin.ts';
import type { Clock } from '../lib/clock.ts';
import type { Draft, DraftInput } from '../store/drafts.ts';
import type { DataStore } from '../store/repositories.ts';
import type { Acceptance } from './acceptance.ts';
import type { Replacement } from './replacement.ts';

/** Dependencies of `DraftRequests`. */
export interface DraftParts {
  store: DataStore;
  acceptance: Acceptance;
  replacement: Replacement;
  clock: Pick<Clock, 'now'>;
  newId: () => string;
}

/** Requests that were not accepted yet and that a button goes on with. Only their member may press it. */
export class DraftRequests {
  readonly #parts: DraftParts;

  constructor(parts: DraftParts) {
    this.#parts = parts;
  }

  /**
   * Stores what a member typed until they say how they meant it.
   * @returns the draft's id. @throws {DailiesError} why it would not be accepted, apart from what it costs.
   */
  async keep(origin: Origin, input: DraftInput): Promise<string> {
    const { store, acceptance, clock, newId } = this.#parts;
    const { instead: _, ...typed } = input;
    await acceptance.check(origin, typed);
    const { community, member } = origin;
    const id = newId();
    await store.drafts.insert({ id, community, member, input, createdAt: clock.now() });
    return id;
  }

  /**
   * Accepts the draft, once, however often the button is pressed.
   * @param instead whether to use the bot's own reading of it.
   */
  async submit(origin: Origin, id: string, instead: boolean): Promise<Generation> {
    const { instead: understood, ...typed } = (await this.#find(origin, id, 'draft_gone')).input;
    const input = instead && understood ? understood : typed;
    return await this.#parts.acceptance.accept(origin, input, async ({ drafts }) => {
      if (!(await drafts.take(id))) throw new DailiesError('draft_gone');
    });
  }

  /** Repeats a request whose model is gone, with the model's successor. */
  async withSuccessor(origin: Origin, id: string): Promise<Generation> {
    const { replacement, acceptance } = this.#parts;
    const { input } = await this.#find(origin, id, 'video_forgotten');
    const successor = await replacement.successorOf(origin.community, input.model ?? '');
    if (!successor) throw new DailiesError('models_gone');
    const { model, prompt, options, dropped } = replacement.adapted(input, successor.id);
    return await acceptance.accept(origin, { model, prompt, options, dropped });
  }

  async #find(origin: Origin, id: string, missing: 'draft_gone' | 'video_forgotten'): Promise<Draft> {
    const draft = await this.#parts.store.drafts.find(id);
    if (draft?.community !== origin.community) throw new DailiesError(missing);
    if (draft.member !== origin.member) throw new DailiesError('requester_only');
    return draft;
  }
}
