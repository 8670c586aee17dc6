/**
 * The model catalogue. A model is one entry here (and one in the provider's own mapping): the commands' options, the
 * checks, the help, the pickers and the prices are all made from it. It knows no provider's words.
 *
 * Where options, values, defaults and prices come from stands in docs/provider.md. The default resolution is 720p
 * everywhere: valid in every revision of the schemas, and small enough for the platforms.
 */

/** The names of options as people type them. */
export type OptionName =
  | 'resolution'
  | 'aspect_ratio'
  | 'duration'
  | 'seed'
  | 'camera_fixed'
  | 'watermark'
  | 'generate_audio';

interface OptionBase {
  name: OptionName;
}

/**
 * One option of one model. `initial` is the value when the member does not say; an option without it is sent only when
 * somebody asks for it by name.
 */
export type ModelOption = OptionBase &
  (
    | { type: 'choice'; values: readonly (string | number)[]; initial?: string | number }
    | { type: 'integer'; minimum: number; maximum: number }
    | { type: 'boolean'; initial: boolean }
  );

/** The names of resolutions, from the smallest to the largest. */
export const RESOLUTIONS = ['480p', '720p', '1080p', '4k'] as const;

/** How sharp a clip is, by the short side of its frame. */
export type Resolution = (typeof RESOLUTIONS)[number];

/** US dollars for a million of the provider's tokens, with sound and without. */
interface TokenPrice {
  sound: number;
  silent: number;
}

/** One model of the catalogue. */
export interface Model {
  /** The name that people type: `model:pro`. */
  id: string;
  /** The name that people read. */
  label: string;
  /** Price of the provider's tokens, for each resolution where it makes a difference. */
  tokenPrice: TokenPrice | Readonly<Partial<Record<Resolution, TokenPrice>>>;
  /**
   * Usual time for a clip of 5 seconds in 720p at the provider, in ms. It only spaces the polls until enough
   * generations have been measured; it is never shown.
   */
  typicalMs: number;
  options: readonly ModelOption[];
  /**
   * The model was withdrawn, as far as this catalogue knows: counts until the provider itself has been asked. `at` is the
   * date, `successor` the id of the model to use instead.
   */
  withdrawn?: { at: string; successor: string };
}

/** Prices of 5 seconds of a model in credits, by resolution; `any` counts for those that are not named. */
export type ModelPrices = Readonly<Partial<Record<Resolution | 'any', number>>>;

/** The longest prompt, in characters. The API names no limit; this is longer than any prompt the models follow. */
export const MAX_PROMPT_LENGTH = 2000;

/** Seeds are 32-bit unsigned integers. */
const MAX_SEED = 2 ** 32 - 1;

const SEED: ModelOption = { name: 'seed', type: 'integer', minimum: 0, maximum: MAX_SEED };
const WATERMARK: ModelOption = { name: 'watermark', type: 'boolean', initial: false };
const CAMERA_FIXED: ModelOption = { name: 'camera_fixed', type: 'boolean', initial: false };
const GENERATE_AUDIO: ModelOption = { name: 'generate_audio', type: 'boolean', initial: true };

const resolution = (...values: Resolution[]): ModelOption => ({
  name: 'resolution',
  type: 'choice',
  values,
  initial: '720p',
});

const aspectRatio = (...values: string[]): ModelOption => ({
  name: 'aspect_ratio',
  type: 'choice',
  values,
  initial: '16:9',
});

const seconds = (values: readonly number[], initial: number): ModelOption => ({
  name: 'duration',
  type: 'choice',
  values,
  initial,
});

const everySecond = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const SEVEN_RATIOS = ['16:9', '4:3', '1:1', '3:4', '9:16', '21:9', '9:21'];
const SIX_RATIOS = ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16'];

const sameFor = (usd: number): TokenPrice => ({ sound: usd, silent: usd });

/**
 * All models; the first that is offered is the default.
 *
 * Prices: their maker's own for a million tokens. 2.0 fast is to 2.0 as the prices that were charged (1.12 to 1.4), 2.0
 * mini half of 2.0. Nobody has published one for 2.5; it counts as 2.0 does.
 * Times: as published, scaled to 5 seconds of 720p; 2.0 mini is taken as 2.0 fast, and 2.5 as 2.0.
 */
