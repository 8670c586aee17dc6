import { z } from 'zod';
import type { ProviderState } from '../provider.ts';
import { plainText } from './errors.ts';

/** The API's words for a generation that is not finished (docs.aimlapi.com; `waiting` and `active`: older models). */
const PENDING_STATES = ['waiting', 'active', 'queued', 'generating'];

/** Words in an error's name or message that say it was the content that was refused. */
const MODERATION = /sensitive|moderat|polic(?:y|ies)|safety|nsfw|prohibited|violat|inappropriate|content[\s_-]?filter/i;

/** Ids are strings in the documentation; a number is taken as its digits. */
const id = z
  .union([z.string(), z.number().transform(String)])
  .transform((value) => value.trim())
  .refine((value) => value.length > 0 && value.length <= 500);

const submitted = z.object({ id: id.optional().catch(undefined), generation_id: id.optional().catch(undefined) });

const words = z.string().nullish().catch(null);

const polled = z.object({
  status: z.string(),
  video: z.object({ url: z.string() }).nullish().catch(null),
  error: z
    .union([z.object({ name: words, message: words }), z.string().transform((message) => ({ name: null, message }))])
    .nullish()
    .catch(null),
});

const billing = z.object({ current_balance: z.number() });

const logPage = z.object({
  data: z.array(z.unknown()),
  pagination: z.object({ has_more: z.boolean() }),
});

const logRow = z.object({
  client_request_id: z.string().nullish(),
  inference_id: id.optional().catch(undefined),
  status: z.string().optional().catch(undefined),
});

/** One row of the API's log of requests. */
export type LogRow = z.output<typeof logRow>;

function parse<T extends z.ZodType>(schema: T, text: string | undefined): z.output<T> | undefined {
  try {
    return schema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

/** The id in the answer to a submission, or undefined when there is none that can be used. */
export function readSubmitted(text: string | undefined): string | undefined {
  const answer = parse(submitted, text);
  return answer?.id ?? answer?.generation_id;
}

/** A state with a remark for the log when the answer was not as documented; undefined when it can't be read at all. */
export function readState(text: string | undefined): { state: ProviderState; remark?: string } | undefined {
  const answer = parse(polled, text);
  if (!answer) return undefined;
  const pending: ProviderState = { status: 'pending', detail: plainText(answer.status) };
  if (PENDING_STATES.includes(answer.status)) return { state: pending };
  if (answer.status === 'error') {
    const name = plainText(answer.error?.name ?? '');
    const message = plainText(answer.error?.message ?? '');
    return { state: { status: 'error', moderated: MODERATION.test(`${name} ${message}`), name, message } };
  }
  if (answer.status !== 'completed') return { state: pending, remark: 'unknown state' };
  const url = answer.video?.url.trim() ?? '';
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return { state: { status: 'completed', url } };
  return { state: pending, remark: 'completed without a usable address of the video' };
}

/** What is left on the account, in US dollars. */
export function readBalance(text: string | undefined): number | undefined {
  return parse(billing, text)?.current_balance;
}

/** A page of the log of requests. `unreadable` counts rows that were left out; they do not hide the others. */
export function readLogPage(
  text: string | undefined,
): { rows: LogRow[]; unreadable: number; size: number; hasMore: boolean } | undefined {
  const page = parse(logPage, text);
  if (!page) return undefined;
  const rows = page.data.flatMap((row) => logRow.safeParse(row).data ?? []);
  return {
    rows,
    unreadable: page.data.length - rows.length,
    size: page.data.length,
    hasMore: page.pagination.has_more,
  };
}
