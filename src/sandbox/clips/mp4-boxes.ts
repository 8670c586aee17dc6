const HEADER_BYTES = 8;

/** The way to the table of samples (ISO/IEC 14496-12, 8.5). */
const SAMPLE_TABLE = ['moov', 'trak', 'mdia', 'minf', 'stbl'];

/** Boxes with the times of creation and change (8.2.2, 8.3.2, 8.4.2; version 0: 4 bytes each). */
const TIMED = [
  ['moov', 'mvhd'],
  ['moov', 'trak', 'tkhd'],
  ['moov', 'trak', 'mdia', 'mdhd'],
];

/** One box of a file: where it begins and what it takes, its header included. */
interface Box {
  start: number;
  size: number;
}

/** Sets the times of creation and change to zero, in place: the same picture shall give the same bytes. */
export function clearTimes(file: Buffer): void {
  for (const path of TIMED) {
    const box = boxesTo(file, path).at(-1);
    if (box) file.fill(0, box.start + 12, box.start + 20);
  }
}

/**
 * The file with a list of its key frames (8.6.2), counted from 1. The encoder writes none, and a player that seeks would
 * take every frame for a key frame.
 */
export function listKeyFrames(file: Buffer, numbers: readonly number[]): Buffer {
  const path = boxesTo(file, SAMPLE_TABLE);
  const [movie] = path;
  const table = path.at(-1);
  if (!movie || !table || movie.start < file.indexOf('mdat', 0, 'latin1')) {
    throw new RangeError('expected an MP4 with its sample table behind the samples');
  }
  const list = Buffer.alloc(HEADER_BYTES + 8 + 4 * numbers.length);
  list.writeUInt32BE(list.length, 0);
  list.write('stss', 4, 'latin1');
  list.writeUInt32BE(numbers.length, 12);
  for (const [index, number] of numbers.entries()) list.writeUInt32BE(number, 16 + 4 * index);
  for (const { start, size } of path) file.writeUInt32BE(size + list.length, start);
  const end = table.start + table.size;
  return Buffer.concat([file.subarray(0, end), list, file.subarray(end)]);
}

/** The file, grown to `bytes` by a `free` box, which players skip (8.1.2). */
export function padTo(file: Buffer, bytes: number): Buffer {
  const missing = Math.max(HEADER_BYTES, bytes - file.length);
  const box = Buffer.alloc(missing);
  box.writeUInt32BE(missing, 0);
  box.write('free', 4, 'latin1');
  return Buffer.concat([file, box]);
}

/** The boxes on a way from the outermost. @throws {RangeError} when one is not there. */
function boxesTo(file: Buffer, path: readonly string[]): Box[] {
  const boxes: Box[] = [];
  let [at, end] = [0, file.length];
  for (const type of path) {
    while (at + HEADER_BYTES <= end && file.toString('latin1', at + 4, at + HEADER_BYTES) !== type) {
      at += Math.max(HEADER_BYTES, file.readUInt32BE(at));
    }
    if (at + HEADER_BYTES > end) throw new RangeError(`expected an MP4 with a box ${type}, found none`);
    const size = file.readUInt32BE(at);
    boxes.push({ start: at, size });
    [at, end] = [at + HEADER_BYTES, at + size];
  }
  return boxes;
}
