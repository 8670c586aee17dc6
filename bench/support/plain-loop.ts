import type { Clock } from '../../src/lib/clock.ts';

/** What a loop asks for. */
export interface PlainRequest {
  /** The base address of the API, without a slash at its end. */
  url: string;
  key: string;
  /** The API's name. */
  model: string;
  prompt: string;
  /** The wait before each poll, in ms. */
  intervalMs: number;
  clock: Clock;
}

/** What a loop got; times are ms of its clock. */
export interface PlainResult {
  id: string;
  /** When a poll said that the video is there. */
  foundAt: number;
  /** When the file had been downloaded. */
  doneAt: number;
}

/**
 * The baseline: what everyone writes first. Submits, asks at a fixed interval, downloads the file into memory, is done. Nothing is
 * stored, checked, repeated or shown.
 */
export async function plainLoop({ url, key, model, prompt, intervalMs, clock }: PlainRequest): Promise<PlainResult> {
  const endpoint = `${url}/v2/video/generations`;
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const submitted = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ model, prompt }) });
  const { id } = (await submitted.json()) as { id: string };
  while (true) {
    await clock.sleep(intervalMs);
    const polled = await fetch(`${endpoint}?generation_id=${id}`, { headers });
    const state = (await polled.json()) as { status: string; video?: { url: string } };
    if (state.status === 'completed' && state.video) {
      const foundAt = clock.now();
      await (await fetch(state.video.url)).arrayBuffer();
      return { id, foundAt, doneAt: clock.now() };
    }
    if (state.status === 'error') throw new Error(`expected a video, got ${JSON.stringify(state)}`);
  }
}
