import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whatIsWrongWithMp4 } from '../../src/delivery/check-mp4.ts';
import { box, movie, smallMp4 } from '../support/mp4.ts';
import { tempFolder } from '../support/temp.ts';

async function check(bytes: Buffer | string): Promise<string | undefined> {
  const path = join(await tempFolder(), 'clip.mp4');
  await writeFile(path, bytes);
  return whatIsWrongWithMp4(path);
}

const ftyp = box('ftyp');
const mdat = box('mdat', Buffer.alloc(50));

describe('an MP4', () => {
  it('is whole when its boxes fill it, with file type, video track and media data', async () => {
    expect(await check(smallMp4())).toBeUndefined();
  });

  it('may have its parts in any order, and boxes that nobody knows', async () => {
    expect(
      await check(Buffer.concat([ftyp, box('free', Buffer.alloc(9)), mdat, box('what'), movie('vide')])),
    ).toBeUndefined();
  });

  it('may have a last box that reaches to the end, and boxes with large sizes', async () => {
    const open = Buffer.from(mdat);
    open.writeUInt32BE(0, 0);
    expect(await check(Buffer.concat([ftyp, movie('vide'), open]))).toBeUndefined();
    const large = Buffer.alloc(16 + 50);
    large.writeUInt32BE(1, 0);
    large.write('mdat', 4, 'latin1');
    large.writeBigUInt64BE(66n, 8);
    expect(await check(Buffer.concat([ftyp, movie('vide'), large]))).toBeUndefined();
  });

  it('that is cut short at any byte is not whole', async () => {
    const whole = smallMp4();
    for (let length = 0; length < whole.length; length += 3) {
      expect(await check(whole.subarray(0, length)), `cut at ${length}`).toBeTypeOf('string');
    }
  });

  it.each([
    ['is empty', '', 'the file is empty'],
    ['is an HTML page', '<!doctype html><html><body>Not found</body></html>', /cut short|begin/],
    ['has no movie', Buffer.concat([ftyp, mdat]), 'it has no moov box'],
    ['has no media data', Buffer.concat([ftyp, movie('vide')]), 'it has no mdat box'],
    ['has only sound', Buffer.concat([ftyp, movie('soun'), mdat]), 'it has no video track'],
    ['begins otherwise', Buffer.concat([mdat, ftyp, movie('vide')]), 'the file does not begin like an MP4'],
    [
      'has a box of an impossible size',
      Buffer.concat([ftyp, Buffer.from([0, 0, 0, 4, 109, 100, 97, 116])]),
      /impossible size/,
    ],
    ['goes on after its last box', Buffer.concat([smallMp4(), Buffer.from('tail')]), 'it ends inside a box header'],
    ['has endless boxes', Buffer.concat(Array.from({ length: 10_001 }, () => box('free'))), 'it has too many boxes'],
  ])('that %s is refused', async (_, bytes, reason) => {
    expect(await check(bytes)).toMatch(reason);
  });
});
