import { z } from 'zod';
import { MODELS } from '../../domain/models.ts';
import type { ModelNews } from '../provider.ts';
import { API_MODELS, modelIdOf } from './request-fields.ts';

const names = z.array(z.string()).catch([]);
const date = z.string().nullish().catch(undefined);

const listed = z.object({ id: z.string(), aliases: names, pricing: z.unknown().optional() });
const leaving = z.object({
  id: z.string(),
  aliases: names,
  status: z.string(),
  shutdown_at: date,
  deprecated_at: date,
  replaced_by: date,
});

/** One entry of `GET /v1/models` for a model of the catalogue. */
interface Listed {
  model: string;
  pricing: unknown;
}

/** One entry of `GET /v1/models/deprecations` for a model of the catalogue. */
interface Leaving {
  model: string;
  status: string;
  at: string | undefined;
  successor: string | undefined;
}

function entries(text: string | undefined): unknown[] | undefined {
  try {
    const body = z.object({ data: z.array(z.unknown()) }).safeParse(JSON.parse(text ?? ''));
    return body.data?.data;
  } catch {
    return undefined;
  }
}

/** "Match against id and aliases together, never id alone" (the API's page of deprecations). */
function modelOf({ id, aliases }: { id: string; aliases: string[] }): string | undefined {
  return [id, ...aliases].map(modelIdOf).find((model) => model !== undefined);
}

/** The models of the catalogue in the API's list; undefined when it can't be read, or has none of them. */
export function readListed(text: string | undefined): Listed[] | undefined {
  const all = entries(text)?.flatMap((entry) => {
    const read = listed.safeParse(entry).data;
    const model = read && modelOf(read);
    return read && model !== undefined ? [{ model, pricing: read.pricing }] : [];
  });
  // A list of other things (a filter that went wrong, an empty page) says nothing about ours.
  return all && all.length > 0 ? all : undefined;
}

/** Reads what the API's list of deprecations says of the catalogue's models; undefined when it can't be read. */
export function readLeaving(text: string | undefined): Leaving[] | undefined {
  return entries(text)?.flatMap((entry) => {
    const read = leaving.safeParse(entry).data;
    const model = read && modelOf(read);
    if (!read || model === undefined) return [];
    return {
      model,
      status: read.status.toLowerCase(),
      at: read.shutdown_at ?? read.deprecated_at ?? undefined,
      successor: modelIdOf(read.replaced_by ?? ''),
    };
  });
}

/**
 * Combines both lists. A withdrawn model is gone, whatever else is said; a deprecated one goes on until its day, and
 * the list leaves it out by then; a superseded one lives on under its name.
 */
export function newsFrom(list: readonly Listed[] | undefined, feed: readonly Leaving[] | undefined): ModelNews {
  const statusOf = (model: string) => feed?.find((entry) => entry.model === model)?.status;
  const isOffered = ({ id, withdrawn }: (typeof MODELS)[number]) => {
    const status = statusOf(id);
    if (status === 'withdrawn') return false;
    if (status === 'deprecated' || status === 'superseded') return true;
    return list ? list.some(({ model }) => model === id) : withdrawn === undefined;
  };
  const left = feed?.filter(({ status }) => status !== 'superseded') ?? [];
  return {
    offered: MODELS.filter((model) => API_MODELS[model.id] && isOffered(model)).map(({ id }) => id),
    leaving: Object.fromEntries(left.map(({ model, at, successor }) => [model, { at, successor }])),
    prices: Object.fromEntries((list ?? []).map(({ model, pricing }) => [model, pricing ?? null])),
  };
}
