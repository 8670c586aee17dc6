import { join } from 'node:path';
import { getModel } from '../../src/domain/models.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { modelIdOf } from '../../src/providers/aimlapi/request-fields.ts';
import { apiNameOf } from './api-name.ts';
import { type Bot, startBot } from './bot.ts';
import { logNormal, seededRandom } from './numbers.ts';
import { plainLoop } from './plain-loop.ts';
import { promptTaking, type StandIn, startStandIn } from './stand-in.ts';
import { withTempFolder } from './temp.ts';

/** Videos of each model that a bot makes before it knows anything of what they take; it needs five. */
const FIRST_VIDEOS = 4;
/** No run takes so long, in ms, unless something is broken. */
const LIMIT_MS = 600_000;

/** The models whose videos are made. */
export const MEASURED_MODELS = ['pro-fast', 'pro'].map(getModel);

/** What is asked for, and when. */
export interface Order {
  /** The catalogue's id. */
  model: string;
  /** What it takes at the provider, in ms. */
  takesMs: number;
  /** After the beginning of the run, in ms. */
  afterMs: number;
}

/** What became of an order; times in ms. */
export interface Video {
  /** The catalogue's id. */
  model: string;
  /** From "ready at the provider" to "in the reply". */
  addedMs: number;
  /** The part of it after the poll that found the video. */
  carryingMs: number;
  polls: number;
}

/**
 * So many orders of each model; the same ones for the same seed.
 * @param sigma of the logarithm of what videos take. @param arrivalsMs requests come in over so long a time.
 */
export function listOrders(count: number, seed: number, sigma: number, arrivalsMs: number): Order[] {
  const random = seededRandom(seed);
  return MEASURED_MODELS.flatMap(({ id, typicalMs }) =>
    Array.from({ length: count }, (_, index) => ({
      model: id,
      takesMs: logNormal(random, typicalMs, sigma),
      afterMs: ((index + random()) * arrivalsMs) / count,
    })),
  );
}

/** A plain loop for each order. @param intervalMs the wait before each of its polls. */
export async function runPlainLoops(orders: readonly Order[], intervalMs: number, clock: Clock): Promise<Video[]> {
  return await withStandIn(clock, async (standIn) => {
    const results = await Promise.all(
      orders.map(async ({ model, takesMs, afterMs }) => {
        await clock.sleep(afterMs);
        const prompt = promptTaking(takesMs);
        return await plainLoop({
          url: standIn.url,
          key: 'bench-key',
          model: apiNameOf(model),
          prompt,
          intervalMs,
          clock,
        });
      }),
    );
    const byId = new Map(results.map((result) => [result.id, result]));
    return standIn.made.map((made) => videoOf(made, byId.get(made.id)));
  });
}

/** Many bots, each of which makes only as many videos as it may before it knows anything of what they take. */
export async function runFirstVideos(orders: readonly Order[], clock: Clock): Promise<Video[]> {
  const shares: Order[][] = [];
  for (const { id } of MEASURED_MODELS) {
    const ofModel = orders.filter(({ model }) => model === id);
    const bots = Math.ceil(ofModel.length / FIRST_VIDEOS);
    ofModel.forEach((order, index) => {
      shares[index % bots] = [...(shares[index % bots] ?? []), order];
    });
  }
  return await withStandIn(clock, (standIn) =>
    withTempFolder(async (folder) => {
      const videos = await Promise.all(
        shares.map((share, index) => runBot(join(folder, String(index)), standIn, [share], clock)),
      );
      return videos.flat();
    }),
  );
}

/** One bot that makes others first, so that it knows what its videos take, then the ones that count. */
export async function runMeasured(before: readonly Order[], orders: readonly Order[], clock: Clock): Promise<Video[]> {
  return await withStandIn(clock, (standIn) =>
    withTempFolder((folder) => runBot(folder, standIn, [before, orders], clock)),
  );
}

/** Lets a bot make rounds of videos, one after the other. @returns the videos of its last round. */
async function runBot(
  folder: string,
  standIn: StandIn,
  rounds: readonly (readonly Order[])[],
  clock: Clock,
): Promise<Video[]> {
  const bot = await startBot({ folder, providerUrl: standIn.url, clock, random: seededRandom(3) });
  let ended = 0;
  let earlier = 0;
  try {
    for (const round of rounds) {
      earlier = standIn.made.length;
      await Promise.all(round.map((order) => place(order, bot, clock)));
      ended += round.length;
      await bot.ended(ended, LIMIT_MS);
    }
  } finally {
    await bot.stop();
  }
  const counted = standIn.made.slice(earlier);
  const generations = await bot.read(counted.flatMap(({ clientRequestId }) => clientRequestId ?? []));
  return generations.map(({ id, readyAt, finishedAt, state }) => {
    if (state !== 'delivered') throw new Error(`expected every video to be delivered, got one that is ${state}`);
    const made = counted.find(({ clientRequestId }) => clientRequestId === id);
    return videoOf(made, { foundAt: readyAt, doneAt: finishedAt });
  });
}

async function place({ model, takesMs, afterMs }: Order, bot: Bot, clock: Clock): Promise<void> {
  await clock.sleep(afterMs);
  await bot.chat.video(promptTaking(takesMs), { model });
}

function videoOf(
  made: StandIn['made'][number] | undefined,
  got: { foundAt: number | undefined; doneAt: number | undefined } | undefined,
): Video {
  const { foundAt, doneAt } = got ?? {};
  const id = made && modelIdOf(made.model);
  if (!made || id === undefined || foundAt === undefined || doneAt === undefined) {
    throw new Error(`expected a finished video, got ${JSON.stringify({ made, got })}`);
  }
  return { model: id, addedMs: doneAt - made.readyAt, carryingMs: doneAt - foundAt, polls: made.polls };
}

async function withStandIn<T>(clock: Clock, work: (standIn: StandIn) => Promise<T>): Promise<T> {
  const standIn = await startStandIn(clock);
  try {
    return await work(standIn);
  } finally {
    await standIn.stop();
  }
}
