import type { Config } from '../config/config.ts';
import { type OfferedModel, offeredModels } from '../domain/offered-model.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Provider } from '../providers/provider.ts';
import type { DataStore } from '../store/repositories.ts';
import { Durations } from './durations.ts';
import { ModelList } from './model-list.ts';

/** Dependencies of `createModels`. */
export interface CreateModelsParts {
  config: Config;
  store: DataStore;
  provider: Pick<Provider, 'name' | 'models'>;
  /** Called when the available models change. */
  onChanged: () => void;
  clock: Clock;
  log: Log;
}

/** Models that are available now, and how long they take. */
export interface ModelsRoom {
  models: ModelList;
  durations: Durations;
  /** The models that a community offers, with its own prices; the default first. */
  modelsIn(community: string): Promise<readonly OfferedModel[]>;
}

/** Asks the provider for its models, or uses its last answer when it takes too long. */
export async function createModels({
  config,
  store,
  provider,
  onChanged,
  clock,
  log,
}: CreateModelsParts): Promise<ModelsRoom> {
  const { MODELS: wanted } = config;
  const models = new ModelList({ provider, keyv: store.keyv('provider'), leads: store.leads, wanted, clock, log });
  models.onChanged(onChanged);
  await models.start();
  return {
    models,
    durations: new Durations(store.generations, clock),
    modelsIn: async (community) => offeredModels(models.available(), await store.communitySettings.get(community)),
  };
}
