import type { Config } from '../config/config.ts';
import type { Stops } from '../lib/shutdown.ts';
import type { DataStore } from '../store/repositories.ts';
import { Delivery, type DeliveryParts } from './delivery.ts';
import { AddressGuard } from './forbidden-addresses.ts';

/** Dependencies of `createDelivery`. */
export interface CreateDeliveryParts extends Omit<DeliveryParts, 'deliveries' | 'guard' | 'cardOf' | 'providerLinkMs'> {
  config: Config;
  store: DataStore;
  replies: Pick<DeliveryParts, 'cardOf'>;
  provider: { linkMs: DeliveryParts['providerLinkMs'] };
  /** Origins from which videos may come although they are of this machine. */
  trustedOrigins: readonly string[];
  stops: Stops;
}

/** Creates the delivery, which fetches videos and puts them into replies. */
export function createDelivery({
  config,
  store,
  replies,
  provider,
  trustedOrigins,
  stops,
  ...parts
}: CreateDeliveryParts): Delivery {
  const guard = new AddressGuard({ allowPrivate: config.ALLOW_PRIVATE_MEDIA_HOSTS, trustedOrigins });
  stops.add('downloads', () => guard.stop());
  const cardOf: DeliveryParts['cardOf'] = (generation, clip) => replies.cardOf(generation, clip);
  const providerLinkMs = provider.linkMs;
  return new Delivery({ ...parts, providerLinkMs, deliveries: store.deliveries, cardOf, guard });
}
