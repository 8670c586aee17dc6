import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import { BoundedMap } from '../../lib/bounded-map.ts';
import type { ClipSpec } from './spec.ts';

/** Clips that are kept, the latest used last. */
const MAX_KEPT = 16;

/** Makes clips and keeps the latest. */
export interface ClipMaker {
  /** The clip's file; the same object for the same spec while it is kept. @throws {Error} after `stop`. */
  make(spec: ClipSpec): Promise<Buffer>;
  stop(): void;
}

/**
 * One clip at a time, each in a worker of its own: the encoder's memory goes with it, and the event loop stays free.
 */
export function createClipMaker(): ClipMaker {
  const queue = new PQueue({ concurrency: 1 });
  const stopped = new AbortController();
  const kept = new BoundedMap<string, Promise<Buffer>>(MAX_KEPT);
  return {
    make(spec) {
      const key = JSON.stringify(spec);
      let clip = kept.get(key);
      if (!clip) {
        clip = queue.add(() => renderInWorker(spec, stopped.signal), { signal: stopped.signal });
        clip.catch(() => kept.delete(key));
      }
      // Put at the end: the first one is the one unused for longest.
      kept.set(key, clip);
      return clip;
    },
    stop: () => stopped.abort(new Error('the sandbox has stopped')),
  };
}

function renderInWorker(spec: ClipSpec, signal: AbortSignal): Promise<Buffer> {
  return new Promise<Buffer>((resolve, reject) => {
    // Without the parent's flags: a test runner's are not for workers.
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: spec, execArgv: [] });
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', onAbort);
      void worker.terminate();
      settle();
    };
    const onAbort = () => end(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
    worker.once('message', (file: Uint8Array) =>
      end(() => resolve(Buffer.from(file.buffer, file.byteOffset, file.byteLength))),
    );
    worker.once('error', (error) => end(() => reject(error)));
    worker.once('exit', (code) => end(() => reject(new Error(`expected a clip, but the worker ended with ${code}`))));
  });
}
