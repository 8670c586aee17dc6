import type { Generation } from '../../src/domain/generation.ts';

/** A generation with its ids as plain text, which tests write as it is stored. */
type Ids = 'id' | 'community' | 'channel' | 'member';
export type PlainGeneration = Omit<Generation, Ids> & Record<Ids, string>;

/** A generation as the service would write it, with what a test wants to be different. */
export function makeGeneration(changes: Partial<PlainGeneration> = {}): Generation {
  const generation: PlainGeneration = {
    id: 'g1',
    community: 'web:local',
    channel: 'general',
    member: 'web:ada',
    roles: [],
    locale: 'en-US',
    reply: { platform: 'web', messageId: 'm1' },
    request: {
      model: 'lite',
      prompt: 'a dragon',
      options: { resolution: '480p', aspect_ratio: '1:1', duration: 5, seed: 7, camera_fixed: false, watermark: false },
      dropped: [],
    },
    credits: 1,
    state: 'queued',
    provider: 'sandbox',
    providerId: undefined,
    videoUrl: undefined,
    failure: undefined,
    createdAt: Date.UTC(2026, 0, 1, 12),
    startsAt: Date.UTC(2026, 0, 1, 12),
    concurrency: 1,
    submittedAt: undefined,
    sentAt: undefined,
    settledAt: undefined,
    generatingAt: undefined,
    readyAt: undefined,
    finishedAt: undefined,
    route: undefined,
    attempts: 0,
    resends: 0,
    usd: undefined,
    providerCredits: undefined,
    checkAt: undefined,
    checks: 0,
    late: false,
    forgottenAt: undefined,
    shownState: undefined,
    ...changes,
  };
  return generation as Generation;
}
