import { z } from 'zod';
import type { Charge, ProviderState } from '../provider.ts';
import { errorWords, hide, isContentRefused, plainText } from './error-words.ts';
import type { HttpAnswer } from './http-client.ts';

/**
 * The API's words for the end of a generation, in lower case: its documentation's (`completed`, `error`), those of real
 * answers printed in it (`succeeded`), those that its own n8n node takes, and those of ModelArk behind it.
 */
const DONE = ['completed', 'complete', 'succeeded', 'success', 'done', 'finished', 'ready'];
const FAILED = ['error', 'failed', 'cancelled', 'canceled', 'expired', 'timeout', 'timed_out', 'rejected'];
/** Its words for one that is under way (`waiting` and `active`: older models; `running`: ModelArk). */
const PENDING = ['waiting', 'active', 'queued', 'generating', 'running', 'pending', 'processing', 'in_progress'];

/** The API's own rate (docs.aimlapi.com, "How can I track my funds?"); the older models name credits alone. */
const CREDITS_PER_USD = 2_000_000;

/** Ids are strings in the documentation; a number is taken as its digits. */
const id = z
  .union([z.string(), z.number().transform(String)])
  .transform((value) => value.trim())
  .refine((value) => value.length > 0 && value.length <= 500);

const submitted = z.object({ id: id.optional().catch(undefined), generation_id: id.optional().catch(undefined) });

const polled = z.looseObject({ status: z.string() });

const amount = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .refine((value) => value >= 0 && Number.isFinite(value));
const optionalAmount = amount.optional().catch(undefined);
const usage = z.object({ usd_spent: optionalAmount, credits_used: optionalAmount }).optional().catch(undefined);
const charged = z.object({ meta: z.object({ usage }).optional().catch(undefined), usage });

const billing = z.object({ current_balance: amount });

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
}

/** The id in the answer to a submission, or undefined when there is none that can be used. */
export function readSubmitted(text: string | undefined): string | undefined {
  const answer = submitted.safeParse(parse(text)).data;
  return answer?.id ?? answer?.generation_id;
}

/**
 * A state; `unknown` is its word when nobody has documented that. Undefined when it can't be read at all.
 * @param hidden as in `toProviderError`.
 */
export function readState(
  answer: HttpAnswer,
  hidden: readonly string[] = [],
): { state: ProviderState; unknown?: string } | undefined {
  const body = polled.safeParse(parse(answer.text)).data;
  if (!body) return undefined;
  const status = body.status
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  if (DONE.includes(status)) {
    const url = videoIn(body);
    return {
      state: url === undefined ? { status: 'missing' } : { status: 'completed', url, ...usageIn(body, answer) },
    };
  }
  if (FAILED.includes(status)) return { state: failureIn(body, status, hidden) };
  const detail = plainText(body.status);
  return { state: { status: 'pending', detail }, ...(!PENDING.includes(status) && { unknown: detail }) };
}

/** The address of the video, in any of the places where one was seen. */
function videoIn(body: Readonly<Record<string, unknown>>): string | undefined {
  const { content } = body;
  const places = [body.video, body.video_url, body.output, Object(content).video_url];
  for (const place of places) {
    const url = addressIn(place, 0);
    if (url !== undefined) return url;
  }
  return undefined;
}

/** `output` may hold each of the shapes that the answer itself may have. */
const MAX_DEPTH = 3;

function addressIn(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return isAddress(value.trim()) ? value.trim() : undefined;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return undefined;
  const inside = Array.isArray(value)
    ? value.slice(0, 10)
    : ['url', 'video', 'video_url', 'output', 'content', 'videos'].map(
        (name) => (value as Record<string, unknown>)[name],
      );
  for (const one of inside) {
    const url = addressIn(one, depth + 1);
    if (url !== undefined) return url;
  }
  return undefined;
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Reads the charge from the body's `meta.usage`, or from the headers of the answer. */
function usageIn(body: unknown, { headers }: HttpAnswer): { usage?: Charge } {
  const read = charged.safeParse(body).data;
  const said = read?.meta?.usage ?? read?.usage;
  const header = (name: string) => {
    const value = headers.get(name)?.trim();
    return value ? amount.safeParse(value).data : undefined;
  };
  const usd = said?.usd_spent ?? header('x-aimlapi-usd-spent');
  const credits = said?.credits_used ?? header('x-aimlapi-credits-used');
  if (usd === undefined && credits === undefined) return {};
  return { usage: { usd: usd ?? (credits ?? 0) / CREDITS_PER_USD, credits } };
}

/** An error may stand in `error`, or beside the state. */
function failureIn(body: Readonly<Record<string, unknown>>, status: string, hidden: readonly string[]): ProviderState {
  const { error, detail, errors, message, code, reason } = body;
  const inside = errorWords(error);
  const theirs = inside.name || inside.message ? inside : errorWords({ detail, errors, message, code, reason });
  // The prompt's own words must not make refused content out of another failure.
  const words = { name: theirs.name, message: hide(theirs.message, hidden) };
  const said = words.name || words.message ? words : { name: status === 'error' ? '' : status, message: '' };
  const name = plainText(said.name);
  return { status: 'error', refused: isContentRefused(words), name, message: plainText(said.message) };
}

/** Reads the account's balance, in US dollars; undefined when the answer names none. */
export function readBalance(text: string | undefined): number | undefined {
  return billing.safeParse(parse(text)).data?.current_balance;
}
