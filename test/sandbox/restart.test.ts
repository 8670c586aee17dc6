import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { clientOf, openSandbox } from './client.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dailies-sandbox-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** A program that starts a sandbox and prints its address. */
const PROGRAM = `
  import { systemClock } from ${module('../../src/lib/clock.ts')};
  import { createLog } from ${module('../../src/lib/log.ts')};
  import { startSandbox } from ${module('../../src/sandbox/sandbox.ts')};
  const [dataDir] = process.argv.slice(1);
  const sandbox = await startSandbox({ clock: systemClock, log: createLog('silent', []), dataDir, durationMs: 1 });
  process.stdout.write(sandbox.url);
`;

it('a generation survives a SIGKILL, and its file is at the new address', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(child.stdout, 'data')) as [Buffer];
  const before = clientOf({ url: url.toString() });
  const id = await before.submit('a fox', { seed: 5 }, 'request-7');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const after = await openSandbox({ dataDir, clock: systemClock });
  expect(after.sandbox.requests).toMatchObject([{ id, clientRequestId: 'request-7', seed: 5 }]);
  expect(await after.videoUrl(id)).toContain(`${after.sandbox.url}/files/${id}.mp4`);
  expect((await after.call('/v2/logs?period=24h')).json.data).toMatchObject([
    { client_request_id: 'request-7', inference_id: id },
  ]);
  await after.sandbox.stop();
});

it('a line that a crash has left unfinished hides nothing, before or after it', async () => {
  const first = await openSandbox({ dataDir });
  const one = await first.submit('one');
  await first.sandbox.stop();
  await appendFile(join(dataDir, 'sandbox-jobs.jsonl'), '{"id":"half');
  const second = await openSandbox({ dataDir });
  const two = await second.submit('two');
  await second.sandbox.stop();
  const third = await openSandbox({ dataDir });
  expect(third.sandbox.requests.map(({ id }) => id)).toEqual([one, two]);
  await third.sandbox.stop();
});

it('without a folder nothing is kept', async () => {
  const first = await openSandbox();
  const id = await first.submit('one');
  await first.sandbox.stop();
  const second = await openSandbox();
  expect((await second.poll(id)).status).toBe(404);
  await second.sandbox.stop();
});
