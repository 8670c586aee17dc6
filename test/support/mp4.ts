/** A box of an MP4 file. */
export function box(type: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

const handler = (type: string) =>
  box('hdlr', Buffer.concat([Buffer.alloc(8), Buffer.from(type, 'latin1'), Buffer.alloc(12)]));

/** A movie with one track of a kind: `vide`, `soun`. */
export const movie = (kind: string) => box('moov', box('trak', box('mdia', handler(kind))));

/** The smallest file with the structure of a whole MP4 video. It is not playable. */
export function smallMp4(bytes = 100): Buffer {
  return Buffer.concat([box('ftyp', Buffer.from('isom')), movie('vide'), box('mdat', Buffer.alloc(bytes, 1))]);
}
