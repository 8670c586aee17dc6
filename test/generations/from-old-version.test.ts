import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clientOf } from '../sandbox/client.ts';
import { type House, startHouse } from '../support/house.ts';
import { makeOldDatabase } from '../support/old-schema.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';

/** What 0.6.0 sent for a request that named nothing. */
const OPTIONS = { resolution: '1080p', aspect_ratio: '16:9', duration: 5, seed: 7, camera_fixed: false };

const HOLDS: Record<string, string> = { delivered: 'settled', failed: 'released', cancelled: 'released' };

/** Generations of 0.6.0 by id: in every state, and for `submitting` both ways that it can be. */
const STATES = {
  queued: 'queued',
  arrived: 'submitting',
  lost: 'submitting',
  generating: 'generating',
  delivering: 'delivering',
  delivered: 'delivered',
  failed: 'failed',
  cancelled: 'cancelled',
  timed_out: 'timed_out',
  undelivered: 'undelivered',
} as const;
const FINISHED = ['delivered', 'failed', 'cancelled', 'timed_out', 'undelivered'] as const;

/** What has happened to each by now, as 0.6.0 noted it; its provider is the house's sandbox. */
async function fillOldFile({ folder, sandbox, clock }: Pick<House, 'folder' | 'sandbox' | 'clock'>): Promise<void> {
  const { db, close } = await makeOldDatabase(`sqlite:${join(folder, 'dailies.db')}`, '0004_web_channels');
  const api = clientOf(sandbox, 'house-key');
  const begun = clock.now() - 1000;
  const common = { community: 'web:local', member: 'web:ada' };
  for (const [id, state] of Object.entries(STATES)) {
    const prompt = `a dragon, ${id}`;
    const sent = ['arrived', 'generating', 'delivering', 'delivered', 'undelivered'].includes(id);
    const providerId = sent ? await api.submit(prompt, { seed: 7 }, id) : null;
    const card = { tone: 'progress', title: 'An old card', fields: [], notes: [], buttons: [] };
    const ended = (FINISHED as readonly string[]).includes(id);
    const made = ['delivering', 'delivered', 'undelivered'].includes(id);
    const generation = {
      ...{ ...common, id, state, channel: 'general', locale: 'en', provider: 'aimlapi', model: 'lite' },
      reply: JSON.stringify({ platform: 'web', messageId: `message ${id}` }),
      request: JSON.stringify({ model: 'lite', prompt, options: OPTIONS, dropped: [] }),
      ...{ seconds: 5, credits: 1, created_at: begun, starts_at: begun, concurrency: 1 },
      provider_id: id === 'arrived' ? null : providerId,
      submitted_at: state === 'queued' ? null : begun,
      generating_at: sent && id !== 'arrived' ? begun : null,
      ready_at: made ? begun : null,
      finished_at: ended ? begun : null,
      failure: id === 'failed' ? JSON.stringify({ code: 'provider_failed', params: { hint: '' } }) : null,
      // What has ended was shown, and is not shown anew.
      shown_state: ended ? state : null,
    };
    if (made) await expect.poll(() => api.videoUrl(providerId ?? '')).toContain('http');
    const video_url = made ? await api.videoUrl(providerId ?? '') : null;
    await db
      .insertInto('generations')
      .values({ ...generation, video_url })
      .execute();
    const hold = { ...common, generation_id: id, credits: 1, created_at: begun, channel: 'general' };
    const held = ended ? (HOLDS[state] ?? (state === 'timed_out' ? 'released' : 'held')) : 'held';
    await db
      .insertInto('holds')
      .values({ ...hold, state: held })
      .execute();
    const message = { id: `message ${id}`, member: 'web:ada', said: `/video ${prompt}`, created_at: begun };
    await db
      .insertInto('web_messages')
      .values({ ...message, card: JSON.stringify(card) })
      .execute();
    if (state !== 'delivered') continue;
    const delivery = { generation_id: id, claimed_at: begun, receipt: `message ${id}`, delivered_at: begun };
    await db.insertInto('deliveries').values(delivery).execute();
  }
  await close();
}

it('a file of 0.6.0 with generations in every state goes on: all end as they should, and can be shown and repeated', async () => {
  const house = await startHouse({
    settings: { MEMBER_CONCURRENCY: '20', MEMBER_QUEUE: '20' },
    sandbox: { durationMs: 1 },
    speed: 100,
    prepare: fillOldFile,
  });
  const { chat, sandbox } = house;
  for (const id of ['queued', 'arrived', 'generating', 'delivering']) {
    const shown = await chat.untilTitle(`message ${id}`, TITLES.delivered);
    expect(shown.card?.prompt).toBe(`a dragon, ${id}`);
  }
  const lost = await chat.untilTitle('message lost', TITLES.failed);
  expect(lost.card?.text).toBe(en.errors.submission_lost);
  // Nothing was bought twice: one that waited was sent, in the resolution that costs what was agreed.
  const prompts = () => sandbox.requests.map(({ body }) => body.prompt);
  for (const id of ['arrived', 'generating', 'delivering', 'delivered', 'undelivered', 'queued']) {
    expect(prompts().filter((prompt) => prompt === `a dragon, ${id}`)).toHaveLength(1);
  }
  expect(sandbox.requests.at(-1)?.body).toMatchObject({ prompt: 'a dragon, queued', resolution: '720p' });

  const texts: unknown[] = [];
  for (const page of [1, 2]) {
    const listed = await chat.until(await chat.say('history', { page }), ({ card }) => card?.items !== undefined);
    texts.push(...(listed.card?.items ?? []).map(({ text }) => text));
  }
  expect(texts.sort()).toEqual(
    Object.keys(STATES)
      .map((id) => `a dragon, ${id}`)
      .sort(),
  );

  const press = async (action: string, id: string) => {
    const body = { as: 'web:ada', action, target: id, message: `message ${id}` };
    const answer = (await (await chat.post('/api/buttons', body)).json()) as { message: { id: string } };
    return answer.message.id;
  };
  for (const id of [...FINISHED, 'lost']) {
    const again = await chat.untilTitle(await press('again', id), TITLES.delivered);
    expect(again.card?.prompt).toBe(`a dragon, ${id}`);
  }
  await chat.untilTitle(await press('deliver', 'undelivered'), TITLES.delivered);
});
