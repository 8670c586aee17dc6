import type { Failure } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import type { Model } from '../domain/models.ts';
import { type OfferedModel, offeredModels } from '../domain/offered-model.ts';
import { checkRequest, creditsFor, type RequestInput, requestFor, type VideoRequest } from '../domain/request.ts';
import type { Log } from '../lib/log.ts';
import { changeHold, type Limits } from '../quotas/admission.ts';
import type { DataStore } from '../store/repositories.ts';
import type { ModelList } from './model-list.ts';
import { TakenOver } from './work-ownership.ts';

/** Dependencies of `Replacement`. */
export interface ReplacementParts {
  store: DataStore;
  models: ModelList;
  limits: Pick<Limits, 'quota'>;
  clock: { now(): number };
  random: () => number;
  log: Log;
}

/** Finds another model for requests whose model is gone. */
export class Replacement {
  readonly #parts: ReplacementParts;

  constructor(parts: ReplacementParts) {
    this.#parts = parts;
  }

  /** The model that a community can use instead; undefined when it offers no other. */
  async successorOf(community: string, model: string): Promise<OfferedModel | undefined> {
    const { store, models } = this.#parts;
    const offered = offeredModels(models.available(), await store.communitySettings.get(community));
    const named: Model | undefined = models.successorOf(model);
    const others = offered.filter(({ id }) => id !== model);
    return others.find(({ id }) => id === named?.id) ?? others[0];
  }

  /**
   * Facts for the failure that tells a member their model is gone. Keeps the request for the button that continues with
   * the successor.
   * @param draft the id to keep it under.
   */
  async refusal(draft: string, { community, member }: Pick<Generation, 'community' | 'member'>, input: RequestInput) {
    const { store, clock } = this.#parts;
    const model = input.model ?? '';
    const successor = await this.successorOf(community, model);
    if (!successor) return { model, successor: null, credits: null, draft: null };
    const request = this.adapted(input, successor.id);
    await store.drafts.insert({ id: draft, community, member, input, createdAt: clock.now() });
    return { model, successor: successor.id, credits: creditsFor(request, successor.prices), draft };
  }

  /** Adapts a request for one model to another. */
  adapted(input: RequestInput, model: string): VideoRequest {
    const { models, random } = this.#parts;
    const before = checkRequest(input, models.available(), random);
    return checkRequest(requestFor(before, model), models.available(), random);
  }

  /**
   * The provider does not know the model of a generation that is `submitting`, so nothing was accepted. Where the member
   * named no model, the next one that is offered takes its place, if its price can be held.
   * @param settledAt as in `Generation`.
   * @returns the generation, `queued` again; or why it ends.
   */
  async replace(generation: Generation, settledAt: number | null): Promise<Generation | Failure> {
    const { store, models, limits, clock, log } = this.#parts;
    const { id, request, community } = generation;
    // Values that nobody chose are not carried over to another model.
    const chosen = requestFor(request, request.model);
    await models.refused(request.model);
    const successor = request.defaultModel
      ? offeredModels(models.available(), await store.communitySettings.get(community))[0]
      : undefined;
    if (successor) {
      // Once only: whoever answers 404 to everything must not lead a request through all models.
      const next = this.adapted(chosen, successor.id);
      const credits = creditsFor(next, successor.prices);
      const replaced = await store.transaction(async (repositories) => {
        const changed = { ...generation, request: next, credits };
        if (!(await changeHold(repositories, changed, limits.quota, clock.now()))) return undefined;
        if (!(await repositories.generations.move(id, 'submitting', 'queued', { settledAt }, generation.attempts))) {
          throw new TakenOver(`generation ${id} was sent once more`);
        }
        await repositories.generations.changeRequest(id, next, credits);
        return await repositories.generations.find(id);
      });
      if (replaced) {
        log.info(
          { generation: id, from: request.model, to: successor.id },
          'the default model is gone; another is used',
        );
        return replaced;
      }
    }
    return { code: 'model_withdrawn', params: await this.refusal(id, generation, chosen) };
  }
}
