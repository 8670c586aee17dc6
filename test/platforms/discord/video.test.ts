import { describe, expect, it } from 'vitest';
import { MODELS } from '../../../src/domain/models.ts';
import type { FakeMessage } from '../../fakes/discord/state.ts';
import { inDiscord, startHouse } from '../../support/house.ts';
import { TITLES } from '../../support/titles.ts';
import { startFake } from './bench.ts';

const titled = (title: string) => (message: FakeMessage) => message.embeds?.[0]?.title === title;

describe('/video in Discord', () => {
  it('becomes an attached MP4 in one reply, which went through all stages', async () => {
    const fake = await startFake();
    const house = await startHouse({ settings: inDiscord(fake) });
    const handle = fake.slash({ name: 'video', options: { prompt: 'a *dragon* @everyone', model: 'pro', seed: 7 } });
    expect((await handle.acknowledged()).afterMs).toBeLessThan(3000);
    await handle.reply(titled(TITLES.generating));
    const done = await handle.reply(titled(TITLES.delivered));
    const [attachment] = done.attachments;
    expect(attachment).toMatchObject({ filename: expect.stringMatching(/^dailies-.+\.mp4$/) });
    expect(attachment?.bytes.subarray(4, 8).toString()).toBe('ftyp');
    const text = JSON.stringify(done.embeds);
    for (const part of ['Seedance 1.0 Pro', '720p', '2 credits', '"7"', 'Took']) expect(text).toContain(part);
    expect(text).not.toContain('@everyone');
    expect(text).not.toMatch(/[^\\]\*dragon/);
    expect(house.sandbox.requests).toHaveLength(1);
    expect(house.lines.join()).not.toContain(fake.token);
    expect(house.lines.join()).not.toContain(handle.token);
  });

  it('has all options of the catalogue', async () => {
    const fake = await startFake();
    await startHouse({ settings: inDiscord(fake) });
    const [video] = fake.commands.get('global') as { name: string; options: { name: string; choices?: object[] }[] }[];
    expect(video?.options.map(({ name }) => name)).toEqual([
      'prompt',
      'model',
      'resolution',
      'aspect_ratio',
      'duration',
      'seed',
      'camera_fixed',
      'watermark',
      'generate_audio',
      'private',
    ]);
  });

  it('suggests what fits the chosen model, in words', async () => {
    const fake = await startFake();
    await startHouse({ settings: inDiscord(fake) });
    const models = fake.autocomplete({ name: 'video', options: { model: '' }, focused: 'model' });
    const choices = await models.choices();
    expect(choices.map(({ value }) => value)).toEqual(MODELS.map(({ id }) => id));
    expect(choices[0]).toEqual({ value: 'lite', name: 'lite: Seedance 1.0 Lite · 1 credit for 5 s' });
    expect(choices[5]?.name).toBe('2.0-fast: Seedance 2.0 Fast · 5 credits for 8 s');
    const durations = fake.autocomplete({
      name: 'video',
      options: { model: 'pro', duration: '1' },
      focused: 'duration',
    });
    expect(await durations.choices()).toEqual([{ name: '10 s · 3 credits', value: 10 }]);
    const resolutions = fake.autocomplete({
      name: 'video',
      options: { model: 'pro', duration: 10, resolution: '' },
      focused: 'resolution',
    });
    expect((await resolutions.choices()).map(({ name }) => name)).toEqual([
      '480p · 2 credits',
      '720p · 3 credits',
      '1080p · 7 credits',
    ]);
    // 27 lengths are more than Discord shows, so the rest comes as soon as something is typed.
    const long = fake.autocomplete({ name: 'video', options: { model: '2.5', duration: '30' }, focused: 'duration' });
    expect(await long.choices()).toEqual([{ name: '30 s · 24 credits', value: 30 }]);
  });

  it('is linked when it is larger than the interaction allows', async () => {
    const fake = await startFake();
    const house = await startHouse({ settings: { ...inDiscord(fake), PUBLIC_URL: 'https://videos.example.org' } });
    const handle = fake.slash({ name: 'video', options: { prompt: 'a dragon' }, attachmentSizeLimit: 1000 });
    const done = await handle.reply(titled(TITLES.delivered));
    expect(done.attachments).toEqual([]);
    const link = /https:\/\/videos\.example\.org(\/media\/[^\s"<>)]+)/.exec(
      JSON.stringify([done.content, done.embeds]),
    );
    const clip = await fetch(house.url + link?.[1]?.replaceAll('\\', ''));
    expect(clip.headers.get('content-type')).toBe('video/mp4');
    expect((await clip.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });

  it('shows the place in line, and cancels', async () => {
    const fake = await startFake();
    const house = await startHouse({ settings: inDiscord(fake) });
    const first = fake.slash({ name: 'video', options: { prompt: 'first [slow]' } });
    await first.reply(titled(TITLES.generating));
    const second = fake.slash({ name: 'video', options: { prompt: 'second' } });
    const waiting = await second.reply(titled(TITLES.queued));
    expect(JSON.stringify(waiting.embeds)).toContain('Next in the queue');
    const id = JSON.stringify(waiting.components).match(/"custom_id":"([^"]+)"/)?.[1] ?? '';
    fake.press(waiting, id);
    await second.reply(titled(TITLES.cancelled));
    expect(house.sandbox.requests).toHaveLength(1);
  });

  it('is refused in private, and leaves nothing behind for others', async () => {
    const fake = await startFake();
    await startHouse({ settings: inDiscord(fake) });
    const handle = fake.slash({ name: 'video', options: { prompt: 'a\u202Eb' } });
    const word = await handle.followUp();
    expect(JSON.stringify(word.embeds)).toContain('invisible control character');
    expect(word.flags).toBe(64);
    await handle.reply((message) => message.deleted === true);
  });

  it('goes on in the same reply after a restart', async () => {
    const fake = await startFake();
    const house = await startHouse({ settings: inDiscord(fake) });
    const handle = fake.slash({ name: 'video', options: { prompt: 'a dragon [slow]' } });
    const before = await handle.reply(titled(TITLES.generating));
    await house.stop();
    await handle.reply((message) => JSON.stringify(message.embeds).includes('Restarting'));
    await house.restart();
    const after = await handle.reply(titled(TITLES.delivered));
    expect(after.id).toBe(before.id);
    expect(after.attachments).toHaveLength(1);
    expect(house.sandbox.requests).toHaveLength(1);
  });

  it('is not disturbed by a chat that is busy or out of order', async () => {
    const fake = await startFake();
    await startHouse({ settings: inDiscord(fake) });
    const handle = fake.slash({ name: 'video', options: { prompt: 'a dragon' } });
    await handle.reply(titled(TITLES.generating));
    const edit = { method: 'PATCH', path: /messages/ };
    fake.fault({ ...edit, kind: 'rateLimit', retryAfterMs: 100 });
    for (const status of [500, 502]) fake.fault({ ...edit, kind: 'refuse', status, code: 0, message: 'out of order' });
    fake.fault({ ...edit, kind: 'reset' });
    const done = await handle.reply(titled(TITLES.delivered));
    expect(done.attachments).toHaveLength(1);
  });

  it('ends the start with a plain line when the token is wrong', async () => {
    const fake = await startFake();
    const settings = { ...inDiscord(fake), DISCORD_TOKEN: 'some-other-token' };
    await expect(startHouse({ settings })).rejects.toThrow('DISCORD_TOKEN: Discord does not accept this bot token');
  });

  it('is told of by /help, with all commands under their names in the member’s language', async () => {
    const fake = await startFake();
    await startHouse({ settings: inDiscord(fake) });
    const handle = fake.slash({ name: 'help', options: {}, locale: 'de' });
    const help = await handle.reply((message) => (message.embeds?.length ?? 0) > 0);
    const names = help.embeds?.[0]?.fields?.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['/video', '/warteschlange', '/verlauf', '/guthaben', '/hilfe']));
    expect(help.flags).toBe(64);
  });
});
