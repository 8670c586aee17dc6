import { API_MODELS } from '../../src/providers/aimlapi/request-fields.ts';

/** The API's name of a model of the catalogue. */
export function apiNameOf(model: string): string {
  const name = API_MODELS[model]?.names[0];
  if (name === undefined) throw new RangeError(`expected a model of the AI/ML API, got ${JSON.stringify(model)}`);
  return name;
}
