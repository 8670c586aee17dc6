import { parentPort, workerData } from 'node:worker_threads';
import { encodeClip } from './encode.ts';
import type { ClipSpec } from './spec.ts';

// The whole life of this worker: one clip.
parentPort?.postMessage(await encodeClip(workerData as ClipSpec));
