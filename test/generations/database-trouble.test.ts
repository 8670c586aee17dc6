import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { onFaultPoint } from '../../src/lib/fault-points.ts';
import { openStore } from '../../src/store/store.ts';
import { startFake } from '../platforms/discord/bench.ts';
import { watchDisk } from '../support/disk.ts';
import { inDiscord, startHouse } from '../support/house.ts';
import { tempFolder } from '../support/temp.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';

describe('a database that takes no writes', () => {
  it('has requests refused with a word and nothing half-written, and takes them when it is back', async () => {
    const disk = watchDisk();
    const fake = await startFake();
    const { sandbox } = await startHouse({ settings: { ...inDiscord(fake), DEFAULT_QUOTA: '1/day' } });
    disk.refuseWrites();
    const ask = (prompt: string) => fake.slash({ name: 'video', options: { prompt } });
    const refused = await ask('refused').followUp();
    expect(refused.embeds[0]?.description).toBe(en.errors.internal);
    disk.mend();
    await ask('taken').reply(({ embeds }) => embeds[0]?.title === TITLES.delivered);
    expect(sandbox.requests.map(({ prompt }) => prompt)).toEqual(['taken']);
  });

  it.each([
    ['while it is made', TITLES.generating],
    ['while it waits', TITLES.queued],
  ])('does not stop a generation that lost it %s: it goes on and is written when it is back', async (_, title) => {
    const disk = watchDisk();
    const { chat, sandbox, lines } = await startHouse();
    const first = await chat.video('first [slow]');
    await chat.untilTitle(first, TITLES.generating);
    const id = title === TITLES.queued ? await chat.video('second') : first;
    await chat.untilTitle(id, title);
    disk.refuseWrites();
    await expect.poll(() => lines.join('')).toContain('went wrong; trying it again');
    disk.mend();
    await chat.untilTitle(id, TITLES.delivered);
    const asked = sandbox.requests.map(({ clientRequestId }) => clientRequestId);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('has no request bought twice when it fails between the POST and its note', async () => {
    const disk = watchDisk();
    const { chat, sandbox, lines } = await startHouse({ sandbox: { logLagMs: 3000 } });
    onFaultPoint((name) => {
      if (name === 'after POST') disk.refuseWrites();
    });
    onTestFinished(() => onFaultPoint(undefined));
    const id = await chat.video('a dragon [slow]');
    await expect.poll(() => lines.join('')).toContain('an id could not be written');
    onFaultPoint(undefined);
    disk.mend();
    await chat.untilTitle(id, TITLES.delivered);
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe('a database that breaks off before it answers', () => {
  /** What was asked of it at this place is done all the same, once. */
  function breakAfter(place: string) {
    let broken = false;
    onFaultPoint((name) => {
      if (name !== `after ${place}` || broken) return;
      broken = true;
      throw new Error('the connection was closed');
    });
    onTestFinished(() => onFaultPoint(undefined));
  }

  it('has a request accepted that was written', async () => {
    const { chat, sandbox } = await startHouse();
    breakAfter('write queued');
    await chat.untilTitle(await chat.video('a dragon'), TITLES.delivered);
    expect(sandbox.requests).toHaveLength(1);
  });

  it('does not have a request looked for that was never sent', async () => {
    const { chat, sandbox, lines } = await startHouse();
    breakAfter('write submitting');
    await chat.untilTitle(await chat.video('a dragon'), TITLES.delivered);
    expect(sandbox.requests).toHaveLength(1);
    expect(lines.join('')).toContain('could not note that a generation is being sent');
  });
});

describe('a disk that is full', () => {
  it('refuses what has no room, whole, and takes requests again when there is room', async () => {
    const disk = watchDisk();
    const folder = await tempFolder();
    const store = await openStore(`sqlite:${join(folder, 'full.db')}`);
    disk.fill();
    const settings = store.keyv('test');
    const write = async () => {
      for (let index = 0; index < 1000; index++) {
        await store.transaction(async ({ moderators }) => {
          for (const half of ['first', 'second']) {
            const subject = `${half} ${index} ${'x'.repeat(500)}`;
            await moderators.add('web:local', { kind: 'member', subject, addedBy: 'web:mo', addedAt: 0 });
          }
        });
      }
    };
    await expect(write()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect((await store.moderators.list('web:local')).length % 2).toBe(0);
    disk.mend();
    await settings.set('room', 'again');
    expect(await settings.get('room')).toBe('again');
    await store.close();
  });
});

describe('a database that cannot be used', () => {
  it.each([
    [
      'is cut in two',
      async (file: string) => {
        const store = await openStore(`sqlite:${file}`);
        await store.close();
        await writeFile(file, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4000, 7)]));
      },
    ],
    ['is a folder', async (file: string) => void (await mkdir(file))],
  ])('because it %s stops the start with one line', async (_, spoil) => {
    const file = join(await tempFolder(), 'dailies.db');
    await spoil(file);
    await expect(openStore(`sqlite:${file}`)).rejects.toMatchObject({
      kind: 'unusable',
      message: expect.stringMatching(/^[^\n]+$/),
    });
  });

  it('because its folder can’t be written to stops the start with one line', async () => {
    // Not even root makes a folder there.
    await expect(openStore('sqlite:/sys/dailies/dailies.db')).rejects.toMatchObject({
      kind: 'unusable',
      message: expect.stringMatching(/^\S+ cannot be used as a database: [^\n]+$/),
    });
  });
});
