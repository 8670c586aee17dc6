import { z } from 'zod';
import { creditsFor } from './billing.ts';

/** A row of the log of requests, in the API's form (`GET /v2/logs`). */
interface LogRow {
  created: string;
  status: 'succeeded' | 'failed';
  origin: 'api';
  model: string;
  cost: { usd: number; credits: number };
  tokens: { input: number; output: number; total: number };
  request_id: string;
  inference_id: string;
  client_request_id: string | null;
}

/** A request of the API that the log shows: accepted or refused. */
export interface LoggedRequest {
  at: number;
  requestId: string;
  status: 'succeeded' | 'failed';
  id: string;
  clientRequestId: string | null;
  model: string;
  usd: number;
}

const DAY_MS = 86_400_000;
const MAX_WINDOW_MS = 92 * DAY_MS;

/** ISO 8601; without an offset it is UTC. */
const moment = z
  .string()
  .transform((text) => Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(text) || !text.includes('T') ? text : `${text}Z`))
  .refine((value) => !Number.isNaN(value), { error: () => 'Invalid ISO datetime' });

const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, {
      error: () => `expected a number from ${minimum} to ${maximum}`,
    });

const query = z
  .object({
    period: z
      .string()
      .regex(/^[1-9]\d{0,4}[hd]$/)
      .optional(),
    start: moment.optional(),
    end: moment.optional(),
    limit: wholeNumber(1, 100).default(50),
    offset: wholeNumber(0, 1_000_000_000).default(0),
    model: z.array(z.string()).max(50),
    status: z.array(z.enum(['succeeded', 'failed'])),
  })
  .refine(({ start, end }) => (start === undefined) === (end === undefined), {
    error: () => '`start` and `end` must be used together',
  })
  .refine(({ period, start }) => (period === undefined) !== (start === undefined), {
    error: () => 'Provide either `period` or both `start` and `end`, never both',
  })
  .refine(({ start = 0, end = 0 }) => end >= start && end - start <= MAX_WINDOW_MS, {
    error: () => '`end` must not be earlier than `start`, and the window must not exceed 92 days',
  });

/** The query of `GET /v2/logs`, checked. */
export type LogQuery = z.output<typeof query>;

/** @returns the query, or the issues in the API's manner. */
export function readLogQuery(params: URLSearchParams): LogQuery | z.core.$ZodIssue[] {
  const single = ['period', 'start', 'end', 'limit', 'offset'].map((name) => [name, params.get(name) ?? undefined]);
  const parsed = query.safeParse({
    ...Object.fromEntries(single),
    model: params.getAll('model'),
    status: params.getAll('status'),
  });
  return parsed.data ?? parsed.error?.issues ?? [];
}

/** A page of the log, newest first. @param requests oldest first. @param now the API's time, as that of the requests. */
export function logPage(requests: readonly LoggedRequest[], wanted: LogQuery, now: number) {
  const length = Number.parseInt(wanted.period ?? '0h', 10) * (wanted.period?.endsWith('d') ? DAY_MS : DAY_MS / 24);
  const { start = now - length, end = now, limit, offset } = wanted;
  const matching = requests.filter(
    ({ at, model, status }) =>
      at >= start &&
      at <= end &&
      (wanted.model.length === 0 || wanted.model.some((name) => model === name || model.endsWith(`/${name}`))) &&
      (wanted.status.length === 0 || wanted.status.includes(status)),
  );
  const page = matching.reverse().slice(offset, offset + limit);
  const total = matching.length;
  return { data: page.map(toRow), pagination: { limit, offset, total, has_more: offset + page.length < total } };
}

function toRow({ at, requestId, status, id, clientRequestId, model, usd }: LoggedRequest): LogRow {
  return {
    created: new Date(at).toISOString(),
    status,
    origin: 'api',
    model,
    cost: { usd, credits: creditsFor(usd) },
    tokens: { input: 0, output: 0, total: 0 },
    request_id: requestId,
    inference_id: id,
    client_request_id: clientRequestId,
  };
}
