import { describe, expect, test } from 'vitest';
import type { WireFile } from '../../../src/platforms/web/wire.ts';
import { DRAWING } from '../contract-script.ts';
import { PICTURE, TABLE } from './moderating.ts';
import { cardOf, startPlayground } from './playground.ts';

describe('the files of a card', () => {
  const prepare = async (files = [PICTURE, TABLE]) => {
    const playground = await startPlayground();
    const ref = await playground.web.post('web:local', 'general', cardOf({ files }));
    const filesFor = async (as?: string): Promise<WireFile[]> =>
      (await playground.channel(as)).messages[0]?.files ?? [];
    return { playground, ref, filesFor };
  };

  test('are fetched one by one, and are not in the message', async () => {
    const { playground, filesFor } = await prepare();
    const { messages } = await playground.channel();
    expect(JSON.stringify(messages)).not.toContain(PICTURE.base64.slice(0, 30));
    const [picture, table] = await filesFor();
    expect(picture).toMatchObject({ name: 'usage.png', type: 'image/png', alt: 'Videos by day' });

    const shown = await fetch(playground.url + picture?.url);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await shown.arrayBuffer()).toString('base64')).toBe(PICTURE.base64);
    const saved = await fetch(playground.url + table?.url);
    expect(saved.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(saved.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''usage.csv");
    expect(saved.headers.get('cache-control')).toBe('no-store');
    expect(await saved.text()).toBe('day,videos\n1,2\n');
  });

  test('are an SVG as it is, which can do nothing but show itself', async () => {
    const { playground, filesFor } = await prepare([DRAWING]);
    const shown = await fetch(playground.url + (await filesFor())[0]?.url);
    expect(shown.headers.get('content-type')).toBe('image/svg+xml');
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
    expect(shown.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    );
    expect(Buffer.from(await shown.arrayBuffer()).toString('base64')).toBe(DRAWING.base64);
  });

  test('keep a name that no header can hold', async () => {
    const { playground, filesFor } = await prepare([{ ...TABLE, name: "Ü'b\r\n(x)*.csv" }]);
    const response = await fetch(playground.url + (await filesFor())[0]?.url);
    expect(response.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''%C3%9C%27b%0D%0A%28x%29%2A.csv",
    );
  });

  test('have another address when something else is in them, and none when they are gone', async () => {
    const { playground, ref, filesFor } = await prepare([TABLE]);
    const [before] = await filesFor();
    await playground.web.update(ref, cardOf({ files: [{ ...TABLE, base64: Buffer.from('new').toString('base64') }] }));
    const [after] = await filesFor();
    expect(after?.url).not.toBe(before?.url);
    await playground.web.update(ref, cardOf({}));
    expect(await filesFor()).toEqual([]);
    expect((await fetch(playground.url + after?.url)).status).toBe(404);
  });

  test('of a private answer are for the requester alone', async () => {
    const { playground } = await prepare();
    playground.answers.command = async () => ({
      kind: 'card',
      audience: 'requester',
      card: cardOf({ title: 'Yours', files: [TABLE] }),
    });
    const ada = await playground.listen('web:ada');
    await playground.say('quota');
    const { id, files } = await ada.until(({ card }) => card?.title === 'Yours');
    expect((await fetch(playground.url + files?.[0]?.url)).status).toBe(200);
    for (const as of ['web:ben', 'web:mo']) {
      expect((await fetch(`${playground.url}/api/messages/${id}/files/0?as=${as}`)).status).toBe(404);
    }
  });

  test.each(['1', '-1', 'x', '0.5', '__proto__'])('number %s is not there', async (index) => {
    const { playground, ref } = await prepare([TABLE]);
    const address = `${playground.url}/api/messages/${ref.messageId}/files/${index}?as=web:ada`;
    expect((await fetch(address)).status).toBe(404);
  });
});
