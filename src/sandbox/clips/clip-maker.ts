import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import { BoundedMap } from '../../lib/bounded-map.ts';
import type { ClipSpec } from './spec.ts';

/** Clips that are kept, the latest used last. */
const MAX_KEPT = 16;

/** How long an idle worker is kept. */
const IDLE_MS = 30_000;

/** Makes clips and keeps the latest. */
export interface ClipMaker {
  /** The clip's file; the same object for the same spec while it is kept. @throws {Error} after `stop`. */
  make(spec: ClipSpec): Promise<Buffer>;
  stop(): void;
}

/** One clip at a time, in a worker, so that the event loop stays free. */
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
    const worker = takeWorker();
    const end = () => {
      signal.removeEventListener('abort', onAbort);
      worker.off('message', onFile).off('error', fail).off('exit', onExit);
    };
    const fail = (error: unknown) => {
      end();
      void worker.terminate();
      reject(error);
    };
    const onFile = (file: Uint8Array) => {
      end();
      putAside(worker);
      resolve(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
    };
    const onAbort = () => fail(signal.reason);
    const onExit = (code: number) => fail(new Error(`expected a clip, but the worker ended with ${code}`));
    signal.addEventListener('abort', onAbort, { once: true });
    worker.on('message', onFile).on('error', fail).on('exit', onExit);
    worker.postMessage(spec);
  });
}

/** Idle workers, each with the function that takes it back into use. Starting one takes longer than most clips. */
const idle = new Map<Worker, () => void>();

function takeWorker(): Worker {
  for (const [worker, takeUp] of idle) {
    takeUp();
    return worker;
  }
  // Without the parent's flags: a test runner's are not for workers. An error while it is ended is nobody's any more.
  return new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [] }).on('error', () => {});
}

/** Keeps a worker for the next clip; without one it ends after a while, and the encoder's memory goes with it. */
function putAside(worker: Worker): void {
  const takeUp = () => {
    clearTimeout(timer);
    idle.delete(worker);
    worker.off('error', end).off('exit', end).ref();
  };
  const end = () => {
    takeUp();
    void worker.terminate();
  };
  const timer = setTimeout(end, IDLE_MS).unref();
  idle.set(worker, takeUp);
  worker.on('error', end).on('exit', end).unref();
}
