/**
 * The text-to-video models of the AI/ML API as its schemas of 2026 describe them (docs.aimlapi.com): names, fields, prices.
 * The sandbox has a catalogue of its own, so that a mistake in the bot's catalogue is refused here as it would be there.
 */

/** The API's two ways in: `/v2/video/generations` and the older `/v2/generate/video/bytedance/generation`. */
export type SandboxEndpoint = 'universal' | 'bytedance';

/** One field of a body. `initial` is the value that counts when the body has none. */
export type SandboxField =
  | { type: 'choice'; values: readonly (string | number)[]; initial: string | number }
  | { type: 'integer'; initial?: number }
  | { type: 'boolean'; initial: boolean }
  | { type: 'text' }
  | { type: 'addresses'; most: number };

/** The fields of a body besides `model` and `prompt`, by name. */
export type Fields = Readonly<Record<string, SandboxField>>;

/** One model of the API. */
export interface SandboxModel {
  /** Marks the clips; also the name that tests use. */
  label: string;
  /** The API's canonical name. */
  name: string;
  /** Other names that a body may give. */
  aliases: readonly string[];
  /** The name for people. */
  title: string;
  /** Fields that each endpoint accepts; without an entry the endpoint doesn't know the model. */
  fields: Readonly<Partial<Record<SandboxEndpoint, Fields>>>;
  /** How long a generation takes at speed 1, in ms: about a ninth of real times, 12 s at most. */
  durationMs: number;
  /** US dollars for a million tokens at ByteDance, by resolution. */
  usdPerMillion: Readonly<Record<string, number>>;
  /** The share of that price that a clip without sound costs. @default 1 */
  silentShare?: number;
  /** The frame of a real video by resolution; it makes the price. */
  frames: Readonly<Record<string, Frame>>;
  /** Whether the answer to a poll says what was spent in US dollars as well. */
  tellsUsd: boolean;
  /** The model that the API names when this one goes away. */
  successor: string | null;
}

/** Width and height in pixels. */
type Frame = readonly [width: number, height: number];

const WIDE_RATIOS = ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16'];

const choice = <T extends string | number>(values: readonly T[], initial: T): SandboxField => ({
  type: 'choice',
  values,
  initial,
});
const OFF: SandboxField = { type: 'boolean', initial: false };
const ON: SandboxField = { type: 'boolean', initial: true };
const SEED: SandboxField = { type: 'integer' };
const TEXT: SandboxField = { type: 'text' };

/** A choice of whole seconds. */
function seconds(from: number, to: number, initial = 5): SandboxField {
  return choice(
    Array.from({ length: to - from + 1 }, (_, index) => from + index),
    initial,
  );
}

/** Seedance 1.0 on the universal endpoint. Only `lite` has an aspect ratio there. */
const VERSION_1: Fields = {
  resolution: choice(['480p', '720p', '1080p'], '1080p'),
  duration: choice([5, 10], 5),
  watermark: OFF,
  seed: SEED,
  camerafixed: OFF,
};
const FRAMES: Fields = { image_url: TEXT, last_image_url: TEXT };

/**
 * Seedance 1.0 on the bytedance endpoint: what any published revision takes (1080p, two of the ratios and `camerafixed`
 * are of earlier ones), with the default resolution of the last.
 */
const BYTEDANCE: Fields = {
  resolution: choice(['480p', '720p', '1080p'], '720p'),
  aspect_ratio: choice(['16:9', '4:3', '1:1', '3:4', '9:16', '21:9', '9:21'], '16:9'),
  duration: choice([5, 10], 5),
  seed: SEED,
  camerafixed: OFF,
  camera_fixed: OFF,
  watermark: OFF,
};

/** Seedance 2.x: text, frames and references. */
const VERSION_2: Fields = {
  provider: TEXT,
  ...FRAMES,
  audio_url: TEXT,
  video_url: TEXT,
  image_urls: { type: 'addresses', most: 9 },
  audio_urls: { type: 'addresses', most: 3 },
  video_urls: { type: 'addresses', most: 3 },
  aspect_ratio: choice(WIDE_RATIOS, '16:9'),
  resolution: choice(['480p', '720p'], '720p'),
  duration: seconds(4, 15),
  generate_audio: ON,
  seed: SEED,
  watermark: OFF,
};

