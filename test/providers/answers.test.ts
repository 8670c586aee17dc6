import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { answering, closeAll, ENDPOINTS, errorOf, job, KEY, open, orderFor, own } from './loopback.ts';

afterEach(closeAll);

const since = (ms = Date.now()) => new Map([['wanted', ms]]);

describe.each(ENDPOINTS)('a status on the endpoint %s', (endpoint) => {
  it.each([
    [301, 'ambiguous', 'unavailable'],
    [307, 'ambiguous', 'unavailable'],
    [400, 'rejected', 'unavailable'],
    [401, 'unauthorised', 'unauthorised'],
    [402, 'out_of_credit', 'out_of_credit'],
    [403, 'out_of_credit', 'out_of_credit'],
    [404, 'ambiguous', 'not_found'],
    [405, 'rejected', 'unavailable'],
    [408, 'ambiguous', 'unavailable'],
    [410, 'not_found', 'not_found'],
    [413, 'rejected', 'unavailable'],
    [422, 'rejected', 'unavailable'],
    [425, 'ambiguous', 'busy'],
    [429, 'ambiguous', 'busy'],
    [451, 'content_refused', 'content_refused'],
    [500, 'ambiguous', 'unavailable'],
    [502, 'ambiguous', 'unavailable'],
    [503, 'ambiguous', 'unavailable'],
    [504, 'ambiguous', 'unavailable'],
    [524, 'ambiguous', 'unavailable'],
  ])('%i in nobody’s words is %s for a submission and %s for a question', async (status, submitted, asked) => {
    const { provider } = await open(answering(status), { endpoint });
    expect((await errorOf(provider.submit(orderFor('x')))).kind).toBe(submitted);
    expect((await errorOf(provider.poll(job('x')))).kind).toBe(asked);
    expect((await errorOf(provider.find(since()))).kind).toBe(asked);
    expect((await errorOf(provider.balance())).kind).toBe(asked);
  });

  it.each([
    [400, 'rejected', 'rejected'],
    [422, 'rejected', 'rejected'],
    [404, 'model_withdrawn', 'not_found'],
    [425, 'busy', 'busy'],
    [429, 'busy', 'busy'],
    [500, 'ambiguous', 'unavailable'],
    [503, 'unavailable', 'unavailable'],
  ])('%i in the API’s own words is %s for a submission and %s for a question', async (status, submitted, asked) => {
    const bodies = [
      own(status),
      JSON.stringify({
        title: 'No',
        status,
        message: 'no',
        instance: '/v2',
        requestId: 'r-1',
        timestamp: '2026-11-28',
      }),
    ];
    for (const body of bodies) {
      const { provider } = await open(answering(status, body), { endpoint });
      expect(await errorOf(provider.submit(orderFor('x')))).toMatchObject({ kind: submitted, answered: true });
      expect(await errorOf(provider.poll(job('x')))).toMatchObject({ kind: asked, answered: true });
    }
  });
});

describe('429 and 503 of something between the API and us', () => {
  it.each([
    ['plain text', 'upstream connect error'],
    ['a page', '<html><h1>503</h1></html>'],
    ['nothing', ''],
    ['a stranger’s JSON', '{"message":"no healthy upstream"}'],
    ['a stranger’s JSON with an id of its own', '{"message":"API rate limit exceeded","request_id":"k-1"}'],
    ['a request id alone', '{"requestId":"r-1"}'],
    ['a framework’s JSON', '{"timestamp":"2026","path":"/v2","status":503,"error":"Unavailable","requestId":"a-1"}'],
    ['another status than its own', '{"message":"no","requestId":"r-1","statusCode":500}'],
    ['an empty request id', '{"message":"no","requestId":"","statusCode":503}'],
    ['a list', '[{"requestId":"r-1","statusCode":503}]'],
  ])('prove nothing: %s', async (_, body) => {
    for (const status of [425, 429, 503]) {
      const { submit } = await open(answering(status, body));
      expect(await errorOf(submit())).toMatchObject({ kind: 'ambiguous', answered: false });
    }
  });
});

