/** What a test needs to know of an MP4; read from its boxes (ISO/IEC 14496-12). */
export interface Mp4Facts {
  width: number;
  height: number;
  seconds: number;
  frames: number;
  keyFrames: number[];
  /** Seconds since 1904. */
  createdAt: number;
}

/** Reads an MP4 with one track. @throws when a box is missing or reaches beyond the end of the file. */
export function readMp4(file: Uint8Array): Mp4Facts {
  const view = Buffer.from(file);
  const boxes = new Map<string, Buffer>();
  collect(view, boxes);
  const box = (type: string) => {
    const found = boxes.get(type);
    if (!found) throw new Error(`expected a box ${type}`);
    return found;
  };
  const [mvhd, tkhd, stsz, stss] = [box('mvhd'), box('tkhd'), box('stsz'), box('stss')];
  box('mdat');
  return {
    width: tkhd.readUInt32BE(76) / 65_536,
    height: tkhd.readUInt32BE(80) / 65_536,
    seconds: mvhd.readUInt32BE(16) / mvhd.readUInt32BE(12),
    frames: stsz.readUInt32BE(8),
    keyFrames: Array.from({ length: stss.readUInt32BE(4) }, (_, index) => stss.readUInt32BE(8 + 4 * index)),
    createdAt: mvhd.readUInt32BE(4),
  };
}

function collect(bytes: Buffer, boxes: Map<string, Buffer>): void {
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (size < 8 || at + size > bytes.length) throw new Error(`expected a whole box ${type}`);
    const content = bytes.subarray(at + 8, at + size);
    boxes.set(type, content);
    if (['moov', 'trak', 'mdia', 'minf', 'stbl'].includes(type)) collect(content, boxes);
    at += size;
  }
}
