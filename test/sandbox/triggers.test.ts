import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TRIGGERS } from '../../src/sandbox/triggers.ts';
import { LITE, openSandbox } from './client.ts';
import { readMp4 } from './mp4.ts';

let open: Awaited<ReturnType<typeof openSandbox>>;
beforeEach(async () => {
  open = await openSandbox();
});
afterEach(() => open.sandbox.stop());

const FIELDS = { resolution: '480p', aspect_ratio: '1:1', duration: 5, seed: 1 };
const post = (prompt: string, clientRequestId = 'request-1') =>
  open.post({ model: LITE, prompt, ...FIELDS }, clientRequestId);

async function completed(prompt: string): Promise<string> {
  const id = await open.submit(prompt, FIELDS);
  open.clock.pass(10_000);
  return id;
}

it('the documentation lists every trigger', async () => {
  const text = await readFile(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
  for (const { word, effect } of TRIGGERS) expect(text).toContain(`| \`${word}\` | ${effect} |`);
});

it('triggers are found in any case, and several work together', async () => {
  expect((await post('a fox [429] [ERROR]')).status).toBe(429);
  const { id } = (await post('a fox [429] [ERROR]')).json;
  open.clock.pass(10_000);
  expect((await open.poll(id)).json.status).toBe('error');
});

describe('refusals', () => {
  it.each([
    ['[400]', 400],
    ['[401]', 401],
    ['[402]', 402],
    ['[403]', 403],
    ['[500]', 500],
    ['[withdrawn]', 404],
    ['[real-person]', 400],
    ['[copyright]', 400],
  ])('%s refuses every time', async (prompt, status) => {
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await post(prompt)).status).toBe(status);
    expect(open.sandbox.requests).toEqual([]);
  });

  it.each([
    ['[429]', 429, null],
    ['[429-2s]', 429, '2'],
    ['[429-date]', 429, 'Thu, 01 Jan 2026 00:00:02 GMT'],
    ['[429-nonsense]', 429, 'soon'],
    ['[500-once]', 500, null],
    ['[503]', 503, null],
  ])('%s refuses the first attempt of a client request id', async (prompt, status, retryAfter) => {
    const refusal = await post(prompt, 'one');
    expect(refusal.status).toBe(status);
    expect(refusal.headers.get('retry-after')).toBe(retryAfter);
    expect((await post(prompt, 'two')).status).toBe(status);
    expect((await post(prompt, 'one')).status).toBe(201);
    expect((await post(prompt, 'one')).status).toBe(201);
    expect(open.sandbox.requests).toHaveLength(2);
  });
});

describe('answers that do not arrive', () => {
  it.each([
    ['[reset]', 1],
    ['[lost]', 0],
  ])('%s destroys the connection; %i accepted', async (prompt, accepted) => {
    await expect(post(prompt)).rejects.toThrow();
    expect(open.sandbox.requests).toHaveLength(accepted);
  });

  it('[silent] accepts and never answers', async () => {
    const signal = AbortSignal.timeout(150);
    const init = { method: 'POST', body: JSON.stringify({ model: LITE, prompt: '[silent]' }), signal };
    await expect(open.call('/v2/video/generations', init)).rejects.toThrow(/timeout/);
    expect(open.sandbox.requests).toHaveLength(1);
  });

  it.each([
    ['[504]', 504],
    ['[no-id]', 201],
    ['[garbage]', 200],
  ])('%s accepts without giving the id', async (prompt, status) => {
    const answer = await post(prompt);
    expect(answer.status).toBe(status);
    expect(answer.json.id).toBeUndefined();
    expect(open.sandbox.requests).toHaveLength(1);
  });
});

describe('gateways', () => {
  it.each([
    ['[503-proxy]', 503, 'text/plain'],
    ['[429-proxy]', 429, 'text/html; charset=utf-8'],
    ['[stranger-json]', 503, 'application/json'],
  ])('%s accepts, and answers without the API’s request id', async (prompt, status, type) => {
    const answer = await post(prompt);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe(type);
    for (const name of ['x-request-id', 'x-inference-id', 'retry-after']) expect(answer.headers.has(name)).toBe(false);
    expect(answer.json).not.toHaveProperty('requestId');
    expect(open.sandbox.requests).toHaveLength(1);
  });
});

