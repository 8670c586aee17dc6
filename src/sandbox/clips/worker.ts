import { parentPort } from 'node:worker_threads';
import { encodeClip } from './encode.ts';
import type { ClipSpec } from './spec.ts';

// One clip after the other; an error ends this worker.
parentPort?.on('message', async (spec: ClipSpec) => parentPort?.postMessage(await encodeClip(spec)));