describe('a hint', () => {
  it.each([
    ['{"message":"Too dark."}', 'Too dark.'],
    ['{"error":{"message":"Too dark."}}', 'Too dark.'],
    ['{"error":"Too dark."}', 'Too dark.'],
    ['{"name":"Dark","message":"Too dark."}', 'Too dark.'],
    ['{"code":"dark","message":"Too dark."}', 'Too dark.'],
    ['{"title":"Bad Request","status":400}', 'Bad Request'],
    ['{"title":"Bad Request","message":"Too dark."}', 'Too dark.'],
    ['{"detail":"Too dark."}', 'Too dark.'],
    ['{"detail":[{"loc":["body","seed"],"msg":"Too big","type":"value_error"}]}', 'body.seed: Too big'],
    ['{"errors":[{"message":"Too dark."},"Too long."]}', 'Too dark.; Too long.'],
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
    expect(await provider.poll(job('x'))).toMatchObject({ message: 'no: [redacted]' });
  });

  it('never repeats the prompt, as it goes to the log', async () => {
    const prompt = 'a “dragon”\nover "peaks"';
    const order = orderFor(prompt);
    for (const words of [prompt, JSON.stringify({ prompt })]) {
      const { provider } = await open(answering(400, JSON.stringify({ message: `no: ${words}` })));
      expect((await errorOf(provider.submit(order))).message).toMatch(/^provider rejected: no: .*\[redacted\]/);
      expect((await errorOf(provider.submit(order))).message).not.toContain('dragon');
    }
  });
});

describe('content that is refused at a submission', () => {
  it.each([
    { message: 'The request may violate our content policy' },
    { message: 'The input text may contain sensitive information.' },
    { message: 'Copyright restrictions apply to this prompt' },
    { message: 'The input image may contain a real person' },
    { message: 'no', error: { name: 'InputTextSensitiveContentDetected', message: 'no' } },
    { message: 'no', error: { code: 'InputTextSensitiveContentDetected.PolicyViolation' } },
    { message: 'no', code: 'content_policy_violation' },
    { detail: [{ loc: ['body', 'image_url'], msg: 'Detected a face', type: 'face_detection_error' }] },
    { detail: 'flagged by moderation' },
    { errors: [{ code: 'RiskControlRejected' }] },
    { message: 'Your prompt was blocked by our filters' },
    { message: 'The prompt contains forbidden words' },
    { message: 'no', error: { code: 'InputTextAuditFailed' } },
  ])('is told by its words: %j', async (body) => {
    for (const status of [400, 422]) {
      const { submit } = await open(answering(status, JSON.stringify(body)));
      expect(await errorOf(submit())).toMatchObject({ kind: 'content_refused' });
    }
  });

  it.each([
    { message: 'Invalid payload provided', meta: [{ path: ['seed'], message: 'Expected number' }] },
    { message: 'The user interface does not allow this' },
    { message: 'See our rate limit policy page' },
    { message: 'Bad seed. See https://aimlapi.com/privacy' },
    { message: '1080p video is not allowed for this plan' },
    { message: 'Unsupported value: surface' },
  ])('is not told by others: %j', async (body) => {
    const { submit } = await open(answering(400, JSON.stringify(body)));
    expect(await errorOf(submit())).toMatchObject({ kind: 'rejected' });
  });

  it('is not told by the prompt’s own words, which the answer repeats', async () => {
    const prompt = 'a sensitive robot with a face';
    const { provider } = await open(answering(400, JSON.stringify({ message: `Bad length of "${prompt}"` })));
    expect(await errorOf(provider.submit(orderFor(prompt)))).toMatchObject({ kind: 'rejected' });
  });

  it('is told by the words of a 403 that speaks of nothing else', async () => {
    const message = 'Your prompt violates our content policy: sensitive content, real person';
    const { submit } = await open(answering(403, own(403, message)));
    expect(await errorOf(submit())).toMatchObject({ kind: 'content_refused' });
  });

  it.each([401, 402, 403])('is not told by a page with %i, which proves nothing at all', async (status) => {
    const { submit, provider } = await open(
      answering(status, '<html><h1>Blocked for your safety: content policy</h1></html>'),
    );
    expect(await errorOf(submit())).toMatchObject({ kind: 'ambiguous' });
    expect(await errorOf(provider.poll(job('x')))).toMatchObject({ kind: 'unavailable' });
  });

  it('is the account for 403, unless a code says otherwise', async () => {
    const account = await open(answering(403, JSON.stringify({ message: 'Accept our content policy and top up' })));
    expect(await errorOf(account.submit())).toMatchObject({ kind: 'out_of_credit' });
    const content = await open(
      answering(403, JSON.stringify({ message: 'no', error: { code: 'content_policy_violation' } })),
    );
    expect(await errorOf(content.submit())).toMatchObject({ kind: 'content_refused' });
  });
});

