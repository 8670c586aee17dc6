import { afterEach, describe, expect, it } from 'vitest';
import { answering, closeAll, ENDPOINTS, errorOf, KEY, open, requestFor } from './loopback.ts';

afterEach(closeAll);

describe.each(ENDPOINTS)('a status on the endpoint %s', (endpoint) => {
  it.each([
    [301, 'ambiguous', 'unavailable'],
    [307, 'ambiguous', 'unavailable'],
    [400, 'rejected', 'rejected'],
    [401, 'unauthorised', 'unauthorised'],
    [403, 'out_of_credit', 'out_of_credit'],
    [404, 'not_found', 'not_found'],
    [405, 'rejected', 'rejected'],
    [408, 'ambiguous', 'unavailable'],
    [413, 'rejected', 'rejected'],
    [422, 'rejected', 'rejected'],
    [429, 'busy', 'busy'],
    [500, 'ambiguous', 'unavailable'],
    [502, 'ambiguous', 'unavailable'],
    [503, 'unavailable', 'unavailable'],
    [504, 'ambiguous', 'unavailable'],
    [524, 'ambiguous', 'unavailable'],
  ])('%i is %s for a submission and %s for a question', async (status, submitted, asked) => {
    const { provider } = await open(answering(status), { endpoint });
    expect((await errorOf(provider.submit(requestFor('x', 'lite', endpoint), 'x'))).kind).toBe(submitted);
    expect((await errorOf(provider.poll('x'))).kind).toBe(asked);
    expect((await errorOf(provider.find('x', Date.now()))).kind).toBe(asked);
    expect((await errorOf(provider.balance())).kind).toBe(asked);
  });
});

describe('a hint', () => {
  it.each([
    ['{"message":"Too dark."}', 'Too dark.'],
    ['{"error":{"message":"Too dark."}}', 'Too dark.'],
    ['{"error":"Too dark."}', 'Too dark.'],
    ['"Too dark."', 'Too dark.'],
    ['Too dark.', 'Too dark.'],
    ['[{"path":["seed"],"message":"Too big"},{"message":"No"}]', 'seed: Too big; No'],
    ['{"meta":[{"path":["a","b"],"message":"Bad"}]}', 'a.b: Bad'],
    ['{"message":"Invalid","meta":[{"path":["seed"],"message":"Too big"}]}', 'Invalid (seed: Too big)'],
    ['{"message":"one\\u0000\\u001b[31m\\n two\\u202e"}', 'one [31m two'],
    ['<html><body>Bad Request</body></html>', 'no reason was given (HTTP 400)'],
    ['{"message":null}', 'no reason was given (HTTP 400)'],
    ['{"unrelated":true}', 'no reason was given (HTTP 400)'],
    ['', 'no reason was given (HTTP 400)'],
  ])('of %s is %j', async (body, hint) => {
    const { submit } = await open(answering(400, body));
    expect((await errorOf(submit())).hint).toBe(hint);
  });

  it('has at most 300 characters', async () => {
    const { submit } = await open(answering(400, JSON.stringify({ message: '🐉'.repeat(1000) })));
    const { hint } = await errorOf(submit());
    expect([...hint]).toHaveLength(300);
    expect(hint.endsWith('🐉…')).toBe(true);
  });

  it('never repeats the key', async () => {
    const { submit } = await open(answering(401, JSON.stringify({ message: `Incorrect API key: ${KEY}` })));
    expect((await errorOf(submit())).message).toBe('provider unauthorised: Incorrect API key: [redacted]');
    const failed = { status: 'error', error: { name: 'auth', message: `no: ${KEY}` } };
    const { provider } = await open(answering(200, JSON.stringify(failed)));
    expect(await provider.poll('x')).toMatchObject({ message: 'no: [redacted]' });
  });

  it('never repeats the prompt, as it goes to the log', async () => {
    const prompt = 'a “dragon”\nover "peaks"';
    const request = { ...requestFor('x', 'lite'), prompt };
    for (const words of [prompt, JSON.stringify({ prompt })]) {
      const { provider } = await open(answering(400, JSON.stringify({ message: `no: ${words}` })));
      expect((await errorOf(provider.submit(request, 'x'))).message).toMatch(/^provider rejected: no: .*\[redacted\]/);
      expect((await errorOf(provider.submit(request, 'x'))).message).not.toContain('dragon');
    }
  });
});

