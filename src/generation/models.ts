/**
 * The model catalogue. A model is one entry here: the commands' options, the checks, the help, the playground's pickers
 * and the request body are all made from it.
 *
 * Options and values: the AI/ML API's own schemas for `/v2/video/generations` (universal) and
 * `/v2/generate/video/bytedance/generation` (bytedance), docs.aimlapi.com.
 */

/** Which of the API's two ways in is used; see `AIMLAPI_ENDPOINT`. */
export type Endpoint = 'universal' | 'bytedance';

/** The names of options as people type them. */
export type OptionName = 'resolution' | 'aspect_ratio' | 'duration' | 'seed' | 'camera_fixed' | 'watermark';

interface OptionBase {
  name: OptionName;
  /** The name of the field in the request body. */
  field: string;
  /** The endpoints whose schema lists this field for this model. Elsewhere it is dropped, and the member is told. */
  endpoints: readonly Endpoint[];
}

/** One option of one model. `initial` is what counts when the member does not say. */
export type ModelOption = OptionBase &
  (
    | { type: 'choice'; values: readonly (string | number)[]; initial: string | number }
    | { type: 'integer'; minimum: number; maximum: number }
    | { type: 'boolean'; initial: boolean }
  );

/** One model of the catalogue. */
export interface Model {
  /** What people type: `model:pro`. */
  id: string;
  /** What people read. */
  label: string;
  /** The API's name for it. */
  apiModel: string;
  /** Credits for a clip of 5 seconds; the cost grows with the seconds. */
  weight: number;
  /**
   * What a clip of 5 seconds usually takes at the provider, in ms. It only spaces the polls until enough generations
   * have been measured; it is never shown.
   */
  typicalMs: number;
  options: readonly ModelOption[];
}

const BOTH: readonly Endpoint[] = ['universal', 'bytedance'];

/** The longest prompt, in characters. The API names no limit; this is longer than any prompt the models follow. */
export const MAX_PROMPT_LENGTH = 2000;

/** Seeds are 32-bit unsigned integers (ByteDance's own documentation; the AI/ML API says only "integer"). */
const MAX_SEED = 2 ** 32 - 1;

/** What both text-to-video models of Seedance 1.0 take; they differ in where the aspect ratio is known. */
const seedanceOptions = (aspectRatioEndpoints: readonly Endpoint[]): readonly ModelOption[] => [
  {
    name: 'resolution',
    field: 'resolution',
    type: 'choice',
    values: ['480p', '720p', '1080p'],
    initial: '1080p',
    endpoints: BOTH,
  },
  {
    name: 'aspect_ratio',
    field: 'aspect_ratio',
    type: 'choice',
    values: ['16:9', '4:3', '1:1', '3:4', '9:16', '21:9', '9:21'],
    initial: '16:9',
    endpoints: aspectRatioEndpoints,
  },
  { name: 'duration', field: 'duration', type: 'choice', values: [5, 10], initial: 5, endpoints: BOTH },
  { name: 'seed', field: 'seed', type: 'integer', minimum: 0, maximum: MAX_SEED, endpoints: BOTH },
  { name: 'camera_fixed', field: 'camerafixed', type: 'boolean', initial: false, endpoints: BOTH },
  { name: 'watermark', field: 'watermark', type: 'boolean', initial: false, endpoints: BOTH },
];

/** All models, the default first. */
export const MODELS: readonly Model[] = [
  {
    id: 'lite',
    label: 'Seedance 1.0 Lite',
    apiModel: 'bytedance/seedance-1-0-lite-t2v',
    weight: 1,
    typicalMs: 36_000,
    options: seedanceOptions(BOTH),
  },
  {
    id: 'pro',
    label: 'Seedance 1.0 Pro',
    apiModel: 'bytedance/seedance-1-0-pro-t2v',
    weight: 3,
    typicalMs: 55_000,
    // The schema of `pro` on the universal endpoint lists no aspect_ratio.
    options: seedanceOptions(['bytedance']),
  },
];

/** The model of this id in the catalogue, or undefined. */
export function findModel(id: string): Model | undefined {
  return MODELS.find((model) => model.id === id);
}

/** The model of this id. @throws {RangeError} when a stored generation names a model that the catalogue has lost. */
export function getModel(id: string): Model {
  const model = findModel(id);
  if (!model) throw new RangeError(`expected a model of the catalogue, got ${JSON.stringify(id)}`);
  return model;
}

/** Credits for a clip of this many seconds: weight × seconds / 5. */
export function costOf(model: Model, seconds: number): number {
  return (model.weight * seconds) / 5;
}
