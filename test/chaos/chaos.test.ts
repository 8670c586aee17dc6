import { describe, expect, it } from 'vitest';
import { chaosRun } from './run.ts';

/** Seeds whose runs end the bot at very different places; long runs are made by `npm run chaos`. */
const SEEDS = [1, 4, 7, 8];

describe('a bot that is killed again and again', () => {
  it.concurrent.each(SEEDS)(
    'buys each video once, delivers it once and settles its credits (seed %i)',
    async (seed) => {
      const { problems, kills, bought } = await chaosRun(seed);
      expect(problems).toEqual([]);
      expect(kills.length).toBeGreaterThan(0);
      expect(bought).toBeGreaterThan(0);
    },
    90_000,
  );
});
