import { type FileHandle, open } from 'node:fs/promises';

/** A box of an MP4 file (ISO/IEC 14496-12, 4.2): its four-letter type, and where its content lies. */
interface Box {
  type: string;
  start: number;
  end: number;
}

/** The most boxes that are looked at on one level; a clip has about five. */
const MOST_BOXES = 10_000;

/**
 * Checks that a file is a whole MP4 video: boxes fill it to its last byte, and among them are the file type, a movie
 * with a video track, and media data.
 * @returns undefined when it is, or what is wrong with it, for the log.
 */
export async function whatIsWrongWithMp4(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size === 0) return 'the file is empty';
    const boxes = await readBoxes(file, 0, size);
    if (typeof boxes === 'string') return boxes;
    if (boxes[0]?.type !== 'ftyp') return 'the file does not begin like an MP4';
    for (const type of ['moov', 'mdat']) if (!boxes.some((box) => box.type === type)) return `it has no ${type} box`;
    const movie = boxes.find((box) => box.type === 'moov') as Box;
    return (await hasVideoTrack(file, movie)) ? undefined : 'it has no video track';
  } finally {
    await file.close();
  }
}

async function hasVideoTrack(file: FileHandle, movie: Box): Promise<boolean> {
  for (const track of await childrenOf(file, movie, 'trak')) {
    for (const media of await childrenOf(file, track, 'mdia')) {
      for (const handler of await childrenOf(file, media, 'hdlr')) {
        // FullBox header and a reserved field, 4 bytes each, come before the handler's type (8.4.3.2).
        const bytes = await readBytes(file, handler.start + 8, 4);
        if (bytes?.toString('latin1') === 'vide') return true;
      }
    }
  }
  return false;
}

async function childrenOf(file: FileHandle, parent: Box, type: string): Promise<Box[]> {
  const boxes = await readBoxes(file, parent.start, parent.end);
  return typeof boxes === 'string' ? [] : boxes.filter((box) => box.type === type);
}

/** The boxes between two offsets, or what is wrong when they do not fill that space exactly. */
async function readBoxes(file: FileHandle, start: number, end: number): Promise<Box[] | string> {
  const boxes: Box[] = [];
  let offset = start;
  while (offset < end) {
    if (boxes.length === MOST_BOXES) return 'it has too many boxes';
    const header = await readBytes(file, offset, 8);
    if (!header || offset + 8 > end) return 'it ends inside a box header';
    const type = header.subarray(4, 8).toString('latin1');
    let size = header.readUInt32BE(0);
    let headerSize = 8;
    if (size === 1) {
      const large = await readBytes(file, offset + 8, 8);
      if (!large) return 'it ends inside a box header';
      size = Number(large.readBigUInt64BE(0));
      headerSize = 16;
    } else if (size === 0) {
      // The last box may reach to the end of the file.
      size = end - offset;
    }
    if (size < headerSize) return `its box ${JSON.stringify(type)} has an impossible size`;
    if (offset + size > end)
      return `it is cut short: its box ${JSON.stringify(type)} ends ${offset + size - end} bytes after the file`;
    boxes.push({ type, start: offset + headerSize, end: offset + size });
    offset += size;
  }
  return boxes;
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer | undefined> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  return bytesRead === length ? buffer : undefined;
}
