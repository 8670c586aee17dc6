import { type OfferedModel, priceOfRequest } from '../domain/offered-model.ts';
import type { VideoRequest } from '../domain/request.ts';
import { requestFor } from '../domain/request.ts';

/** Prices of the buttons under a generation, in whole credits; undefined where the model can't be used just now. */
export interface ActionPrices {
  /** The same once more; with another prompt it costs as much. */
  again: number | undefined;
  /** The same shot in pro. */
  pro: number | undefined;
}

/**
 * Reckons what it costs now to make a request again, and to make the same with pro.
 * @param offered the models that the community offers, with its prices.
 */
export function actionPrices(request: VideoRequest, offered: readonly OfferedModel[]): ActionPrices {
  const priceWith = (id: string) => {
    const model = offered.find((one) => one.id === id);
    return model && priceOfRequest(model, requestFor(request, id));
  };
  return { again: priceWith(request.model), pro: request.model === 'pro' ? undefined : priceWith('pro') };
}
