import { fileURLToPath } from 'node:url';
import type { CardFile } from '../../domain/card.ts';
import type { Log } from '../../lib/log.ts';

/** Sharp on phones too, where a chat shows it 500 points wide at most. */
const WIDTH = 1200;

/** A font of our own: the system's fonts differ between machines, or are missing. */
const FONT = {
  loadSystemFonts: false,
  fontFiles: [
    fileURLToPath(import.meta.resolve('@expo-google-fonts/didact-gothic/400Regular/DidactGothic_400Regular.ttf')),
  ],
  defaultFontFamily: 'Didact Gothic',
  sansSerifFamily: 'Didact Gothic',
};

/** A card's files for a chat that shows no SVG: PNGs in their place, or the SVG on a machine that can't draw it. */
export async function inPixels(files: readonly CardFile[], log: Log): Promise<CardFile[]> {
  return await Promise.all(files.map(async (file) => (file.type === 'image/svg+xml' ? await toPng(file, log) : file)));
}

async function toPng(file: CardFile, log: Log): Promise<CardFile> {
  try {
    // Loaded when it is asked for: it is a program for each kind of machine, and a bot without pictures is a bot.
    const { renderAsync } = await import('@resvg/resvg-js');
    const svg = Buffer.from(file.base64, 'base64');
    const image = await renderAsync(svg, { font: FONT, fitTo: { mode: 'width', value: WIDTH } });
    return {
      ...file,
      name: file.name.replace(/\.svg$/, '.png'),
      type: 'image/png',
      base64: image.asPng().toString('base64'),
    };
  } catch (error) {
    log.warn({ err: error }, 'a picture could not be drawn as a PNG');
    return file;
  }
}
