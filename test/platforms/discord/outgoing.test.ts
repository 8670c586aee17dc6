import { describe, expect, test } from 'vitest';
import type { ReplyRef } from '../../../src/domain/reply.ts';
import type { Platform } from '../../../src/platforms/platform.ts';
import { fastClock } from '../../support/clock.ts';
import { card, clockAhead, startBench } from './bench.ts';
import { clip, failure, LIFE_MS } from './clips.ts';

const update = (platform: Platform, ref: ReplyRef) => platform.update(ref, card({ title: 'New' }));

describe('a reply', () => {
  test('is edited as the interaction’s own while the token lives, by a platform that never listened', async () => {
    const { fake, open, another } = await startBench();
    const { ref, handle } = await open();
    await update(another(), JSON.parse(JSON.stringify(ref)));
    await handle.reply(({ embeds }) => embeds[0]?.title === 'New');
    expect(fake.edits.map(({ by }) => by)).toEqual(['webhook']);
  });

  test.each([
    ['15 minutes later', LIFE_MS, 'channel'],
    ['in the token’s last half minute', LIFE_MS - 29_000, 'channel'],
    ['before that', LIFE_MS - 40_000, 'webhook'],
  ])('%s', async (_, ms, by) => {
    const { fake, open, another } = await startBench();
    const { ref, handle } = await open();
    await update(another({ clock: clockAhead(ms) }), ref);
    await handle.reply(({ embeds }) => embeds[0]?.title === 'New');
    expect(fake.edits.map((edit) => edit.by)).toEqual([by]);
  });

  test('is edited in its channel when Discord says that the token is dead', async () => {
    const { fake, open, discord } = await startBench({ fake: { tokenLifeMs: 300 } });
    const { ref, handle } = await open();
    await fastClock(1).sleep(350);
    await update(discord, ref);
    await handle.reply(({ embeds }) => embeds[0]?.title === 'New');
    expect(fake.edits.map(({ by }) => by)).toEqual(['channel']);
  });

  test('that is private is out of reach once its token is dead', async () => {
    const { fake, open, another } = await startBench();
    const { ref } = await open();
    const error = await failure(update(another({ clock: clockAhead(LIFE_MS) }), { ...ref, ephemeral: true }));
    expect(error.kind).toBe('gone');
    expect(fake.edits).toEqual([]);
  });

  test('that an earlier version stored can still be edited', async () => {
    const { open, discord } = await startBench();
    const { ref, handle } = await open();
    const { botInChannel: _, home: __, ...stored } = ref;
    await update(discord, stored);
    await handle.reply(({ embeds }) => embeds[0]?.title === 'New');
  });

  test('that is none of Discord’s is refused', async () => {
    const { discord } = await startBench();
    expect((await failure(update(discord, { platform: 'web', id: 'm1' }))).kind).toBe('invalid');
  });
});

describe('an edit that fails', () => {
  test('because of a rate limit is busy, with the time to come back, and does not wait by itself', async () => {
    const { fake, open, discord } = await startBench();
    const { ref } = await open();
    fake.fault({ method: 'PATCH', path: /@original$/, kind: 'rateLimit', retryAfterMs: 60_000 });
    const error = await failure(update(discord, ref));
    expect(error.kind).toBe('busy');
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(60_000);
    expect(error.retryAfterMs).toBeLessThan(61_000);
  });

  test('because the message was deleted is gone', async () => {
    const { fake, open, discord } = await startBench();
    const { ref, handle } = await open();
    fake.remove(await handle.reply());
    expect((await failure(update(discord, ref))).kind).toBe('gone');
  });

  test.each([
    ['access was taken away', 403, 50001, 'gone'],
    ['permission was taken away', 403, 50013, 'gone'],
    ['the channel was deleted', 404, 10003, 'gone'],
    ['Discord does not accept what we sent', 400, 50035, 'invalid'],
    ['Discord is out of order', 503, 0, 'unavailable'],
  ])('because %s', async (_, status, code, kind) => {
    const { fake, open, discord } = await startBench();
    const { ref, handle } = await open();
    fake.fault({ method: 'PATCH', path: /@original$/, kind: 'refuse', status, code, message: 'No' });
    const error = await failure(update(discord, ref));
    expect(error.kind).toBe(kind);
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain(handle.token);
    await update(discord, ref);
  });

  test('because the connection broke is unavailable', async () => {
    const { fake, open, discord } = await startBench();
    const { ref } = await open();
    fake.fault({ method: 'PATCH', path: /@original$/, kind: 'reset' });
    expect((await failure(update(discord, ref))).kind).toBe('unavailable');
  });

  test('because the caller gave up is not a ReplyError', async () => {
    const { fake, open, discord } = await startBench();
    const { ref } = await open();
    fake.fault({ method: 'PATCH', path: /@original$/, kind: 'delay', ms: 300 });
    const reason = new Error('enough');
    const giving = new AbortController();
    const updating = discord.update(ref, card(), { signal: giving.signal });
    setTimeout(() => giving.abort(reason), 50);
    await expect(updating).rejects.toBe(reason);
  });
});

describe('a finished clip', () => {
  test('is attached beside the card, byte for byte, and can be found again', async () => {
    const { open, discord } = await startBench();
    const { ref, handle } = await open();
    const { bytes, file } = await clip(300_000);
    expect(await discord.findDelivery(ref, file.name)).toBeUndefined();
    const delivered = await discord.deliver(ref, card({ title: 'Your video', video: { name: file.name } }), file);
    const reply = await handle.reply(({ attachments }) => attachments.length > 0);
    expect(reply.attachments[0]?.bytes.equals(bytes)).toBe(true);
    expect(reply.embeds).toEqual([expect.objectContaining({ title: 'Your video' })]);
    expect(reply.embeds[0]?.video).toBeUndefined();
    const receipt = reply.attachments[0]?.id;
    expect(delivered).toEqual({ attached: true, receipt });
    expect(await discord.findDelivery(ref, file.name)).toBe(receipt);
    await update(discord, ref);
    expect(reply.attachments).toHaveLength(1);
  });

  test('is attached after the token’s life too', async () => {
    const { fake, open, another } = await startBench();
    const { ref, handle } = await open();
    const { file } = await clip(1000);
    const later = another({ clock: clockAhead(LIFE_MS) });
    await later.deliver(ref, card(), file);
    await handle.reply(({ attachments }) => attachments.length === 1);
    expect(fake.edits.map(({ by }) => by)).toEqual(['channel']);
    expect(await later.findDelivery(ref, file.name)).toBeDefined();
  });

  test('above the limit is not attached, and not even sent', async () => {
    const { fake, open, discord } = await startBench();
    const { ref } = await open({ attachmentSizeLimit: 5000 });
    const { file } = await clip(5001);
    expect(await discord.deliver(ref, card(), file)).toEqual({ attached: false, limitBytes: 5000 });
    expect(fake.edits).toEqual([]);
  });

  test('that Discord finds too large after all is not attached', async () => {
    const { fake, open, discord } = await startBench();
    const { ref } = await open({ attachmentSizeLimit: 5000 });
    const { file } = await clip(6000);
    const delivered = await discord.deliver({ ...ref, attachmentSizeLimit: 100_000 }, card(), file);
    expect(delivered).toEqual({ attached: false, limitBytes: 5999 });
    expect(fake.ledger.at(-1)?.status).toBe(413);
  });
});
