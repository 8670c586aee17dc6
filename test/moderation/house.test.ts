import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compose, mention } from '../../src/domain/text.ts';
import type { WireMessage } from '../../src/platforms/web/wire.ts';
import { type House, startHouse } from '../support/house.ts';
import { readText } from '../support/read-text.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';

const MO = 'web:mo';
const LOG = 'moderators-log';
const ADA_NAME = mention('member', 'web:ada');

/** What Mo's command shows. */
async function moderate({ chat }: House, command: string, options: Record<string, string | number | boolean> = {}) {
  const id = await chat.say(`moderate ${command}`, options, MO);
  const message = await chat.until(id, ({ card }) => card !== undefined, MO);
  return { id, card: message.card, files: message.files ?? [] };
}

async function logOf({ url }: House, as: string): Promise<WireMessage[]> {
  const response = await fetch(`${url}/api/channel?as=${as}&channel=${LOG}`);
  return response.ok ? ((await response.json()) as { messages: WireMessage[] }).messages : [];
}

async function untilLogged(house: House, title: string): Promise<WireMessage> {
  const find = async () => (await logOf(house, MO)).find(({ card }) => card?.title === title);
  await expect.poll(find).toBeDefined();
  return (await find()) as WireMessage;
}

describe('in the playground', () => {
  it('the log channel is told of changes and videos, and a moderator deletes one from there', async () => {
    const house = await startHouse();
    const { chat, folder } = house;
    await moderate(house, 'log', { channel: LOG });
    await untilLogged(house, en.audit.actions['settings.log']);
    const video = await chat.video('a secret dragon');
    await chat.untilTitle(video, TITLES.delivered);
    const line = await untilLogged(house, en.log.video);
    expect(line.card).toMatchObject({
      text: en.log.made({ who: ADA_NAME, where: mention('channel', 'general'), model: 'lite', credits: 1 }),
      prompt: 'a secret dragon',
    });
    expect(JSON.stringify(await logOf(house, 'web:ada'))).not.toContain('secret');
    const button = line.card?.buttons[0];
    await chat.post('/api/buttons', { as: MO, action: button?.action, target: button?.target, message: line.id });
    const deleted = await untilLogged(house, en.log.deleted);
    expect(deleted.id).toBe(line.id);
    expect(JSON.stringify(deleted)).not.toContain('secret');
    expect((await chat.messages()).map(({ id }) => id)).not.toContain(video);
    expect(await readdir(join(folder, 'videos'))).toEqual([]);
  });

  it('a prompt with a forbidden word is refused without naming it; the log names the word, and not the prompt', async () => {
    const house = await startHouse();
    const { chat, sandbox } = house;
    await moderate(house, 'log', { channel: LOG });
    await moderate(house, 'word add', { word: 'herring' });
    const refused = await chat.untilTitle(await chat.video('a secret h.e.r.r.i.n.g'), TITLES.notAllowed);
    expect(refused).toMatchObject({ onlyYou: true, card: { text: en.errors.words_refused } });
    const line = await untilLogged(house, en.log.refused);
    const why = `${en.log.why.words_refused} (herring)`;
    expect(line.card?.text).toEqual(en.log.refusal({ who: ADA_NAME, where: mention('channel', 'general'), why }));
    expect(JSON.stringify(line)).not.toContain('secret');
    expect(sandbox.requests).toEqual([]);
  });

  it('a moderator sees what was made, with a picture and as a table, and who changed what', async () => {
    const house = await startHouse();
    const { chat } = house;
    await chat.untilTitle(await chat.video('a dragon'), TITLES.delivered);
    const usage = await moderate(house, 'usage', { period: 'month' });
    expect(usage.card?.fields[0]).toEqual({ label: en.usage.videos, value: '1 (+1)' });
    expect(usage.files).toMatchObject([{ type: 'image/svg+xml', alt: en.usage.picture.alt({ videos: 1, before: 0 }) }]);
    const table = (await moderate(house, 'usage', { export: true })).files[0];
    expect(table?.type).toBe('text/csv');
    const text = await (await fetch(house.url + table?.url)).text();
    expect(text).toContain('web:ada');
    expect(text).not.toContain('dragon');
    await moderate(house, 'pause', { reason: 'lunch' });
    expect(readText((await moderate(house, 'audit')).card?.items?.[0]?.text)).toContain('lunch');
  });

  it('a moderator cancels all that waits of a member', async () => {
    const house = await startHouse({ settings: { MEMBER_CONCURRENCY: '1' }, sandbox: { speed: 0.1 } });
    const { chat } = house;
    const videos: string[] = [];
    for (const prompt of ['one', 'two', 'three']) videos.push(await chat.video(prompt));
    const [, second = '', third = ''] = videos;
    for (const id of [second, third]) await chat.untilTitle(id, TITLES.queued);
    const { card } = await moderate(house, 'cancel', { member: 'web:ada' });
    expect(card?.text).toEqual(en.cancelling.of({ who: ADA_NAME, videos: 2 }));
    for (const id of [second, third]) await chat.untilTitle(id, TITLES.cancelled);
    expect((await moderate(house, 'cancel')).card?.text).toBe(en.cancelling.none);
  });

  it('a member’s videos are forgotten once that is confirmed, with the lines that ask for them', async () => {
    const house = await startHouse();
    const { chat, folder } = house;
    await chat.untilTitle(await chat.video('a secret dragon'), TITLES.delivered);
    const asked = await chat.say('history', { forget: true });
    await chat.until(asked, ({ card }) => card?.text === en.forget.askOwn);
    await chat.press(asked, 'forget');
    await chat.until(asked, ({ card }) => card?.text === en.forget.doneOwn({ videos: 1 }));
    expect(JSON.stringify(await chat.messages())).not.toContain('secret');
    expect(await readdir(join(folder, 'videos'))).toEqual([]);
    const history = await chat.until(await chat.say('history', {}), ({ card }) => card !== undefined);
    expect(history.card?.items).toEqual([]);
    const { card } = await moderate(house, 'audit');
    expect(card?.items?.[0]).toMatchObject({
      text: compose`${ADA_NAME} deleted the prompts and videos of ${ADA_NAME} (1).`,
    });
  });

  it('what was forgotten before it was ready is not fetched any more', async () => {
    const house = await startHouse({ settings: { GENERATION_TIMEOUT_MS: '20000' } });
    const { chat, folder } = house;
    const late = await chat.untilTitle(await chat.video('a secret dragon [slow]'), TITLES.timed_out);
    const target = late.card?.buttons.find(({ action }) => action === 'check')?.target;
    const asked = await chat.say('history', { forget: true });
    await chat.until(asked, ({ card }) => card?.text === en.forget.askOwn);
    await chat.press(asked, 'forget');
    await chat.until(asked, ({ card }) => card?.text === en.forget.doneOwn({ videos: 1 }));
    await chat.post('/api/buttons', { as: 'web:ada', action: 'check', target, message: asked });
    await chat.untilWord(/no longer stored/);
    expect(await readdir(join(folder, 'videos')).catch(() => [])).toEqual([]);
  });

  it('a member reports a video, and a moderator blocks who made it', async () => {
    const house = await startHouse();
    const { chat } = house;
    await moderate(house, 'log', { channel: LOG });
    const video = await chat.video('a rude dragon');
    const { card } = await chat.untilTitle(video, TITLES.delivered, 'web:ben');
    const target = card?.buttons.find(({ action }) => action === 'report')?.target ?? '';
    const pressed = await chat.post('/api/buttons', { as: 'web:ben', action: 'report', target, message: video });
    expect(((await pressed.json()) as { form: { name: string } }).form.name).toBe('report');
    const sent = { form: 'report', target, values: { reason: 'too rude' }, message: video, channel: 'general' };
    await chat.post('/api/forms', { as: 'web:ben', ...sent });
    await chat.untilWord(/Thank you/, 'web:ben');
    const line = await untilLogged(house, en.log.reported);
    expect(line.card).toMatchObject({
      text: en.log.report({ who: mention('member', 'web:ben'), whose: ADA_NAME, reason: 'too rude.' }),
      buttons: [
        { action: 'takedown', target },
        { action: 'block', target: 'web:ada' },
      ],
    });
    const block = { form: 'block', target: 'web:ada', values: { for: '7d', reason: 'rude' } };
    await chat.post('/api/forms', { as: MO, ...block, message: line.id, channel: LOG });
    await untilLogged(house, en.audit.actions.block);
    await chat.untilTitle(await chat.video('a dragon'), TITLES.notAllowed);
    await untilLogged(house, en.log.refused);
  });
});
