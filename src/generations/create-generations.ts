import type { Config } from '../config/config.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { KeptVideos } from '../delivery/kept-videos.ts';
import type { Chat } from '../domain/reply.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Stops } from '../lib/shutdown.ts';
import type { SteadyProvider } from '../providers/provider.ts';
import type { Engine } from '../queue/engine.ts';
import type { Limits } from '../quotas/admission.ts';
import type { Replies } from '../replies/replies.ts';
import type { Store } from '../store/store.ts';
import { Acceptance, type RequestChecks } from './acceptance.ts';
import { keepChecking } from './background-checks.ts';
import type { Oversight } from './cancel-and-delete.ts';
import { DraftRequests } from './draft-requests.ts';
import type { Durations } from './durations.ts';
import { LostRequests } from './lost-requests.ts';
import type { ModelList } from './model-list.ts';
import { Pipeline } from './pipeline.ts';
import { PollAnswers } from './poll-answers.ts';
import { Replacement } from './replacement.ts';
import { keepRetention } from './retention.ts';
import { keepRetryingReplies } from './retry-replies.ts';
import { Running } from './running.ts';
import { GenerationService } from './service.ts';

/** Dependencies that the parts of this room share. */
interface RoomParts {
  config: Config;
  store: Store;
  engine: Engine;
  provider: SteadyProvider;
  replies: Replies;
  models: ModelList;
  videos: KeptVideos;
  limits: Limits;
  /** As in `PipelineParts`. */
  spent: (model: string, usd: number) => void;
  /** `RETENTION_DAYS`, in ms. */
  retentionMs: number;
  /** The longest wait between two polls, in ms. */
  pollIntervalMs: number;
  clock: Clock;
  /** From 0 up to, not including, 1. */
  random: () => number;
  newId: () => string;
  log: Log;
}

/** Dependencies of `createGenerations`. */
export interface CreateGenerationsParts extends RoomParts {
  durations: Durations;
  delivery: Delivery;
  chats: ReadonlyMap<string, Chat>;
  moderation: Oversight;
  checks: RequestChecks;
  stops: Stops;
}

/** The generations room: its service for commands, and the loops that run generations and clean up after them. */
export interface GenerationsRoom {
  service: GenerationService;
  /** Begins to run them, where this process does. */
  start(): Promise<void>;
  /** Runs the background checks, reply retries and retention until the signal aborts. */
  keepUp(signal: AbortSignal): Promise<void>;
}

/** Makes the room; nothing runs before `start` and `keepUp`. */
export function createGenerations(parts: CreateGenerationsParts): GenerationsRoom {
  const { config, store, provider, clock, random, newId, log } = parts;
  const lost = new LostRequests({ provider, mark: store.mark('looks'), newId, clock, random, log });
  const replacement = new Replacement(parts);
  const pipeline = new Pipeline({
    ...parts,
    lost,
    replacement,
    answers: new PollAnswers(),
    timeoutMs: config.GENERATION_TIMEOUT_MS,
  });
  const running = new Running({ ...parts, pipeline });
  const acceptance = new Acceptance({
    ...parts,
    running,
    replacement,
    moderation: parts.checks,
    mostUnfinished: config.TOTAL_QUEUE,
    allowDirect: config.ALLOW_DIRECT_MESSAGES,
  });
  const drafts = new DraftRequests({ ...parts, acceptance, replacement });
  return {
    service: new GenerationService({ ...parts, acceptance, drafts }),
    async start() {
      parts.stops.add('generations', () => running.stop());
      if (config.ROLE !== 'bot') await running.start();
    },
    keepUp: (signal) => keepUp(parts, lost, signal),
  };
}

async function keepUp(parts: RoomParts, lost: LostRequests, signal: AbortSignal): Promise<void> {
  await Promise.all([
    keepRetention(parts, signal),
    parts.models.keepUp(signal),
    keepChecking({ ...parts, lost }, signal),
    keepRetryingReplies({ ...parts, shared: parts.engine.shared }, signal),
  ]);
}
