import { expect, test } from 'vitest';
import { inPixels } from '../../../src/platforms/shared/pixels.ts';
import { recordingLog } from '../../support/log.ts';
import { pixelsOf } from '../../support/pixels.ts';
import { DRAWING, FILES } from '../contract-script.ts';

const svg = (inside: string) => ({
  ...DRAWING,
  base64: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="500" height="250">${inside}</svg>`).toString(
    'base64',
  ),
});

async function draw(file = DRAWING) {
  const { log, lines } = recordingLog();
  const [drawn] = await inPixels([file], log);
  return { drawn, lines, png: Buffer.from(drawn?.base64 ?? '', 'base64') };
}

test('an SVG becomes a PNG that is as sharp as a phone', async () => {
  const { drawn, png } = await draw();
  expect(drawn).toMatchObject({ name: 'usage.png', type: 'image/png', alt: DRAWING.alt });
  const { width, height, at, colours } = pixelsOf(png);
  expect([width, height]).toEqual([1200, 600]);
  expect(at(300, 300)).toEqual([0x2f, 0x6f, 0xd0, 255]);
  expect(at(1190, 10)[3]).toBe(0);
  expect(colours.get('2f6fd0')).toBe(600 * 600);
});

test('digits are drawn without any font of the machine', async () => {
  const letters = [...'0123456789.:KMBT'].map((letter, place) => ({ letter, colour: `0000${place + 10}` }));
  const texts = letters.map(
    ({ letter, colour }, place) =>
      `<text x="${place * 30}" y="200" font-size="40" font-family="system-ui, sans-serif" fill="#${colour}">${letter}</text>`,
  );
  const { png } = await draw(svg(texts.join('')));
  const { colours } = pixelsOf(png);
  expect(letters.filter(({ colour }) => (colours.get(colour) ?? 0) < 40)).toEqual([]);
});

test('what is light and dark is drawn light', async () => {
  const style = 'rect { fill: #ffffff } @media (prefers-color-scheme: dark) { rect { fill: #000000 } }';
  const { png } = await draw(svg(`<style>${style}</style><rect width="500" height="250"/>`));
  expect(pixelsOf(png).at(600, 300)).toEqual([255, 255, 255, 255]);
});

test('other files stay as they are', async () => {
  expect(await inPixels(FILES, recordingLog().log)).toEqual(FILES);
});

test('an SVG that cannot be drawn stays one, and the log says so', async () => {
  const broken = { ...DRAWING, base64: Buffer.from('<svg').toString('base64') };
  const { drawn, lines } = await draw(broken);
  expect(drawn).toEqual(broken);
  expect(lines.join()).toContain('could not be drawn as a PNG');
});
