import type { ServerResponse } from 'node:http';
import type { Endpoint } from '../generation/models.ts';
import type { ApiOptions, Exchange } from './api.ts';
import { durationOf } from './catalogue.ts';
import { type Checked, checkBody, chosenValue } from './checks.ts';
import { hash } from './clips/random.ts';
import { answerJson, answerPage, readBody } from './http.ts';
import type { Job } from './jobs.ts';
import type { LoggedRequest } from './logs.ts';
import { type Behaviour, behaviourOf } from './triggers.ts';

/** How many refused requests the log of requests keeps. */
const MAX_REFUSED = 10_000;

/** The POST of a generation; `refused` are the latest that were not accepted, oldest first. */
export function createSubmit({ jobs, clock, newId, speed, durationMs }: ApiOptions): {
  submit(exchange: Exchange, endpoint: Endpoint): Promise<void>;
  refused: readonly LoggedRequest[];
} {
  const refused: LoggedRequest[] = [];
  /** Attempts with a trigger that refuses, by client request id. */
  const attempts = new Map<string, number>();

  function noteRefusal(clientRequestId: string | null, model: string): void {
    refused.push({ at: clock.now(), status: 'failed', id: newId(), clientRequestId, model, usd: 0 });
    if (refused.length > MAX_REFUSED) refused.shift();
  }

  /** Whether the prompt's triggers want this attempt to be refused. */
  function isRefused({ refusal }: Behaviour, clientRequestId: string | null): boolean {
    if (!refusal) return false;
    const attempt = (attempts.get(clientRequestId ?? '') ?? 0) + 1;
    attempts.set(clientRequestId ?? '', attempt);
    return attempt <= refusal.attempts;
  }

  async function accept(checked: Checked, clientRequestId: string | null, endpoint: Endpoint): Promise<Job> {
    const { model, prompt, body, ignored } = checked;
    const id = newId();
    const wanted = (behaviourOf(prompt).durationMs ?? durationMs ?? durationOf(model)) / speed;
    const job: Job = {
      id,
      clientRequestId,
      endpoint,
      model: model.apiModel,
      prompt,
      body,
      ignored,
      seed: Number(chosenValue(model, endpoint, body, 'seed') ?? hash(id)),
      durationMs: Number.isFinite(wanted) ? wanted : null,
      at: clock.now(),
    };
    await jobs.add(job);
    return job;
  }

  async function submit({ request, response, refuse }: Exchange, endpoint: Endpoint): Promise<void> {
    const header = request.headers['x-client-request-id'];
    const clientRequestId = typeof header === 'string' ? header : null;
    const text = await readBody(request);
    const body = text === undefined ? undefined : parse(text);
    if (body === undefined) {
      refuse(text === undefined ? 413 : 400, { message: 'The body is too long or not valid JSON' });
      return;
    }
    const checked = checkBody(body, endpoint);
    if (Array.isArray(checked)) {
      noteRefusal(clientRequestId, modelIn(body));
      refuse(400, { message: 'Invalid payload provided', meta: checked });
      return;
    }
    const behaviour = behaviourOf(checked.prompt);
    if (isRefused(behaviour, clientRequestId)) {
      noteRefusal(clientRequestId, checked.model.apiModel);
      const { status = 500, ...error } = behaviour.refusal ?? {};
      refuse(status, error);
    } else if (behaviour.answer === 'lost') {
      response.destroy();
    } else {
      const job = await accept(checked, clientRequestId, endpoint);
      ANSWERS[behaviour.answer ?? 'as usual'](response, job, refuse);
    }
  }

  return { submit, refused };
}

const QUEUED = { status: 'queued', video: null, error: null, meta: null };

/** The answers to an accepted POST. */
const ANSWERS: Readonly<
  Record<
    Exclude<Behaviour['answer'], 'lost' | undefined> | 'as usual',
    (response: ServerResponse, job: Job, refuse: Exchange['refuse']) => void
  >
> = {
  'as usual': (response, job) => answerJson(response, 201, { id: job.id, ...QUEUED }, { 'x-inference-id': job.id }),
  reset: (response) => {
    response.destroy();
  },
  silent: () => {},
  'gateway time-out': (_response, _job, refuse) => refuse(504),
  'no id': (response) => answerJson(response, 201, QUEUED),
  'a page': (response) => answerPage(response, 200, 'Please wait'),
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The model that a refused body names, for the log. */
function modelIn(body: unknown): string {
  const { model } = Object(body) as { model?: unknown };
  return typeof model === 'string' ? model.slice(0, 200) : '';
}