describe('Retry-After', () => {
  it.each([
    ['7', 7000],
    ['0', 0],
    ['999999999', 3_600_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
  ])('%j is %s ms', async (value, expected) => {
    const { submit } = await open(answering(429, '', { 'retry-after': value }));
    expect((await errorOf(submit())).retryAfterMs).toBe(expected);
  });

  it('may be a date', async () => {
    const { submit } = await open(answering(429, '', { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }));
    const { retryAfterMs = 0 } = await errorOf(submit());
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });
});

describe('the answer to a submission', () => {
  it.each([
    ['{"id":"abc"}', 'abc'],
    ['{"generation_id":"abc"}', 'abc'],
    ['{"id":null,"generation_id":"abc"}', 'abc'],
    ['{"id":12345}', '12345'],
  ])('%s gives the id %s', async (body, id) => {
    for (const status of [200, 201]) {
      const { submit } = await open(answering(status, body));
      expect(await submit()).toBe(id);
    }
  });

  it.each([
    '{}',
    '{"id":""}',
    '{"id":" "}',
    '{"id":null}',
    '{"id":{}}',
    'null',
    '',
    'OK',
    '{"id":"ab',
    '<html></html>',
  ])('%j is ambiguous', async (body) => {
    const { submit } = await open(answering(201, body));
    expect(await errorOf(submit())).toMatchObject({ kind: 'ambiguous' });
  });
});

describe('the answer to a poll', () => {
  const poll = async (body: unknown) => {
    const { provider } = await open(answering(200, typeof body === 'string' ? body : JSON.stringify(body)));
    return provider.poll('abc');
  };

  it.each(['waiting', 'active', 'queued', 'generating'])('%s is pending', async (status) => {
    expect(await poll({ id: 'abc', status, video: null })).toEqual({ status: 'pending', detail: status });
  });

  it.each([
    [null],
    [undefined],
    [{}],
    [{ url: '' }],
    [{ url: 'file:///etc/passwd' }],
    [{ url: 'clip.mp4' }],
    [{ url: 5 }],
  ])('completed with the video %j is pending', async (video) => {
    expect(await poll({ status: 'completed', video })).toEqual({ status: 'pending', detail: 'completed' });
  });

  it.each([
    [undefined, '', ''],
    [null, '', ''],
    [{}, '', ''],
    [{ name: null, message: 7 }, '', ''],
    ['it broke', '', 'it broke'],
    [{ name: 'Broken', message: 'it\u0007 broke' }, 'Broken', 'it broke'],
  ])('error with %j is an error', async (error, name, message) => {
    expect(await poll({ status: 'error', error })).toEqual({ status: 'error', moderated: false, name, message });
  });

  it.each([
    'OutputVideoSensitiveContentDetected',
    'moderation_blocked',
    'violates our content policy',
    'safety system',
  ])('error with %j is moderated', async (text) => {
    expect(await poll({ status: 'error', error: { name: text } })).toMatchObject({ moderated: true });
    expect(await poll({ status: 'error', error: { message: text } })).toMatchObject({ moderated: true });
  });

  it.each(['', 'OK', '{}', '[]', '{"status":5}', '<html></html>', '{"status":"comp'])(
    '%j is unavailable',
    async (body) => {
      expect(await errorOf(poll(body))).toMatchObject({ kind: 'unavailable' });
    },
  );
});

describe('the log of requests', () => {
  const row = (fields: object) => ({
    client_request_id: 'wanted',
    inference_id: 'abc',
    status: 'succeeded',
    ...fields,
  });
  const page = (data: unknown[], has_more = false) => JSON.stringify({ data, pagination: { has_more } });

  it('with rows that can’t be read still shows the others', async () => {
    const { provider, lines } = await open(answering(200, page([null, 5, { client_request_id: 7 }, row({})])));
    expect(await provider.find('wanted', Date.now())).toBe('abc');
    expect(lines.join()).toContain('"unreadable":3');
  });

  it('that has no end makes it unavailable, because the request may be further back', async () => {
    const { provider, server } = await open(answering(200, page([row({ client_request_id: 'other' })], true)));
    expect(await errorOf(provider.find('wanted', Date.now()))).toMatchObject({ kind: 'unavailable' });
    expect(server.requests).toHaveLength(50);
  });

  it('with the request but without its id is unavailable, because it was accepted', async () => {
    const { provider } = await open(answering(200, page([row({ inference_id: null })])));
    expect(await errorOf(provider.find('wanted', Date.now()))).toMatchObject({ kind: 'unavailable' });
  });

  it.each(['', '{}', '{"data":{}}', '[]'])('that reads %j is unavailable', async (body) => {
    const { provider } = await open(answering(200, body));
    expect(await errorOf(provider.find('wanted', Date.now()))).toMatchObject({ kind: 'unavailable' });
  });

  it('is asked for a window around the time in question, of at most 92 days', async () => {
    const { provider, server } = await open(answering(200, page([])));
    const since = Date.now() - 60_000;
    await provider.find('wanted', since);
    await provider.find('wanted', 0);
    const [near, far] = server.requests.map(({ url }) => new URL(url ?? '', 'http://localhost').searchParams);
    expect(Date.parse(near?.get('start') ?? '')).toBeLessThan(since);
    expect(Date.parse(near?.get('end') ?? '')).toBeGreaterThan(Date.now());
    expect(near?.get('limit')).toBe('100');
    const window = Date.parse(far?.get('end') ?? '') - Date.parse(far?.get('start') ?? '');
    expect(window).toBeLessThanOrEqual(92 * 86_400_000);
  });
});
