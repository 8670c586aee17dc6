import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeptVideos } from '../../src/delivery/kept-videos.ts';
import { createMedia } from '../../src/http/media.ts';
import { createApp } from '../../src/http/web-app.ts';
import { createLog } from '../../src/lib/log.ts';
import { createInteractionEntry, INTERACTIONS_PATH } from '../../src/platforms/discord/http.ts';
import { headersFor, makeKeys } from '../platforms/discord/keys.ts';
import { startBench } from '../platforms/slack/bench.ts';
import { VirtualClock } from '../support/clock.ts';
import { tempFolder } from '../support/temp.ts';
import { anyJson, anyText, SEED, share, watchProcess } from './support.ts';

watchProcess();

const log = createLog('silent', []);
const NAMES = [
  'id',
  'application_id',
  'token',
  'type',
  'data',
  'name',
  'options',
  'member',
  'user',
  'message',
  'payload',
];
const body = fc.oneof(
  anyText,
  anyJson(NAMES).map((value) => JSON.stringify(value)),
);
/** Header values are Latin-1 without line breaks, whoever sends them. */
const header = fc.string({ maxLength: 90 }).map((text) => text.replace(/[^\x20-\x7e]/g, '').trim());

describe('whatever comes to Discord’s address', () => {
  it('is refused unless Discord signed it, and never an error of ours', async () => {
    const keys = makeKeys();
    const clock = new VirtualClock();
    const handed: unknown[] = [];
    const app = createApp({ log });
    const entry = { publicKey: keys.publicKey, clock, log, onInteraction: (one: unknown) => void handed.push(one) };
    app.route('/', createInteractionEntry(entry));
    await fc.assert(
      fc.asyncProperty(body, header, header, fc.boolean(), async (text, signature, timestamp, signed) => {
        const forged = { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp };
        const before = handed.length;
        const { status } = await app.request(INTERACTIONS_PATH, {
          method: 'POST',
          headers: signed ? headersFor(text, keys, clock.now()) : forged,
          body: text,
        });
        expect(status).toBeLessThan(500);
        if (!signed) expect([status, handed.length]).toEqual([401, before]);
      }),
      { seed: SEED, numRuns: share(600) },
    );
  });
});

describe('whatever comes to Slack’s address', () => {
  it('is refused unless Slack signed it, and the process goes on', async () => {
    const { fake, url, invocations, presses } = await startBench({ by: 'http' });
    const type = fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain');
    await fc.assert(
      fc.asyncProperty(body, type, fc.boolean(), header, async (text, contentType, signed, signature) => {
        const forged = { 'x-slack-signature': signature, 'x-slack-request-timestamp': '1' };
        const response = await fake.request(text, contentType, signed ? {} : forged, url);
        await response.arrayBuffer();
        if (!signed) expect(response.status).toBeGreaterThanOrEqual(400);
      }),
      { seed: SEED, numRuns: share(150) },
    );
    expect([invocations, presses]).toEqual([[], []]);
    await fake.command('/video', 'a dragon');
    await fake.until(() => invocations[0]);
  });
});

describe('whatever comes to a link to a video', () => {
  it('gets nothing without the right signature', async () => {
    const media = createMedia({
      videos: new KeptVideos(await tempFolder()),
      secret: 'secret',
      clock: new VirtualClock(),
    });
    const app = createApp({ log });
    app.route('/', media.routes);
    await fc.assert(
      fc.asyncProperty(anyText, anyText, anyText, anyText, async (id, name, expires, signature) => {
        const encode = (text: string) => encodeURIComponent(text.replace(/\p{Cs}/gu, '')) || 'x';
        const query = new URLSearchParams({ expires, signature });
        const { status } = await app.request(`/media/${encode(id)}/${encode(name)}?${query}`);
        expect([400, 403, 404]).toContain(status);
      }),
      { seed: SEED, numRuns: share(500) },
    );
  });
});
