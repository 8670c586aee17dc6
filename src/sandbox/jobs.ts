import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** How long a generation is known, in ms; the real API's addresses of videos may expire after as much. */
const KEPT_MS = 86_400_000;

const FILE = 'sandbox-jobs.jsonl';

const job = z.object({
  id: z.string(),
  clientRequestId: z.string().nullable(),
  endpoint: z.enum(['universal', 'bytedance']),
  model: z.string(),
  prompt: z.string(),
  body: z.record(z.string(), z.unknown()),
  ignored: z.array(z.string()),
  seed: z.number(),
  durationMs: z.number().nullable(),
  at: z.number(),
});

/**
 * One accepted POST: the ledger's entry and the generation. `model` is the API's name; `ignored` are fields of the body
 * without effect; `at` is ms since 1970; `durationMs` is null for one that never ends.
 */
export type SandboxJob = Readonly<z.output<typeof job>>;

/** The accepted generations; with a folder they survive the process. */
export interface Jobs {
  /** Resolves when the job would survive a SIGKILL. */
  add(job: SandboxJob): Promise<void>;
  get(id: string): SandboxJob | undefined;
  /** Oldest first. */
  all(): SandboxJob[];
}

/** @param dataDir made if it is not there; without it nothing is kept. */
export async function openJobs(dataDir: string | undefined, now: number): Promise<Jobs> {
  const jobs = new Map<string, SandboxJob>();
  const path = dataDir === undefined ? undefined : join(dataDir, FILE);
  if (dataDir !== undefined && path !== undefined) {
    await mkdir(dataDir, { recursive: true });
    for (const known of await load(path)) if (known.at > now - KEPT_MS) jobs.set(known.id, known);
    // Rewritten without expired lines, and without a line that a crash left unfinished.
    await writeFile(`${path}.new`, [...jobs.values()].map(toLine).join(''));
    await rename(`${path}.new`, path);
  }
  return {
    async add(added) {
      for (const [id, { at }] of jobs) {
        if (at > added.at - KEPT_MS) break;
        jobs.delete(id);
      }
      jobs.set(added.id, added);
      if (path !== undefined) await appendFile(path, toLine(added));
    },
    get: (id) => jobs.get(id),
    all: () => [...jobs.values()],
  };
}

function toLine(entry: SandboxJob): string {
  return `${JSON.stringify(entry)}\n`;
}

async function load(path: string): Promise<SandboxJob[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => parse(line) ?? []);
}

function parse(line: string): SandboxJob | undefined {
  try {
    return job.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
