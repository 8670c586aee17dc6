import { nearest } from '../lib/nearest.ts';
import { DailiesError, type Expected, type Failure, toFailure } from './failure.ts';
import {
  creditsOf,
  findModel,
  getModel,
  initialOf,
  MAX_PROMPT_LENGTH,
  MODELS,
  type Model,
  type ModelOption,
  type ModelPrices,
  type OptionName,
  shapeOf,
} from './models.ts';

/** The values of a request's options, by name. */
export type OptionValues = Readonly<Partial<Record<OptionName, string | number | boolean>>>;

/** A member's request, checked against the model catalogue. */
export interface VideoRequest {
  readonly model: string;
  readonly prompt: string;
  /**
   * Complete: what the member left out holds its initial value, if there is one; the seed is always there, so a clip can
   * be repeated.
   */
  readonly options: OptionValues;
  /** Options of an earlier request that this model does not take, or not with that value; the card says so. */
  readonly dropped: readonly OptionName[];
  /** Whether the model is the default, because the member named none: then another one may take its place. */
  readonly defaultModel?: boolean;
  /**
   * Options with a value that was initial in an earlier version: nobody knows whether the member chose it, so a repeat
   * does without it.
   */
  readonly unchosen?: readonly OptionName[];
}

/** A request as a member typed it, before any check. */
export interface RequestInput {
  prompt: string;
  model?: string | undefined;
  options: Readonly<Record<string, unknown>>;
  /** As in `VideoRequest.dropped`. */
  dropped?: readonly OptionName[];
}

/** Seeds that we choose stay below this, so that every client can show and take them back as a plain integer. */
const CHOSEN_SEED_LIMIT = 2 ** 31;

/**
 * Control characters and the marks that turn the direction of text around (Unicode Bidi_Control without the harmless
 * LRM, RLM and ALM, which right-to-left languages need). They could make a prompt read differently from what is sent.
 */
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB]/u;

/**
 * Checks what a member typed and completes it.
 * @param offered the models that may be chosen; the first is the default.
 * @param random a number from 0 up to, not including, 1; chooses the seed when the member did not.
 * @throws {DailiesError} `prompt_…`, `model_…`, `models_gone`, `option_…`.
 */
export function checkRequest(input: RequestInput, offered: readonly Model[], random: () => number): VideoRequest {
  const prompt = checkPrompt(input.prompt);
  const id = input.model ?? offered[0]?.id;
  if (id === undefined) throw new DailiesError('models_gone');
  const model = findModel(id);
  if (!model) {
    throw new DailiesError('model_unknown', { model: printable(id), models: offered.map((one) => one.id) });
  }
  for (const name of Object.keys(input.options)) {
    if (model.options.some((option) => option.name === name)) continue;
    if (MODELS.some(({ options }) => options.some((option) => option.name === name))) {
      throw new DailiesError('option_unsupported', { option: name, model: model.id });
    }
    const options = model.options.map((option) => option.name);
    throw new DailiesError('option_unknown', {
      option: printable(name),
      options,
      nearest: nearest(name, options) ?? null,
    });
  }
  const options: Partial<Record<OptionName, string | number | boolean>> = {};
  for (const option of model.options) {
    const given = input.options[option.name];
    if (given !== undefined) checkOption(option, given);
    const value =
      given ?? (option.type === 'integer' ? Math.floor(random() * CHOSEN_SEED_LIMIT) : initialOf(model, option.name));
    if (value !== undefined) options[option.name] = value as string | number | boolean;
  }
  const dropped = [...(input.dropped ?? [])];
  return { model: model.id, prompt, options, dropped, ...(input.model === undefined && { defaultModel: true }) };
}

/**
 * The same request for another model: what its member chose stays, as far as that model takes it; the rest is named in
 * `dropped`. What was only the old model's initial value becomes the new one's.
 */
export function requestFor(request: VideoRequest, model: string): RequestInput & { model: string } {
  const from = getModel(request.model);
  const to = getModel(model);
  const options: Partial<Record<OptionName, string | number | boolean>> = {};
  const dropped: OptionName[] = [];
  for (const [name, value] of Object.entries(request.options) as [OptionName, string | number | boolean][]) {
    const option = to.options.find((candidate) => candidate.name === name);
    if (request.unchosen?.includes(name) || (from.id !== to.id && initialOf(from, name) === value)) continue;
    if (option && fits(option, value)) options[name] = value;
    else if (name !== 'seed') dropped.push(name);
  }
  return { prompt: request.prompt, model, options, dropped };
}

/** The same request without the values that it would have anyway, which nobody need have chosen. */
export function chosenOf(request: VideoRequest): RequestInput {
  const model = getModel(request.model);
  const { options, ...same } = requestFor(request, model.id);
  const chosen = Object.entries(options).filter(([name, value]) => initialOf(model, name as OptionName) !== value);
  return { ...same, options: Object.fromEntries(chosen) };
}

/** Finds out why a prompt can't be used; undefined when it can. */
export function promptFailure(text: string): Failure | undefined {
  try {
    checkPrompt(text);
    return undefined;
  } catch (error) {
    return toFailure(error);
  }
}

/**
 * The prompt without white space at its ends and with `\n` as its only line break.
 * @throws {DailiesError} `prompt_empty`, `prompt_too_long`, `prompt_characters`.
 */
function checkPrompt(text: string): string {
  const prompt = text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  // Text of nothing but zero-width characters looks empty, so it is.
  if (!/[^\s\p{Default_Ignorable_Code_Point}]/u.test(prompt)) throw new DailiesError('prompt_empty');
  const length = [...prompt].length;
  if (length > MAX_PROMPT_LENGTH) throw new DailiesError('prompt_too_long', { length, max: MAX_PROMPT_LENGTH });
  const forbidden = FORBIDDEN.exec(prompt);
  if (forbidden) {
    const code = forbidden[0].codePointAt(0) ?? 0;
    throw new DailiesError('prompt_characters', {
      character: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
      position: [...prompt.slice(0, forbidden.index)].length + 1,
    });
  }
  return prompt;
}

function checkOption(option: ModelOption, given: unknown): void {
  if (fits(option, given)) return;
  throw new DailiesError('option_value', {
    option: option.name,
    value: printable(given),
    expected: expectedOf(option),
  });
}

function fits(option: ModelOption, given: unknown): boolean {
  if (option.type === 'choice') return option.values.some((value) => value === given);
  if (option.type === 'boolean') return typeof given === 'boolean';
  return Number.isSafeInteger(given) && Number(given) >= option.minimum && Number(given) <= option.maximum;
}

function expectedOf(option: ModelOption): Expected {
  if (option.type === 'choice') return option.values;
  if (option.type === 'integer') return { minimum: option.minimum, maximum: option.maximum };
  return ['true', 'false'];
}

/** Makes typed text fit to be repeated: short, and without characters that could disturb the sentence. */
function printable(value: unknown): string {
  const text = String(value).replace(/\p{C}/gu, '');
  return text.length > 50 ? `${text.slice(0, 50)}…` : text;
}

/** The clip's length in seconds. */
export function secondsOf(request: VideoRequest): number {
  return Number(request.options.duration ?? 5);
}

/** How sharp the clip is; requests of the first versions always name it. */
export function resolutionOf(request: VideoRequest): string {
  return String(request.options.resolution ?? '720p');
}

/** Reckons the price of the request, in whole credits. @param own the community's own prices for its model. */
export function creditsFor(request: VideoRequest, own?: ModelPrices): number {
  const model = getModel(request.model);
  return creditsOf(model, shapeOf(model, request.options), own);
}
