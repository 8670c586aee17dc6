import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { KeptVideos } from '../../src/delivery/kept-videos.ts';
import { keepRetention } from '../../src/generations/retention.ts';
import { openStore } from '../../src/store/store.ts';
import { VirtualClock } from '../support/clock.ts';
import { putDatabase } from '../support/fresh-database.ts';
import { makeGeneration } from '../support/generations.ts';
import { recordingLog } from '../support/log.ts';
import { tempFolder } from '../support/temp.ts';

const DAY_MS = 86_400_000;
const RETENTION_MS = 7 * DAY_MS;

async function begin() {
  const folder = await tempFolder();
  await putDatabase(folder);
  const store = await openStore(`sqlite:${join(folder, 'dailies.db')}`);
  onTestFinished(() => store.close());
  const clock = new VirtualClock();
  const parts = { store, videos: new KeptVideos(folder), clock, log: recordingLog().log, retentionMs: RETENTION_MS };
  const apply = async () => {
    const stop = new AbortController();
    const done = keepRetention(parts, stop.signal);
    stop.abort();
    await done;
  };
  return { store, videos: parts.videos, now: clock.now(), apply };
}

it('what was said of a video goes with its prompt', async () => {
  const { store, now, apply } = await begin();
  for (const [id, age] of Object.entries({ old: RETENTION_MS + 1, new: RETENTION_MS - 1 })) {
    await store.generations.insert(makeGeneration({ id, state: 'delivered', finishedAt: now - age }));
    await store.reports.insert({ generation: id, reporter: 'web:ben', reason: 'rude', at: now });
  }
  await apply();
  const left = await Promise.all(['old', 'new'].map((id) => store.generations.find(id)));
  expect(left.map((one) => one?.request.prompt)).toEqual(['', 'a dragon']);
  const reports = await Promise.all(['old', 'new'].map((id) => store.reports.find(id, 'web:ben')));
  expect(reports.map((report) => report?.reason)).toEqual(['', 'rude']);
});

it('what log channels were told goes after the same time, posted or not', async () => {
  const { store, now, apply } = await begin();
  const event = { kind: 'generation', generation: 'g1' } as const;
  await store.outbox.append('web:local', 'old', event, now - RETENTION_MS - 1);
  await store.outbox.append('web:local', 'new', event, now - RETENTION_MS + 1);
  await apply();
  expect(await store.outbox.listUnposted('web:local', 10)).toMatchObject([{ createdAt: now - RETENTION_MS + 1 }]);
});

it('refusals, which hold no words, are counted for more than a year', async () => {
  const { store, now, apply } = await begin();
  const refusal = { member: 'web:ada', channel: 'general', model: 'lite', code: 'paused' } as const;
  await store.refusals.insert('web:local', { ...refusal, id: 'old', at: now - 401 * DAY_MS });
  await store.refusals.insert('web:local', { ...refusal, id: 'new', at: now - 399 * DAY_MS });
  await apply();
  expect((await store.refusals.list('web:local', 0, now)).map(({ id }) => id)).toEqual(['new']);
});

it('what is being delivered once more stays until that has ended', async () => {
  const { store, now, apply } = await begin();
  const finishedAt = now - RETENTION_MS - 1;
  await store.generations.insert(
    makeGeneration({ state: 'undelivered', videoUrl: 'https://clips.test/1', finishedAt }),
  );
  await store.generations.move('g1', 'undelivered', 'delivering');
  await apply();
  expect(await store.generations.find('g1')).toMatchObject({
    request: { prompt: 'a dragon' },
    videoUrl: 'https://clips.test/1',
  });
});

it('a file goes that nobody needs: of what another process has forgotten, or of what has ended long ago', async () => {
  const { store, videos, now, apply } = await begin();
  const kinds = {
    forgotten: { state: 'delivered', finishedAt: now, forgottenAt: now },
    old: { state: 'failed', finishedAt: now - RETENTION_MS - 1 },
    new: { state: 'delivered', finishedAt: now },
    running: { state: 'delivering' },
  } as const;
  for (const [id, changes] of Object.entries(kinds)) await store.generations.insert(makeGeneration({ id, ...changes }));
  for (const id of [...Object.keys(kinds), 'unknown']) {
    await writeFile(await videos.draft(id), 'a video');
    await videos.keep(id);
  }
  await apply();
  expect((await videos.list()).sort()).toEqual(['new', 'running']);
});
