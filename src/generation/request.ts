import { DailiesError } from '../errors.ts';
import {
  costOf,
  type Endpoint,
  findModel,
  getModel,
  MAX_PROMPT_LENGTH,
  MODELS,
  type Model,
  type ModelOption,
  type OptionName,
} from './models.ts';

/** The values of a request's options, by name. */
export type OptionValues = Readonly<Partial<Record<OptionName, string | number | boolean>>>;

/** What a member asks for, checked against the model catalogue. */
export interface VideoRequest {
  readonly model: string;
  readonly prompt: string;
  /** Complete: what the member left out holds its initial value; the seed is always there, so a clip can be repeated. */
  readonly options: OptionValues;
  /** Options that the member named but the endpoint in use does not take for this model; they are not sent. */
  readonly dropped: readonly OptionName[];
}

/** What a member typed, before any check. */
export interface RequestInput {
  prompt: string;
  model?: string | undefined;
  options: Readonly<Record<string, unknown>>;
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
 * @param endpoint the endpoint in use; it decides which options can be sent.
 * @param random a number from 0 up to, not including, 1; chooses the seed when the member did not.
 * @throws {DailiesError} `prompt_…`, `model_unknown`, `option_…`.
 */
export function checkRequest(input: RequestInput, endpoint: Endpoint, random: () => number): VideoRequest {
  const prompt = checkPrompt(input.prompt);
  const model = findModel(input.model ?? MODELS[0]?.id ?? '');
  if (!model) {
    throw new DailiesError('model_unknown', { model: printable(input.model), models: MODELS.map(({ id }) => id) });
  }
  for (const name of Object.keys(input.options)) {
    if (model.options.some((option) => option.name === name)) continue;
    if (MODELS.some(({ options }) => options.some((option) => option.name === name))) {
      throw new DailiesError('option_unsupported', { option: name, model: model.id });
    }
    throw new DailiesError('option_unknown', {
      option: printable(name),
      options: model.options.map((option) => option.name),
    });
  }
  const options: Partial<Record<OptionName, string | number | boolean>> = {};
  const dropped: OptionName[] = [];
  for (const option of model.options) {
    const given = input.options[option.name];
    if (given !== undefined) checkOption(option, given);
    if (!option.endpoints.includes(endpoint)) {
      if (given !== undefined) dropped.push(option.name);
    } else if (given !== undefined) {
      options[option.name] = given as string | number | boolean;
    } else {
      options[option.name] = option.type === 'integer' ? Math.floor(random() * CHOSEN_SEED_LIMIT) : option.initial;
    }
  }
  return { model: model.id, prompt, options, dropped };
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
  const fits = {
    choice: () => option.type === 'choice' && option.values.some((value) => value === given),
    integer: () =>
      option.type === 'integer' &&
      Number.isSafeInteger(given) &&
      Number(given) >= option.minimum &&
      Number(given) <= option.maximum,
    boolean: () => typeof given === 'boolean',
  }[option.type];
  if (fits()) return;
  throw new DailiesError('option_value', {
    option: option.name,
    value: printable(given),
    expected: expectedOf(option),
  });
}

function expectedOf(option: ModelOption): string {
  if (option.type === 'choice') return option.values.join(', ');
  if (option.type === 'integer') return `${option.minimum} … ${option.maximum}`;
  return 'true, false';
}

/** What a person typed, fit to be repeated to them: short, and without characters that could disturb the sentence. */
function printable(value: unknown): string {
  const text = String(value).replace(/\p{C}/gu, '');
  return text.length > 50 ? `${text.slice(0, 50)}…` : text;
}

/** The clip's length in seconds. */
export function secondsOf(request: VideoRequest): number {
  return Number(request.options.duration ?? 5);
}

/** What the request costs, in credits. @param model the request's, with the community's own weight. */
export function creditsFor(request: VideoRequest, model: Model = getModel(request.model)): number {
  return costOf(model, secondsOf(request));
}

/**
 * The request's options as fields of the API's body: only those that the endpoint's schema lists for the model.
 */
export function bodyFields(request: VideoRequest, endpoint: Endpoint): Record<string, string | number | boolean> {
  const fields: Record<string, string | number | boolean> = {};
  for (const option of getModel(request.model).options) {
    const value = request.options[option.name];
    if (value !== undefined && option.endpoints.includes(endpoint)) fields[option.field] = value;
  }
  return fields;
}
