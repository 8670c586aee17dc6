import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startHouse } from '../support/house.ts';
import { readText } from '../support/read-text.ts';
import { TITLES } from '../support/titles.ts';

describe('Same shot in pro', () => {
  it('keeps prompt, seed and options, and asks pro', async () => {
    const { chat, sandbox } = await startHouse();
    const lite = await chat.video('a dragon', {
      seed: 77,
      resolution: '1080p',
      aspect_ratio: '9:16',
      camera_fixed: true,
    });
    const { card } = await chat.untilTitle(lite, TITLES.delivered);
    expect(card?.buttons.map(({ label }) => label)).toEqual([
      'Again · 3 credits',
      'Edit prompt',
      'Same shot in pro · 4 credits',
      'Delete',
      'Report',
    ]);
    const shot = await chat.untilTitle(await chat.press(lite, 'pro'), TITLES.delivered);
    expect(sandbox.requests[1]).toMatchObject({
      model: 'bytedance/seedance-1-0-pro-t2v',
      prompt: 'a dragon',
      body: { seed: 77, resolution: '1080p', aspect_ratio: '9:16', camerafixed: true },
    });
    expect(shot.card?.notes).toEqual([]);
    expect(shot.card?.buttons.map(({ action }) => action)).not.toContain('pro');
  });

  it('is checked against the quota anew', async () => {
    const { chat, sandbox } = await startHouse({ settings: { DEFAULT_QUOTA: '2/day' } });
    const lite = await chat.video('a dragon');
    await chat.untilTitle(lite, TITLES.delivered);
    const refused = await chat.untilTitle(await chat.press(lite, 'pro'), TITLES.noCredits);
    expect(readText(refused.card?.text)).toMatch(
      /^This video costs 2 credits\. The limit is 2 credits a day, and you’ve used 1\. 1 left\. Resets /,
    );
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe('Delete', () => {
  it('takes the reply away, with its video and prompt', async () => {
    const { chat, folder } = await startHouse();
    const id = await chat.video('a secret dragon');
    const done = await chat.untilTitle(id, TITLES.delivered);
    expect(await readdir(join(folder, 'videos'))).toHaveLength(1);
    await chat.press(id, 'delete');
    await expect.poll(() => chat.messages()).toEqual([]);
    expect(await readdir(join(folder, 'videos'))).toEqual([]);
    await expect(chat.clip(done)).rejects.toThrow('404');
    const history = await chat.until(await chat.say('history', {}), ({ card }) => card !== undefined);
    expect(history.card?.items).toEqual([]);
  });

  it('is for the requester and moderators, nobody else', async () => {
    const { chat } = await startHouse();
    const id = await chat.video('a dragon');
    await chat.untilTitle(id, TITLES.delivered);
    await chat.press(id, 'delete', 'web:ben');
    await chat.untilWord(/Only the person who asked/, 'web:ben');
    expect((await chat.messages()).map((message) => message.id)).toContain(id);
    await chat.press(id, 'delete', 'web:mo');
    await expect.poll(async () => (await chat.messages()).map((message) => message.id)).not.toContain(id);
  });

  it('takes nothing away that is still being made', async () => {
    const { chat } = await startHouse({ settings: { MEMBER_CONCURRENCY: '1' } });
    await chat.video('first [slow]');
    const id = await chat.video('second');
    const waiting = await chat.untilTitle(id, TITLES.queued);
    const target = waiting.card?.buttons.find(({ action }) => action === 'cancel')?.target;
    await chat.post('/api/buttons', { as: 'web:ada', action: 'delete', target, message: id });
    await chat.untilWord(/isn’t finished yet/);
    await chat.untilTitle(id, TITLES.delivered);
  });

  it('keeps what was spent', async () => {
    const { chat } = await startHouse({ settings: { DEFAULT_QUOTA: '1/day' } });
    const id = await chat.video('a dragon');
    await chat.untilTitle(id, TITLES.delivered);
    await chat.press(id, 'delete');
    await chat.untilTitle(await chat.video('one more'), TITLES.noCredits);
  });
});

describe('a button', () => {
  it('with a forged target or action is answered in words', async () => {
    const { chat } = await startHouse();
    const id = await chat.video('a dragon');
    await chat.untilTitle(id, TITLES.delivered);
    for (const [action, target] of [
      ['again', 'no-such-id'],
      ['deliver', '../../etc/passwd'],
      ['history', 'NaN'],
      ['nonsense', id],
    ]) {
      await chat.post('/api/buttons', { as: 'web:ada', action, target, message: id });
    }
    await chat.untilWord(/can’t find this video/);
    await chat.untilWord(/There is no command “nonsense”/);
    await chat.untilWord(/page must be a whole number/);
  });
});