function without(fields: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** The frames of 16:9, as ByteDance makes them; the other shapes have about as many pixels. */
const OLD_FRAMES: SandboxModel['frames'] = { '480p': [864, 480], '720p': [1248, 704], '1080p': [1920, 1088] };
const NEW_FRAMES: SandboxModel['frames'] = {
  '480p': [864, 480],
  '720p': [1280, 720],
  '1080p': [1920, 1080],
  '4k': [3840, 2160],
};

/** All models, oldest first. The real API withdrew `lite` in June 2026; here it is offered until it is withdrawn. */
export const CATALOGUE: readonly SandboxModel[] = [
  {
    label: 'lite',
    name: 'bytedance/seedance-1-0-lite-t2v',
    aliases: ['seedance-1-0-lite-t2v'],
    title: 'Seedance 1.0 Lite',
    fields: {
      universal: { ...VERSION_1, aspect_ratio: BYTEDANCE.aspect_ratio as SandboxField },
      bytedance: BYTEDANCE,
    },
    durationMs: 4000,
    usdPerMillion: { '480p': 1.8, '720p': 1.8, '1080p': 1.8 },
    frames: OLD_FRAMES,
    tellsUsd: false,
    successor: 'bytedance/seedance-1-0-pro-fast',
  },
  {
    label: 'pro',
    name: 'bytedance/seedance-1-0-pro-t2v',
    aliases: ['seedance-1-0-pro-t2v'],
    title: 'Seedance 1.0 Pro',
    fields: { universal: { ...VERSION_1, ...FRAMES }, bytedance: BYTEDANCE },
    durationMs: 6000,
    usdPerMillion: { '480p': 2.5, '720p': 2.5, '1080p': 2.5 },
    frames: OLD_FRAMES,
    tellsUsd: false,
    successor: 'bytedance/seedance-1-0-pro-fast',
  },
  {
    label: 'pro-fast',
    name: 'bytedance/seedance-1-0-pro-fast',
    aliases: ['seedance-1-0-pro-fast'],
    title: 'Seedance 1.0 Pro Fast',
    fields: { universal: { ...VERSION_1, ...FRAMES } },
    durationMs: 3000,
    usdPerMillion: { '480p': 1, '720p': 1, '1080p': 1 },
    frames: OLD_FRAMES,
    tellsUsd: false,
    successor: 'bytedance/seedance-2-0-fast',
  },
  {
    label: '1.5-pro',
    name: 'bytedance/seedance-1-5-pro',
    aliases: ['seedance-1-5-pro'],
    title: 'Seedance 1.5 Pro',
    fields: {
      universal: {
        ...FRAMES,
        aspect_ratio: choice(['16:9', '4:3', '1:1', '3:4', '9:16', '21:9', 'adaptive'], '16:9'),
        resolution: choice(['480p', '720p', '1080p'], '720p'),
        duration: seconds(4, 12),
        seed: { type: 'integer', initial: -1 },
        camera_fixed: OFF,
        watermark: OFF,
        generate_audio: ON,
      },
    },
    durationMs: 12_000,
    usdPerMillion: { '480p': 2.4, '720p': 2.4, '1080p': 2.4 },
    silentShare: 0.5,
    frames: NEW_FRAMES,
    tellsUsd: true,
    successor: 'bytedance/seedance-2-0',
  },
  {
    label: '2.0',
    name: 'bytedance/seedance-2-0',
    aliases: ['seedance-2-0'],
    title: 'Seedance 2.0',
    fields: { universal: { ...VERSION_2, resolution: choice(['480p', '720p', '1080p', '4k'], '720p') } },
    durationMs: 12_000,
    usdPerMillion: { '480p': 7, '720p': 7, '1080p': 7.7, '4k': 4 },
    frames: NEW_FRAMES,
    tellsUsd: true,
    successor: 'bytedance/dreamina-seedance-2-5',
  },
  {
    label: '2.0-fast',
    name: 'bytedance/seedance-2-0-fast',
    aliases: ['seedance-2-0-fast'],
    title: 'Seedance 2.0 Fast',
    fields: {
      universal: { ...without(VERSION_2, 'audio_url', 'video_url', 'watermark'), duration: seconds(4, 15, 8) },
    },
    durationMs: 10_000,
    usdPerMillion: { '480p': 5.6, '720p': 5.6 },
    frames: NEW_FRAMES,
    tellsUsd: true,
    successor: 'bytedance/dreamina-seedance-2-0-mini',
  },
  {
    label: '2.0-mini',
    name: 'bytedance/dreamina-seedance-2-0-mini',
    aliases: ['dreamina-seedance-2-0-mini'],
    title: 'Seedance 2.0 Mini',
    fields: { universal: VERSION_2 },
    durationMs: 8000,
    usdPerMillion: { '480p': 3.5, '720p': 3.5 },
    frames: NEW_FRAMES,
    tellsUsd: true,
    successor: 'bytedance/seedance-2-0-fast',
  },
  {
    label: '2.5',
    name: 'bytedance/dreamina-seedance-2-5',
    aliases: ['dreamina-seedance-2-5', 'bytedance/seedance-2-5', 'seedance-2-5'],
    title: 'Seedance 2.5',
    fields: { universal: { ...VERSION_2, duration: seconds(4, 30) } },
    durationMs: 12_000,
    usdPerMillion: { '480p': 7, '720p': 7 },
    frames: NEW_FRAMES,
    tellsUsd: true,
    successor: null,
  },
];

/** The model that a body means: by its name or one of its aliases. */
export function findModel(name: unknown): SandboxModel | undefined {
  return CATALOGUE.find((model) => model.name === name || model.aliases.some((alias) => alias === name));
}

/** The model of this label, name or alias. @throws {RangeError} when there is none. */
export function getModel(name: string): SandboxModel {
  const model = CATALOGUE.find(({ label }) => label === name) ?? findModel(name);
  if (!model) throw new RangeError(`expected a model of the sandbox, got ${JSON.stringify(name)}`);
  return model;
}
