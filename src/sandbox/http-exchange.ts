import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../lib/clock.ts';
import type { Account } from './account.ts';
import type { NotedCall } from './calls.ts';
import type { ClipMaker } from './clips/clip-maker.ts';
import type { Faults } from './faults.ts';
import type { Jobs } from './jobs.ts';
import type { Offer } from './offered-models.ts';
import type { ErrorShape, Refusal } from './refusal-bodies.ts';

/** Dependencies and settings of the API; see `SandboxOptions`. */
export interface ApiOptions {
  url: string;
  jobs: Jobs;
  clips: ClipMaker;
  clock: Clock;
  newId: () => string;
  key: string | undefined;
  speed: number;
  durationMs: number | undefined;
  logLagMs: number;
  logAt: 'accepted' | 'end';
  logsPerMinute: number;
  shortSide: number | undefined;
  errorShape: ErrorShape;
  skewMs: number;
  offer: Offer;
  account: Account;
  faults: Faults;
  noteCall: (call: NotedCall) => void;
}

/** One request, as a route sees it. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** Names this call, in the header, in errors and in the log. */
  requestId: string;
  /** The body of errors. */
  shape: ErrorShape;
  /** The API's time in ms. */
  at(): number;
  /** Answers with an error in the API's manner. */
  refuse(status: number, refusal?: Refusal): void;
}
