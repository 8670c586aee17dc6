import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { whatIsWrongWithMp4 } from '../../src/delivery/check-mp4.ts';
import { DailiesError } from '../../src/domain/failure.ts';
import { MODELS } from '../../src/domain/models.ts';
import { checkRequest } from '../../src/domain/request.ts';
import { readRange } from '../../src/lib/byte-range.ts';
import { parseSlash } from '../../src/platforms/slack/parse.ts';
import { newsFrom, readLeaving, readListed } from '../../src/providers/aimlapi/model-news.ts';
import { readBalance, readState, readSubmitted } from '../../src/providers/aimlapi/poll-answer.ts';
import { toProviderError } from '../../src/providers/aimlapi/refusals.ts';
import { findInLog } from '../../src/providers/aimlapi/request-log.ts';
import { ProviderError } from '../../src/providers/provider.ts';
import { smallMp4 } from '../support/mp4.ts';
import { tempFolder } from '../support/temp.ts';
import { anyJson, anyText, SEED, share, watchProcess } from './support.ts';

watchProcess();

describe('whatever is typed', () => {
  it('as a request is taken, or refused with a reason', () => {
    const value = fc.oneof(anyText, fc.double(), fc.boolean());
    const name = fc.oneof(
      fc.constantFrom('resolution', 'aspect_ratio', 'duration', 'seed', 'camera_fixed', 'watermark', 'generate_audio'),
      anyText,
    );
    const input = fc.record({
      prompt: anyText,
      model: fc.option(fc.oneof(fc.constantFrom(...MODELS.map(({ id }) => id)), anyText), { nil: undefined }),
      options: fc.dictionary(name, value, { maxKeys: 5 }),
    });
    fc.assert(
      fc.property(input, fc.subarray([...MODELS]), (given, offered) => {
        try {
          const { prompt, options } = checkRequest(given, offered, () => 0.5);
          expect(prompt.length).toBeGreaterThan(0);
          expect(Number.isSafeInteger(options.seed)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(DailiesError);
        }
      }),
      { seed: SEED, numRuns: share(2000) },
    );
  });

  it('after a slash command in Slack is understood, or its problems are named', () => {
    const piece = fc.oneof(
      anyText,
      fc.constantFrom(
        'model:',
        'model:pro',
        'seed:7',
        '"',
        '“',
        '<@U1>',
        '<#C1|x>',
        '&amp;',
        ':',
        'quota',
        'set',
        '\\',
      ),
    );
    const slash = fc.oneof(fc.constantFrom('video', 'video-queue', 'video-moderate', 'video-help'), anyText);
    fc.assert(
      fc.property(slash, fc.array(piece, { maxLength: 8 }), (name, pieces) => {
        const spoken = parseSlash(name, pieces.join(' '), commands);
        expect(['nothing', 'command']).toContain(spoken.kind);
      }),
      { seed: SEED, numRuns: share(2000) },
    );
  });
});

describe('whatever the provider answers', () => {
  const names = ['id', 'generation_id', 'status', 'video', 'url', 'error', 'name', 'message', 'data', 'pagination'];
  const more = ['has_more', 'client_request_id', 'inference_id', 'current_balance', 'meta', 'issues', 'path'];
  const text = fc.oneof(
    anyText,
    anyJson([...names, ...more]).map((value) => JSON.stringify(value)),
    fc
      .record({
        status: fc.oneof(fc.constantFrom('queued', 'generating', 'completed', 'error'), anyText),
        video: fc.oneof(fc.record({ url: fc.oneof(anyText, fc.webUrl(), fc.integer()) }), fc.constant(null), anyText),
        error: anyJson(['name', 'message']),
      })
      .map((value) => JSON.stringify(value)),
  );

  it('is read as a state, an id, a list of models or a balance, or as nothing', () => {
    const ids = MODELS.map(({ id }) => id);
    fc.assert(
      fc.property(text, fc.option(anyText), (words, header) => {
        const state = readState({ status: 200, headers: { get: () => header }, text: words })?.state;
        if (state?.status === 'completed') expect(new URL(state.url).protocol).toMatch(/^https?:$/);
        const id = readSubmitted(words);
        if (id !== undefined) expect(id.length).toBeGreaterThan(0);
        const { offered, leaving } = newsFrom(readListed(words), readLeaving(words));
        for (const model of [...offered, ...Object.keys(leaving)]) expect(ids).toContain(model);
        expect(['number', 'undefined']).toContain(typeof readBalance(words));
      }),
      { seed: SEED, numRuns: share(1900) },
    );
  });

  it('as its log has the trace of a request, or cannot be read', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (words) => {
        const since = new Map([['g1', 0]]);
        const found = findInLog(
          since,
          { now: 1000, skewMs: 0, wideMs: 0 },
          async () => words,
          () => {},
        );
        const traces = await found.catch((error: unknown) => {
          expect(error).toBeInstanceOf(ProviderError);
        });
        if (traces) for (const { failed } of traces.values()) expect(failed).toBeGreaterThanOrEqual(0);
      }),
      { seed: SEED, numRuns: share(500) },
    );
  });

  it('as a refusal becomes one short line that never holds the key', () => {
    const status = fc.integer({ min: 300, max: 599 });
    const withKey = text.map((words) => words.replace(/e/g, 'canary-key'));
    fc.assert(
      fc.property(status, fc.oneof(text, withKey), fc.option(anyText), (code, words, header) => {
        const answer = { status: code, headers: { get: () => header }, text: words };
        const { hint, retryAfterMs } = toProviderError(answer, 'submit', 0, ['canary-key']);
        expect(hint).not.toContain('canary-key');
        expect([...hint].length).toBeLessThanOrEqual(300);
        expect(hint).not.toMatch(/[\n\r\u202E]/);
        if (retryAfterMs !== undefined) expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
      }),
      { seed: SEED, numRuns: share(1000) },
    );
  });
});

describe('whatever a file holds', () => {
  it('as an MP4 is whole, or something is wrong with it', async () => {
    const path = join(await tempFolder(), 'clip.mp4');
    const whole = smallMp4(200);
    const damaged = fc
      .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
      .map((changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    const cut = fc.nat(whole.length - 1).map((length) => whole.subarray(0, length));
    const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, cut, noise), async (bytes) => {
        await writeFile(path, bytes);
        expect(['string', 'undefined']).toContain(typeof (await whatIsWrongWithMp4(path)));
      }),
      { seed: SEED, numRuns: share(900) },
    );
  });
});

describe('whatever a browser asks for', () => {
  it('as a range lies in the file', () => {
    const header = fc.oneof(
      anyText,
      fc.tuple(anyNumber(), anyNumber()).map(([a, b]) => `bytes=${a}-${b}`),
    );
    fc.assert(
      fc.property(header, fc.nat(10_000), (given, size) => {
        const range = readRange(given, size);
        if (range === undefined || range === 'unsatisfiable') return;
        expect(range.start).toBeLessThanOrEqual(range.end);
        expect(range.end).toBeLessThan(size);
      }),
      { seed: SEED, numRuns: share(100) },
    );
  });
});

function anyNumber() {
  return fc.oneof(fc.nat().map(String), fc.bigInt().map(String), fc.constant(''));
}