export const MODELS: readonly Model[] = [
  {
    id: 'lite',
    label: 'Seedance 1.0 Lite',
    tokenPrice: sameFor(1.8),
    typicalMs: 36_000,
    options: [
      resolution('480p', '720p', '1080p'),
      aspectRatio(...SEVEN_RATIOS),
      seconds([5, 10], 5),
      SEED,
      CAMERA_FIXED,
      WATERMARK,
    ],
    withdrawn: { at: '2026-06-24', successor: 'pro-fast' },
  },
  {
    id: 'pro',
    label: 'Seedance 1.0 Pro',
    tokenPrice: sameFor(2.5),
    typicalMs: 51_000,
    options: [
      resolution('480p', '720p', '1080p'),
      // Known to one of the API's two endpoints alone, so it is sent only when somebody asks for it.
      { name: 'aspect_ratio', type: 'choice', values: SEVEN_RATIOS },
      seconds([5, 10], 5),
      SEED,
      CAMERA_FIXED,
      WATERMARK,
    ],
  },
  {
    id: 'pro-fast',
    label: 'Seedance 1.0 Pro Fast',
    tokenPrice: sameFor(1),
    typicalMs: 29_000,
    options: [resolution('480p', '720p', '1080p'), seconds([5, 10], 5), SEED, CAMERA_FIXED, WATERMARK],
  },
  {
    id: '1.5-pro',
    label: 'Seedance 1.5 Pro',
    tokenPrice: { sound: 2.4, silent: 1.2 },
    typicalMs: 184_000,
    options: [
      resolution('480p', '720p', '1080p'),
      aspectRatio('16:9', '4:3', '1:1', '3:4', '9:16', '21:9', 'adaptive'),
      seconds(everySecond(4, 12), 5),
      SEED,
      CAMERA_FIXED,
      WATERMARK,
      GENERATE_AUDIO,
    ],
  },
  {
    id: '2.0',
    label: 'Seedance 2.0',
    tokenPrice: { '480p': sameFor(7), '720p': sameFor(7), '1080p': sameFor(7.7), '4k': sameFor(4) },
    typicalMs: 87_000,
    options: [
      resolution('480p', '720p', '1080p', '4k'),
      aspectRatio(...SIX_RATIOS),
      seconds(everySecond(4, 15), 5),
      SEED,
      WATERMARK,
      GENERATE_AUDIO,
    ],
  },
  {
    id: '2.0-fast',
    label: 'Seedance 2.0 Fast',
    tokenPrice: sameFor(5.6),
    typicalMs: 58_000,
    options: [
      resolution('480p', '720p'),
      aspectRatio(...SIX_RATIOS),
      seconds(everySecond(4, 15), 8),
      SEED,
      GENERATE_AUDIO,
    ],
  },
  {
    id: '2.0-mini',
    label: 'Seedance 2.0 Mini',
    tokenPrice: sameFor(3.5),
    typicalMs: 58_000,
    options: [
      resolution('480p', '720p'),
      aspectRatio(...SIX_RATIOS),
      seconds(everySecond(4, 15), 5),
      SEED,
      WATERMARK,
      GENERATE_AUDIO,
    ],
  },
  {
    id: '2.5',
    label: 'Seedance 2.5',
    tokenPrice: sameFor(7),
    typicalMs: 87_000,
    options: [
      resolution('480p', '720p'),
      aspectRatio(...SIX_RATIOS),
      seconds(everySecond(4, 30), 5),
      SEED,
      WATERMARK,
      GENERATE_AUDIO,
    ],
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

/** How long a clip is, how sharp, and whether it has sound: what its price and its time depend on. */
export interface ClipShape {
  resolution: Resolution;
  /** In seconds. */
  seconds: number;
  /** Whether it is made with sound; models without sound ignore it. */
  sound: boolean;
}

/** Width times height of a frame, as the provider's price formula takes it; the aspect ratio hardly changes it. */
const PIXELS: Readonly<Record<Resolution, number>> = {
  '480p': 864 * 480,
  '720p': 1280 * 720,
  '1080p': 1920 * 1080,
  '4k': 3840 * 2160,
};

const FRAMES_A_SECOND = 24;

/** 1 credit: what 5 seconds of lite in 720p cost at the provider, in US dollars. */
const USD_PER_CREDIT = usdFor({ tokenPrice: sameFor(1.8) }, { resolution: '720p', seconds: 5, sound: false });

/** Reckons a clip's cost at the provider by the formula of the models' maker, in US dollars. */
export function usdFor({ tokenPrice }: Pick<Model, 'tokenPrice'>, { resolution, seconds, sound }: ClipShape): number {
  const tokens = (PIXELS[resolution] * FRAMES_A_SECOND * seconds) / 1024;
  const price = 'sound' in tokenPrice ? tokenPrice : (tokenPrice[resolution] ?? tokenPrice['720p']);
  return (tokens * ((sound ? price?.sound : price?.silent) ?? 0)) / 1_000_000;
}

/** Keeps a sum that is a whole number but for the machine's rounding from being rounded up. */
const ROUNDING = 1e-9;

/**
 * Reckons a clip's price in whole credits: at least 1 by the provider's price, or the community's own, which may be 0.
 * @param own the community's own prices for the model, if it has set any.
 */
export function creditsOf(model: Pick<Model, 'tokenPrice'>, shape: ClipShape, own: ModelPrices = {}): number {
  const price = own[shape.resolution] ?? own.any;
  if (price !== undefined) return Math.max(0, Math.ceil((price * shape.seconds) / 5 - ROUNDING));
  return Math.max(1, Math.ceil(usdFor(model, shape) / USD_PER_CREDIT - ROUNDING));
}

/** How much longer than 720p a sharper clip takes (published: 38 s for 480p and 56 s for 1080p of one model). */
const TIME_SHARE: Readonly<Record<Resolution, number>> = { '480p': 0.8, '720p': 1, '1080p': 1.18, '4k': 2 };

/** Estimates how long such a clip takes at the provider, in ms, while nothing has been measured. */
export function typicalMsOf({ typicalMs }: Pick<Model, 'typicalMs'>, shape: ClipShape): number {
  return (typicalMs * TIME_SHARE[shape.resolution] * shape.seconds) / 5;
}

/** The shape of a model's clip when nothing but these is asked for. */
export function shapeOf(
  model: Pick<Model, 'options'>,
  options: Readonly<Partial<Record<OptionName, string | number | boolean>>> = {},
): ClipShape {
  const value = (name: OptionName) => options[name] ?? initialOf(model, name);
  return {
    resolution: (value('resolution') ?? '720p') as Resolution,
    seconds: Number(value('duration') ?? 5),
    sound: value('generate_audio') === true,
  };
}

/** The value of an option when the member does not say; undefined where a model has none. */
export function initialOf(
  { options }: Pick<Model, 'options'>,
  name: OptionName,
): string | number | boolean | undefined {
  const option = options.find((candidate) => candidate.name === name);
  return option === undefined || option.type === 'integer' ? undefined : option.initial;
}