describe('a model that the API does not know', () => {
  it.each([
    { message: 'Invalid payload', meta: [{ path: ['model'], message: 'Invalid option' }] },
    { detail: [{ loc: ['body', 'model'], msg: 'Input should be one of', type: 'enum' }] },
    { errors: [{ path: 'model', message: 'unknown' }] },
  ])('is told by what is wrong with the body: %j', async (body) => {
    const { submit } = await open(answering(400, JSON.stringify(body)));
    expect(await errorOf(submit())).toMatchObject({ kind: 'model_withdrawn' });
  });
});

describe('Retry-After', () => {
  it.each([
    ['7', 7000],
    ['0', 0],
    ['0.5', 500],
    ['1.25', 1250],
    ['999999999', 3_600_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1e3', undefined],
    ['2 minutes', undefined],
    ['', undefined],
  ])('%j is %s ms', async (value, expected) => {
    const { submit } = await open(answering(429, own(429), { 'retry-after': value }));
    expect((await errorOf(submit())).retryAfterMs).toBe(expected);
  });

  it('may be a date, of the API’s own clock', async () => {
    const theirs = Date.parse('Sat, 28 Nov 2026 12:00:00 GMT');
    const headers = { date: new Date(theirs).toUTCString(), 'retry-after': new Date(theirs + 60_000).toUTCString() };
    const { submit } = await open(answering(429, own(429), headers));
    expect((await errorOf(submit())).retryAfterMs).toBe(60_000);
  });
});

describe('the answer to a submission', () => {
  it.each([
    ['{"id":"abc"}', 'abc'],
    ['{"generation_id":"abc"}', 'abc'],
    ['{"id":null,"generation_id":"abc"}', 'abc'],
    ['{"id":12345}', '12345'],
    ['{"id":"abc","status":"queued","video":[],"more":{"deep":[1]}}', 'abc'],
  ])('%s gives the id %s', async (body, id) => {
    for (const status of [200, 201, 202]) {
      const { submit } = await open(answering(status, body));
      expect(await submit()).toBe(id);
    }
  });

  it('gives the id of its header where the body has none', async () => {
    const { submit } = await open(answering(200, 'OK', { 'x-inference-id': 'abc' }));
    expect(await submit()).toBe('abc');
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
  const open200 = (body: unknown, headers: Record<string, string> = {}) =>
    open(answering(200, typeof body === 'string' ? body : JSON.stringify(body), headers));
  const poll = async (body: unknown, headers?: Record<string, string>) =>
    (await open200(body, headers)).provider.poll(job('abc'));
  const url = 'https://cdn.example/a.mp4';

  it.each(['waiting', 'active', 'queued', 'generating', 'running', 'RUNNING', ' Queued '])(
    '%j is pending',
    async (status) => {
      expect(await poll({ id: 'abc', status, video: null })).toEqual({ status: 'pending', detail: status.trim() });
    },
  );

  it('of an unknown state is pending, and logged once', async () => {
    const { provider, lines } = await open200({ status: 'post-processing' });
    for (let times = 0; times < 3; times++) {
      expect(await provider.poll(job('abc'))).toEqual({ status: 'pending', detail: 'post-processing' });
    }
    expect(lines.filter((line) => line.includes('unknown state'))).toHaveLength(1);
  });

  it.each(['completed', 'complete', 'succeeded', 'success', 'done', 'finished', 'ready', 'COMPLETED', 'Succeeded'])(
    '%j is done',
    async (status) => {
      expect(await poll({ id: 'x', status, video: { url } })).toEqual({ status: 'completed', url });
    },
  );

  it.each([
    { video: { url } },
    { video: [{ url }] },
    { video: [{}, { url: '' }, { url }] },
    { video: [url] },
    { video: url },
    { video_url: url },
    { output: url },
    { output: [url] },
    { output: { url } },
    { output: { video: { url } } },
    { output: [{ video_url: url }] },
    { output: { video_url: [{ url }] } },
    { content: { video_url: url } },
    { video: null, video_url: null, output: null, content: { video_url: url } },
    { video: { url, cover: 'https://cdn.example/a.png', file_size: 7 }, more: { deep: [1, 2, { three: 4 }] } },
  ])('gives the address of the video in %j', async (shape) => {
    expect(await poll({ status: 'succeeded', ...shape })).toEqual({ status: 'completed', url });
  });

  it.each([
    [null],
    [undefined],
    [{}],
    [{ url: '' }],
    [{ url: 'file:///etc/passwd' }],
    [{ url: 'clip.mp4' }],
    [{ url: 5 }],
    [[]],
    [[{}]],
    ['soon'],
  ])('done with the video %j has none', async (video) => {
    expect(await poll({ status: 'completed', video })).toEqual({ status: 'missing' });
  });

  it.each([
    [{ meta: { usage: { credits_used: 120_000, usd_spent: 0.06 } } }, {}, { usd: 0.06, credits: 120_000 }],
    [{ meta: { usage: { credits_used: 120_000 } } }, {}, { usd: 0.06, credits: 120_000 }],
    [{ usage: { usd_spent: '0.5' } }, {}, { usd: 0.5, credits: undefined }],
    [{}, { 'x-aimlapi-usd-spent': '0.25', 'x-aimlapi-credits-used': '500000' }, { usd: 0.25, credits: 500_000 }],
    [{ meta: null }, { 'x-aimlapi-credits-used': 'none' }, undefined],
    [{ meta: { usage: { usd_spent: -1 } } }, {}, undefined],
  ])('says what %j with the headers %j cost', async (body, headers, usage) => {
    const state = await poll({ status: 'completed', video: { url }, ...body }, headers as Record<string, string>);
    expect(state).toEqual({ status: 'completed', url, ...(usage && { usage }) });
  });

  it.each(['error', 'failed', 'cancelled', 'canceled', 'expired', 'timeout', 'timed_out', 'rejected', 'FAILED'])(
    '%j is an error',
    async (status) => {
      expect(await poll({ status, error: { name: 'Broken', message: 'it broke' } })).toEqual({
        status: 'error',
        refused: false,
        name: 'Broken',
        message: 'it broke',
      });
    },
  );

  it.each([
    [undefined, '', ''],
    [null, '', ''],
    [{}, '', ''],
    [{ name: null, message: 7 }, '', ''],
    ['it broke', '', 'it broke'],
    [{ name: 'Broken', message: 'it\u0007 broke' }, 'Broken', 'it broke'],
    [{ code: 'Broken', message: 'it broke' }, 'Broken', 'it broke'],
    [{ detail: 'it broke' }, '', 'it broke'],
    [
      { detail: [{ loc: ['body', 'seed'], msg: 'it broke', type: 'value_error' }] },
      'value_error',
      'body.seed: it broke',
    ],
    [{ errors: [{ message: 'it broke' }] }, '', 'it broke'],
  ])('error with %j is an error', async (error, name, message) => {
    expect(await poll({ status: 'error', error })).toEqual({ status: 'error', refused: false, name, message });
  });

  it('may have its reason beside the state', async () => {
    const detail = [{ loc: ['body', 'image_url'], msg: 'No face', type: 'face_detection_error' }];
    expect(await poll({ status: 'error', error: null, detail })).toMatchObject({
      refused: true,
      name: 'face_detection_error',
      message: 'body.image_url: No face',
    });
    expect(await poll({ status: 'expired' })).toMatchObject({ status: 'error', name: 'expired', message: '' });
  });

  it.each([
    'OutputVideoSensitiveContentDetected',
    'OutputVideoSensitiveContentDetected.PolicyViolation',
    'OutputAudioSensitiveContentDetected',
    'InputImageRiskDetection',
    'moderation_blocked',
    'violates our content policy',
    'safety system',
    'copyright',
    'a real person',
    'privacy',
  ])('error with %j is refused content', async (text) => {
    for (const error of [{ name: text }, { code: text }, { type: text }, { message: text }, text]) {
      expect(await poll({ status: 'failed', error })).toMatchObject({ refused: true });
    }
  });

  const prompt = 'a judge reads a book about copyright law to a violent face, slowly';
  const echoes = [prompt, `${prompt.slice(0, 50)}…`];

  it.each(echoes)(
    'error about something else is no refused content, though it repeats the prompt: %s',
    async (echo) => {
      const { provider } = await open200({ status: 'failed', error: { message: `No worker was free for "${echo}"` } });
      expect(await provider.poll({ ...job('abc'), prompt })).toMatchObject({ status: 'error', refused: false });
      const real = await open200({ status: 'failed', error: { message: `"${echo}" violates the content policy` } });
      expect(await real.provider.poll({ ...job('abc'), prompt })).toMatchObject({ status: 'error', refused: true });
    },
  );

  it.each(echoes)('refusal is no refused content either: %s', async (echo) => {
    const { provider, lines } = await open(answering(400, own(400, `Can't find a generation for "${echo}"`)));
    expect(await errorOf(provider.poll({ ...job('abc'), prompt }))).toMatchObject({ kind: 'rejected', refused: false });
    expect(lines.join('')).not.toContain('judge');
    const real = await open(answering(400, own(400, `"${echo}" violates the content policy`)));
    expect(await errorOf(real.provider.poll({ ...job('abc'), prompt }))).toMatchObject({ kind: 'content_refused' });
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
  const accepted = new Map([['wanted', { accepted: 'abc', failed: 0 }]]);

  it('with rows that can’t be read still shows the others', async () => {
    const { provider, lines } = await open(answering(200, page([null, 5, { client_request_id: 7 }, row({})])));
    expect(await provider.find(since())).toEqual(accepted);
    expect(lines.join()).toContain('"unreadable":3');
  });

  it.each([
    ['is followed by one that can be read', [null], [row({})]],
    ['follows what was found', [row({})], [null]],
  ])('with a page that can’t be read at all which %s still shows that', async (_, first, second) => {
    const { provider } = await open((request, response) => {
      const begins = request.url?.includes('offset=0');
      response.writeHead(200).end(page(begins ? first : second, begins));
    });
    const found = await provider.find(new Map([...since(), ['other', Date.now()]]));
    expect(found).toEqual(accepted);
  });

  it('with no row that can be read says nothing, after all its pages', async () => {
    const { provider, server } = await open((request, response) => {
      response.writeHead(200).end(page([null, { client_request_id: 7 }], request.url?.includes('offset=0')));
    });
    expect(await errorOf(provider.find(since()))).toMatchObject({ kind: 'unavailable', lasting: true });
    expect(server.requests).toHaveLength(2);
  });

  it('tells accepted from failed, and counts these', async () => {
    const failed = row({ status: 'failed', inference_id: 'f' });
    const both = await open(answering(200, page([row({}), failed, row({ status: 'FAILED' })])));
    expect(await both.provider.find(since())).toEqual(
      new Map([['wanted', { accepted: 'abc', failed: 2, lastFailed: { id: 'f' } }]]),
    );
    const one = await open(answering(200, page([failed])));
    expect((await one.provider.find(since())).get('wanted')).toEqual({
      accepted: undefined,
      failed: 1,
      lastFailed: { id: 'f' },
    });
  });

  it('counts a failed request once, though new rows push it to the next page', async () => {
    const failed = row({ status: 'failed', inference_id: 'f', request_id: 'r', created: '2026-11-28T12:00:00Z' });
    const other = row({ client_request_id: 'other' });
    let page1 = true;
    const { provider } = await open((_request, response) => {
      response.end(page(page1 ? [other, failed] : [failed, other], page1));
      page1 = false;
    });
    const lastFailed = { at: Date.UTC(2026, 10, 28, 12), id: 'f' };
    expect((await provider.find(since())).get('wanted')).toEqual({ accepted: undefined, failed: 1, lastFailed });
  });

  it('with a status that nobody has documented shows a request that was accepted', async () => {
    const { provider } = await open(answering(200, page([row({ status: 'running' })])));
    expect(await provider.find(since())).toEqual(accepted);
  });

  it('shows many requests in one look, which ends when all are found', async () => {
    const rows = ['a', 'b', 'c'].map((id) => row({ client_request_id: id, inference_id: `of ${id}` }));
    const { provider, server } = await open(answering(200, page(rows, true)));
    const found = await provider.find(new Map(['a', 'b', 'c'].map((id) => [id, Date.now()])));
    expect([...found.values()].map((trace) => trace.accepted)).toEqual(['of a', 'of b', 'of c']);
    expect(server.requests).toHaveLength(1);
  });

  it('that has no end makes it unavailable, because the request may be further back', async () => {
    const { provider, server } = await open(answering(200, page([row({ client_request_id: 'other' })], true)));
    expect(await errorOf(provider.find(since()))).toMatchObject({ kind: 'unavailable', answered: true, lasting: true });
    expect(server.requests).toHaveLength(50);
  });

  it.each([
    ['says how many rows there are', 1_000_000, 0],
    ['does not say it', undefined, 0],
    ['says how many rows there are in a wide look', 1_000_000, 3_600_000],
  ])('with too many rows is looked through around the moment of sending, where it %s', async (_, total, wideMs) => {
    const sent = Date.now() - 1_800_000;
    const { provider } = await open(({ url }, response) => {
      const query = new URL(url ?? '', 'http://localhost').searchParams;
      const [start, end] = ['start', 'end'].map((name) => Date.parse(query.get(name) ?? '')) as [number, number];
      const busy = end - start > 60_000 || sent < start || sent > end;
      const data = busy ? [row({ client_request_id: 'other' })] : [row({})];
      response.end(JSON.stringify({ data, pagination: { has_more: busy, total: busy ? total : 1 } }));
    });
    // The clocks are compared by the first answer.
    await provider.balance().catch(() => undefined);
    expect(await provider.find(since(sent), undefined, wideMs)).toEqual(accepted);
  });

  it('with the request but without its id is unavailable, because it was accepted', async () => {
    const { provider } = await open(answering(200, page([row({ inference_id: null }), row({ status: 'failed' })])));
    expect(await errorOf(provider.find(since()))).toMatchObject({ kind: 'unavailable', answered: true, lasting: true });
  });

  it('with one request without its id still shows the others', async () => {
    const other = row({ client_request_id: 'other', inference_id: null });
    const { provider } = await open(answering(200, page([other, row({})])));
    expect(await provider.find(new Map([...since(), ['other', Date.now()]]))).toEqual(accepted);
  });

  it.each(['', '{}', '{"data":{}}', '[]', '<html></html>'])(
    'that reads %j is unavailable, and stays so',
    async (body) => {
      const { provider } = await open(answering(200, body));
      expect(await errorOf(provider.find(since()))).toMatchObject({
        kind: 'unavailable',
        answered: true,
        lasting: true,
      });
    },
  );

  it('with a page that is too long is unavailable, and stays so', async () => {
    const { provider } = await open(answering(200, page([row({ model: 'x'.repeat(2 ** 21) })])));
    expect(await errorOf(provider.find(since()))).toMatchObject({ kind: 'unavailable', answered: true, lasting: true });
  });

  it('that breaks off says nothing', async () => {
    const { provider } = await open((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"data":[');
      response.destroy();
    });
    expect(await errorOf(provider.find(since()))).toMatchObject({ answered: false, lasting: false });
  });

  it.each([
    [400, true],
    [401, false],
    [403, false],
    [404, true],
    [405, true],
    [410, true],
    [429, false],
    [500, false],
    [503, false],
  ])('that is refused with %i in the API’s own words: for good is %s', async (status, lasting) => {
    const { provider } = await open(answering(status, own(status)));
    expect(await errorOf(provider.find(since()))).toMatchObject({ answered: true, lasting });
    const stranger = await open(answering(status, 'no'));
    expect(await errorOf(stranger.provider.find(since()))).toMatchObject({ answered: false, lasting: false });
  });

  it('is asked for a window that a wide look widens on both sides', async () => {
    const { provider, server } = await open(answering(200, page([])));
    await provider.balance().catch(() => undefined);
    const sent = Date.now() - 4 * 3_600_000;
    await provider.find(since(sent));
    await provider.find(since(sent), undefined, 3_600_000);
    const [near, wide] = server.requests.slice(1).map(({ url }) => {
      const query = new URL(url ?? '', 'http://localhost').searchParams;
      const [start = 0, end = 0] = ['start', 'end'].map((name) => Date.parse(query.get(name) ?? ''));
      return { start, length: end - start };
    });
    expect((wide?.length ?? 0) - (near?.length ?? 0)).toBe(2 * 3_600_000);
    // The difference of the clocks is measured anew by each answer.
    expect((near?.start ?? 0) - (wide?.start ?? 0)).toBeGreaterThan(3_500_000);
  });

  it('is asked for a window around the time in question, of at most 92 days', async () => {
    const { provider, server } = await open(answering(200, page([])));
    const sent = Date.now() - 60_000;
    await provider.find(since(sent));
    await provider.find(since(0));
    const [near, far] = server.requests.map(({ url }) => new URL(url ?? '', 'http://localhost').searchParams);
    expect(Date.parse(near?.get('start') ?? '')).toBeLessThan(sent);
    expect(Date.parse(near?.get('end') ?? '')).toBeGreaterThan(Date.now());
    expect(near?.get('limit')).toBe('100');
    const window = Date.parse(far?.get('end') ?? '') - Date.parse(far?.get('start') ?? '');
    expect(window).toBeLessThanOrEqual(92 * 86_400_000);
  });

  it('is asked in the API’s own time, whatever the clock of this machine says', async () => {
    for (const ahead of [-600_000, 600_000]) {
      const theirs = Date.now() + ahead;
      const { provider, server, lines } = await open(
        answering(200, page([]), { date: new Date(theirs).toUTCString() }),
      );
      await provider.find(since());
      await provider.find(since());
      const query = new URL(server.requests[1]?.url ?? '', 'http://localhost').searchParams;
      expect(Date.parse(query.get('start') ?? '')).toBeLessThan(theirs - 30_000);
      expect(Date.parse(query.get('start') ?? '')).toBeGreaterThan(theirs - 300_000);
      expect(Date.parse(query.get('end') ?? '')).toBeGreaterThan(theirs);
      expect(lines.filter((line) => line.includes('differ'))).toHaveLength(1);
    }
  });
});

describe('the API’s own time', () => {
  it('is told in whole milliseconds, however long the answer took: databases store no others', async () => {
    let now = Date.UTC(2026, 10, 28, 12);
    const clock: Clock = { ...systemClock, now: () => now++ };
    const { provider } = await open(answering(200, '{"data":[]}', { date: new Date(now).toUTCString() }), { clock });
    // One more millisecond each time, so that halves of one are among them.
    for (let more = 0; more < 4; more++) {
      await provider.find(since(now));
      expect(provider.timeAt(now)).toSatisfy(Number.isInteger);
      now += more;
    }
  });
});

describe('the lists of models', () => {
  const model = (id: string, more: object = {}) => ({ id, aliases: [], type: 't', info: {}, tags: [], ...more });
  const leaving = (id: string, status: string, more: object = {}) => ({
    id,
    aliases: [],
    status,
    deprecated_at: '2026-06-01',
    shutdown_at: '2026-06-24',
    replaced_by: 'bytedance/seedance-1-0-pro-fast',
    reason: 'provider_delisted',
    ...more,
  });
  const ALL = [
    model('bytedance/seedance-1-0-pro-t2v'),
    model('something/else', { aliases: ['bytedance/seedance-1-0-pro-fast'] }),
    model('bytedance/dreamina-seedance-2-5'),
    model('openai/gpt-5'),
  ];

  /** An API with these lists; undefined: out of order. */
  const lists = (models: unknown[] | undefined, deprecations: unknown[] | undefined) =>
    open((request, response) => {
      const data = request.url?.includes('deprecations') ? deprecations : models;
      const etag = `"${JSON.stringify(data)?.length}"`;
      if (!data) response.writeHead(500).end();
      else if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
      else response.writeHead(200, { etag }).end(JSON.stringify({ object: 'list', data }));
    });

  it('say what is offered, by name or alias, and what is withdrawn, with its day and what takes its place', async () => {
    const { provider, server } = await lists(ALL, [leaving('bytedance/seedance-1-0-lite-t2v', 'withdrawn')]);
    expect(await provider.models()).toMatchObject({
      offered: ['pro', 'pro-fast', '2.5'],
      leaving: { lite: { at: '2026-06-24', successor: 'pro-fast' } },
    });
    expect(server.requests.map(({ url }) => url)).toContain('/v1/models?include=pricing');
    expect(await provider.models()).toBeUndefined();
  });

  it('leave a deprecated or superseded model in use that is not listed any more, and no withdrawn one', async () => {
    const { provider } = await lists(ALL, [
      leaving('bytedance/seedance-1-5-pro', 'deprecated', { shutdown_at: '2099-01-01' }),
      leaving('x', 'Superseded', { aliases: ['bytedance/seedance-2-0'], shutdown_at: null }),
      leaving('bytedance/seedance-1-0-pro-t2v', 'WITHDRAWN'),
    ]);
    const news = await provider.models();
    expect(news?.offered).toEqual(['pro-fast', '1.5-pro', '2.0', '2.5']);
    expect(news?.leaving).toMatchObject({ '1.5-pro': { at: '2099-01-01' }, pro: { at: '2026-06-24' } });
    expect(news?.leaving['2.0']).toBeUndefined();
  });

  it('count alone while the other is out of order', async () => {
    const withoutFeed = await lists(ALL, undefined);
    expect((await withoutFeed.provider.models())?.offered).toEqual(['pro', 'pro-fast', '2.5']);
    const withoutList = await lists(undefined, [leaving('bytedance/seedance-1-0-pro-t2v', 'withdrawn')]);
    const offered = (await withoutList.provider.models())?.offered;
    expect(offered).not.toContain('pro');
    expect(offered).not.toContain('lite');
    expect(offered).toContain('2.0');
  });

  it.each([
    ['nothing', undefined],
    ['no models', []],
    ['none of ours', [model('openai/gpt-5')]],
    ['rows that can’t be read', [null, 7, {}]],
  ])('that have %s say nothing', async (_, models) => {
    const { provider } = await lists(models, undefined);
    expect(await errorOf(provider.models())).toMatchObject({ kind: 'unavailable' });
  });

  it('that break off, or are out of order, take nothing back of what was known', async () => {
    let broken = false;
    const { provider } = await open((request, response) => {
      const isFeed = request.url?.includes('deprecations');
      const data = isFeed ? [leaving('bytedance/seedance-1-0-lite-t2v', broken ? 'deprecated' : 'withdrawn')] : ALL;
      const body = JSON.stringify({ object: 'list', data });
      response.writeHead(200, { etag: `"${isFeed} ${broken}"` }).end(broken && !isFeed ? body.slice(0, 20) : body);
    });
    expect((await provider.models())?.offered).toEqual(['pro', 'pro-fast', '2.5']);
    broken = true;
    expect((await provider.models())?.offered).toEqual(['lite', 'pro', 'pro-fast', '2.5']);
  });

  it('keep the price list of each model', async () => {
    const pricing = { kind: 'fixed', currency: 'USD', units: [{ price: 0.1, per: 'second' }] };
    const { provider } = await lists([model('bytedance/seedance-1-0-pro-t2v', { pricing })], []);
    expect((await provider.models())?.prices).toEqual({ pro: pricing });
  });
});