describe('states', () => {
  it.each([
    ['[error]', { name: 'GenerationError' }],
    ['[moderated]', { name: 'OutputVideoSensitiveContentDetected' }],
  ])('%s ends in an error', async (prompt, error) => {
    expect((await open.poll(await completed(prompt))).json).toMatchObject({ status: 'error', video: null, error });
  });

  it('[error-null] ends in an error that says nothing', async () => {
    expect((await open.poll(await completed('[error-null]'))).json).toMatchObject({ status: 'error', error: null });
  });

  it.each([
    ['[failed]', 'failed', { code: 'InternalServiceError' }],
    ['[sensitive]', 'failed', { code: expect.stringMatching(/^OutputVideoSensitiveContentDetected/) }],
    ['[face]', 'error', { detail: [{ type: 'face_detection_error', loc: ['body', 'image_url'] }] }],
    ['[detail-list]', 'error', { detail: [{ msg: expect.any(String), type: expect.any(String) }] }],
    ['[detail-text]', 'error', { detail: expect.any(String) }],
    ['[errors-list]', 'error', { errors: [{ message: expect.any(String) }] }],
  ])('%s ends in the state %s', async (prompt, status, error) => {
    expect((await open.poll(await completed(prompt))).json).toMatchObject({ status, video: null, error, meta: null });
  });

  it('[error-text] ends in an error that is a text', async () => {
    expect((await open.poll(await completed('[error-text]'))).json).toMatchObject({
      status: 'error',
      error: expect.any(String),
    });
  });

  it.each([
    ['[cancelled]', 'cancelled'],
    ['[task-expired]', 'expired'],
  ])('%s ends in the state %s, without a reason', async (prompt, status) => {
    expect((await open.poll(await completed(prompt))).json).toMatchObject({ status, error: null });
  });

  it.each([
    ['[modelark]', ['queued', 'running', 'succeeded']],
    ['[succeeded]', ['queued', 'generating', 'succeeded']],
    ['[upper-case]', ['QUEUED', 'GENERATING', 'COMPLETED']],
    ['[upper-case] [sensitive]', ['QUEUED', 'RUNNING', 'FAILED']],
  ])('%s goes through %j', async (prompt, states) => {
    const answer = (await post(prompt)).json;
    const seen = [answer.status];
    for (let polls = 0; polls < 2; polls += 1) {
      open.clock.pass(2000);
      seen.push((await open.poll(answer.id)).json.status);
    }
    expect(seen).toEqual(states);
  });

  it.each([
    ['[video-array]', (url: unknown) => ({ video: [{ url }] })],
    ['[video-string]', (url: unknown) => ({ video: url })],
    ['[video-url]', (url: unknown) => ({ video_url: url })],
    ['[output]', (url: unknown) => ({ output: { url } })],
    ['[output-array]', (url: unknown) => ({ output: [{ url }] })],
    ['[output-string]', (url: unknown) => ({ output: url })],
    ['[content-url]', (url: unknown) => ({ content: { video_url: url } })],
  ])('%s has the address in its place, and only there', async (prompt, place) => {
    const id = await completed(prompt);
    const { json } = await open.poll(id);
    const wanted = place(`${open.sandbox.url}/files/${id}.mp4?v=1`);
    expect(json).toMatchObject({ status: 'completed', ...wanted });
    expect(json.video).toEqual('video' in wanted ? wanted.video : undefined);
  });

  it('[no-video] is completed and never has an address', async () => {
    const id = await completed('[no-video]');
    for (let polls = 0; polls < 5; polls += 1) {
      expect((await open.poll(id)).json).toMatchObject({ status: 'completed', video: null });
    }
  });

  it('[slow] takes a minute', async () => {
    const id = await open.submit('[slow]');
    open.clock.pass(59_000);
    expect((await open.poll(id)).json.status).toBe('generating');
    open.clock.pass(1000);
    expect((await open.poll(id)).json.status).toBe('completed');
  });

  it('[stuck] never ends', async () => {
    const id = await open.submit('[stuck]');
    open.clock.pass(80_000_000);
    expect((await open.poll(id)).json.status).toBe('generating');
  });

  it('[unknown-state] is in an undocumented state before it is completed', async () => {
    const id = await open.submit('[unknown-state]');
    expect((await open.poll(id)).json.status).toBe('post-processing');
    open.clock.pass(10_000);
    expect((await open.poll(id)).json.status).toBe('completed');
  });

  it('[no-url] gives the address at the third poll', async () => {
    const id = await completed('[no-url]');
    expect((await open.poll(id)).json).toMatchObject({ status: 'completed', video: null });
    expect((await open.poll(id)).json).toMatchObject({ status: 'completed', video: null });
    expect((await open.poll(id)).json).toMatchObject({ status: 'completed', video: { url: expect.any(String) } });
  });

  it('[flaky] answers every second poll 502', async () => {
    const id = await open.submit('[flaky]');
    const statuses = [];
    for (let polls = 0; polls < 4; polls += 1) statuses.push((await open.poll(id)).status);
    expect(statuses).toEqual([200, 502, 200, 502]);
  });
});

describe('files', () => {
  const load = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

  it('[truncated] is an MP4 without its end', async () => {
    const clip = await load(await open.videoUrl(await completed('[truncated]')));
    expect(clip.toString('latin1', 4, 8)).toBe('ftyp');
    expect(() => readMp4(clip)).toThrow('whole box');
  });

  it('[cut] breaks off', async () => {
    await expect(load(await open.videoUrl(await completed('[cut]')))).rejects.toThrow();
  });

  it('[html] is a page', async () => {
    const response = await fetch(await open.videoUrl(await completed('[html]')));
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });

  it('[404file] is not there', async () => {
    expect((await fetch(await open.videoUrl(await completed('[404file]')))).status).toBe(404);
  });

  it('[redirect] is somewhere else', async () => {
    const url = await open.videoUrl(await completed('[redirect]'));
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(302);
    expect(readMp4(await load(url)).seconds).toBe(5);
  });

  it('[expired] is there at the address from a later poll', async () => {
    const id = await completed('[expired]');
    expect((await fetch(await open.videoUrl(id))).status).toBe(403);
    expect(readMp4(await load(await open.videoUrl(id))).seconds).toBe(5);
  });

  it('[large] has more than 10 MiB and still plays', async () => {
    const clip = await load(await open.videoUrl(await completed('[large]')));
    expect(clip.length).toBeGreaterThan(10 * 1024 * 1024);
    expect(readMp4(clip).seconds).toBe(5);
  });
});
