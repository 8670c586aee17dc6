import type { OptionName } from '../../domain/models.ts';
import { getModel, initialOf } from '../../domain/models.ts';
import type { VideoRequest } from '../../domain/request.ts';

/** The API's two ways in; see `AIMLAPI_ENDPOINT`. */
export type Endpoint = 'universal' | 'bytedance';

/** Their paths, for POST and GET alike (docs.aimlapi.com). */
export const PATHS: Readonly<Record<Endpoint, string>> = {
  universal: '/v2/video/generations',
  bytedance: '/v2/generate/video/bytedance/generation',
};

/** The names of an endpoint's fields, by our option; an option that is not there cannot be sent. */
type Fields = Readonly<Partial<Record<OptionName, string | readonly string[]>>>;

/** A model as the API knows it. */
interface ApiModel {
  /** Its name, and others that it has or had. */
  names: readonly [string, ...string[]];
  universal: Fields;
  /** Only the first models are known to the old endpoint. */
  bytedance?: Fields;
}

const SAME = ['resolution', 'duration', 'seed'] as const;
const same = (...more: OptionName[]): Fields => Object.fromEntries([...SAME, ...more].map((name) => [name, name]));

/** The old endpoint called the camera's field first one and then the other; it is sent only when somebody asks for it. */
const OLD: Fields = { ...same('aspect_ratio', 'watermark'), camera_fixed: ['camerafixed', 'camera_fixed'] };

/** The catalogue's models in the API's words (its schemas of August 2026). */
export const API_MODELS: Readonly<Record<string, ApiModel>> = {
  lite: {
    names: ['bytedance/seedance-1-0-lite-t2v', 'seedance-1-0-lite-t2v'],
    universal: { ...same('aspect_ratio', 'watermark'), camera_fixed: 'camerafixed' },
    bytedance: OLD,
  },
  pro: {
    names: ['bytedance/seedance-1-0-pro-t2v', 'seedance-1-0-pro-t2v'],
    universal: { ...same('watermark'), camera_fixed: 'camerafixed' },
    bytedance: OLD,
  },
  'pro-fast': {
    names: ['bytedance/seedance-1-0-pro-fast', 'seedance-1-0-pro-fast'],
    universal: { ...same('watermark'), camera_fixed: 'camerafixed' },
  },
  '1.5-pro': {
    names: ['bytedance/seedance-1-5-pro', 'seedance-1-5-pro'],
    universal: same('aspect_ratio', 'camera_fixed', 'watermark', 'generate_audio'),
  },
  '2.0': {
    names: ['bytedance/seedance-2-0', 'bytedance/dreamina-seedance-2-0', 'seedance-2-0', 'dreamina-seedance-2-0'],
    universal: same('aspect_ratio', 'watermark', 'generate_audio'),
  },
  '2.0-fast': {
    names: [
      'bytedance/seedance-2-0-fast',
      'bytedance/dreamina-seedance-2-0-fast',
      'seedance-2-0-fast',
      'dreamina-seedance-2-0-fast',
    ],
    universal: same('aspect_ratio', 'generate_audio'),
  },
  '2.0-mini': {
    names: [
      'bytedance/dreamina-seedance-2-0-mini',
      'bytedance/seedance-2-0-mini',
      'dreamina-seedance-2-0-mini',
      'seedance-2-0-mini',
    ],
    universal: same('aspect_ratio', 'watermark', 'generate_audio'),
  },
  '2.5': {
    names: ['bytedance/dreamina-seedance-2-5', 'bytedance/seedance-2-5', 'dreamina-seedance-2-5', 'seedance-2-5'],
    universal: same('aspect_ratio', 'watermark', 'generate_audio'),
  },
};

/** The id in the catalogue of a model that the API knows by this name. */
export function modelIdOf(apiName: string): string | undefined {
  const name = apiName.toLowerCase();
  return Object.keys(API_MODELS).find((id) => API_MODELS[id]?.names.includes(name));
}

/** @throws {RangeError} when the catalogue has a model that is missing here. */
function apiModelOf(id: string): ApiModel {
  const model = API_MODELS[id];
  if (!model) throw new RangeError(`expected a model of the AI/ML API, got ${JSON.stringify(id)}`);
  return model;
}

/**
 * The endpoint that can carry all that a request asks for: the preferred one, or the other when only that can.
 * @param preferred `AIMLAPI_ENDPOINT` @param gone those that are not there any more; one of them only if no other can.
 */
export function endpointFor(
  request: VideoRequest,
  preferred: Endpoint,
  gone: ReadonlySet<Endpoint> = new Set(),
): Endpoint {
  const model = apiModelOf(request.model);
  const carries = (endpoint: Endpoint) => {
    const fields = model[endpoint];
    return fields !== undefined && Object.keys(request.options).every((name) => fields[name as OptionName]);
  };
  const all: Endpoint[] = preferred === 'universal' ? ['universal', 'bytedance'] : ['bytedance', 'universal'];
  const able = all.filter(carries);
  return able.find((one) => !gone.has(one)) ?? able[0] ?? 'universal';
}

/** The body of a request: the fields that the endpoint lists for the model. */
export function bodyOf(request: VideoRequest, endpoint: Endpoint): Record<string, string | number | boolean> {
  const { names, ...model } = apiModelOf(request.model);
  const body: Record<string, string | number | boolean> = { model: names[0], prompt: request.prompt };
  for (const [option, field] of Object.entries(model[endpoint] ?? {}) as [OptionName, string | readonly string[]][]) {
    const value = request.options[option];
    if (value === undefined) continue;
    if (typeof field === 'string') body[field] = value;
    // A field whose name has changed is sent under all its names, and left out where it only says what goes without.
    else if (value !== initialOf(getModel(request.model), option)) for (const name of field) body[name] = value;
  }
  return body;
}
