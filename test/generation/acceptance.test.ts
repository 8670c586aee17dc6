import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Work } from '../../src/engine/engine.ts';
import { Acceptance } from '../../src/generation/acceptance.ts';
import { Durations } from '../../src/generation/durations.ts';
import type { Generation } from '../../src/generation/generation.ts';
import type { Origin } from '../../src/generation/origin.ts';
import { createWordModeration } from '../../src/limits/words/moderation.ts';
import { openStore } from '../../src/store/store.ts';
import { VirtualClock } from '../support/clock.ts';
import { recordingLog } from '../support/log.ts';
import { LIMITS } from '../support/moderating.ts';
import { tempFolder } from '../support/temp.ts';

const ADA: Origin = {
  community: 'web:local',
  channel: 'general',
  direct: false,
  member: 'web:ada',
  roles: ['crew'],
  moderator: false,
  locale: 'en-US',
  reply: { platform: 'web', messageId: 'm1' },
  alone: false,
};

async function begin() {
  const file = join(await tempFolder(), 'dailies.db');
  const store = await openStore(`sqlite:${file}`);
  onTestFinished(() => store.close());
  const clock = new VirtualClock();
  const added: Work[] = [];
  const shown: Generation[] = [];
  const acceptance = new Acceptance({
    store,
    engine: { add: (work) => void added.push(work), enqueue: async () => {} },
    running: { stopping: false },
    provider: { name: 'sandbox' },
    replies: { show: async (generation) => void shown.push(generation) },
    durations: new Durations(store.generations, clock),
    moderation: createWordModeration((community) => store.words.list(community)),
    limits: LIMITS,
    mostUnfinished: 1000,
    allowDirect: true,
    endpoint: 'universal',
    clock,
    random: () => 0.5,
    newId: randomUUID,
    log: recordingLog().log,
  });
  const ask = () => acceptance.accept(ADA, { prompt: 'a dragon', options: {} });
  const harm = (statement: string) => {
    const database = new SQLite(file);
    database.exec(statement);
    database.close();
  };
  return { store, added, shown, ask, harm };
}

describe('a request is refused, and nothing of it goes on,', () => {
  const reads = ['rules', 'pace_rules', 'grants', 'holds', 'blocks', 'channel_rules', 'words', 'community_settings'];
  it.each([
    ...reads.map((table) => [`${table} cannot be read`, `alter table ${table} rename to lost`]),
    ...['generations', 'holds'].map((table) => [
      `${table} cannot be written`,
      `create trigger full before insert on ${table} begin select raise(abort, 'disk full'); end`,
    ]),
  ])('when %s', async (_, statement) => {
    const { store, added, shown, ask, harm } = await begin();
    await ask();
    harm(statement ?? '');
    await expect(ask()).rejects.toThrow();
    expect([added.length, shown.length]).toEqual([1, 1]);
    expect(await store.generations.listUnfinishedOf(ADA.member)).toHaveLength(1);
  });

  it('when the database is gone', async () => {
    const { store, added, shown, ask } = await begin();
    await store.close();
    await expect(ask()).rejects.toThrow();
    expect([added, shown]).toEqual([[], []]);
  });
});
