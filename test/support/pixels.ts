import { Resvg } from '@resvg/resvg-js';

/** An SVG, or a PNG that is decoded, as what is seen: the colour at a place, and how often each colour is there. */
export function pixelsOf(picture: string | Buffer) {
  const drawn = new Resvg(typeof picture === 'string' ? picture : wrapped(picture), {
    font: { loadSystemFonts: false },
  }).render();
  const { width, height, pixels } = drawn;
  const at = (x: number, y: number) => [...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
  const colours = new Map<string, number>();
  for (let index = 0; index < pixels.length; index += 4) {
    const key = pixels.toString('hex', index, index + 3);
    colours.set(key, (colours.get(key) ?? 0) + 1);
  }
  return { width, height, at, colours };
}

/** The width and height are in a PNG's header. */
function wrapped(png: Buffer): string {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const href = `data:image/png;base64,${png.toString('base64')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${href}"/></svg>`;
}
