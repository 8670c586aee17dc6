import { expect, test } from 'vitest';
import { uploadWay } from '../../../src/platforms/discord/upload.ts';

const MIB = 1024 * 1024;
const file = (bytes: number) => ({ generation: 'g1', path: '/clip.mp4', name: 'clip.mp4', bytes });

test.each([
  [0, 30_000],
  [10 * MIB, 134_858],
  [100 * MIB, 1_078_576],
])(
  'an upload of %i bytes may take %i ms: half a minute, and what a line of 100 KB a second needs',
  (bytes, uploadMs) => {
    expect(uploadWay(file(bytes))).toEqual({ uploadMs });
  },
);
