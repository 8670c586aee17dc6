import { startFakeDiscord } from '../../test/fakes/discord/index.ts';

/** A fake Discord in a process of its own, so that its work is done on another core than the bot's. */

/** What the parent asks for: so many uses of a command at once, each by another member. */
export interface Burst {
  command: string;
  options: Record<string, string>;
  count: number;
}

/** What came of it: for each interaction, the ms from when it was made until its first answer had been taken. */
export interface Answered {
  times: number[];
  /** How many were not answered in Discord's 3 seconds, or were refused. */
  late: number;
}

/** Everything that the program tells its parent. */
export type Told = { ready: { token: string; apiUrl: string } } | { connected: true } | { answered: Answered };

/** Discord waits so long for the first answer, in ms. */
const ANSWER_MS = 3000;
const SOONEST_USER = 100_000_000_000_000_000n;

const fake = await startFakeDiscord();
let users = 0n;

async function burst({ command, options, count }: Burst): Promise<Answered> {
  const sent = new Map<string, number>();
  const from = fake.ledger.length;
  for (let index = 0; index < count; index += 1) {
    const at = Date.now();
    users += 1n;
    const { id } = fake.slash({ name: command, options, userId: String(SOONEST_USER + users) });
    sent.set(id, at);
  }
  const times = new Map<string, number>();
  let late = 0;
  let seen = from;
  await fake.until(() => {
    for (const { path, at, status } of fake.ledger.slice(seen)) {
      const id = /^\/interactions\/(\d+)\/[^/]+\/callback$/.exec(path)?.[1] ?? '';
      const sentAt = sent.get(id);
      if (sentAt === undefined || times.has(id)) continue;
      times.set(id, at - sentAt);
      if (status >= 400 || at - sentAt > ANSWER_MS) late += 1;
    }
    seen = fake.ledger.length;
    return times.size === count ? true : undefined;
  });
  return { times: [...times.values()], late };
}

const tell = (told: Told) => process.send?.(told);

process.on('message', (message) => {
  const { waitForBot, burst: wanted } = Object(message) as { waitForBot?: true; burst?: Burst };
  if (waitForBot) {
    const before = fake.gateway.counts.identified;
    void fake
      .until(() => (fake.gateway.counts.identified > before ? true : undefined))
      .then(() => tell({ connected: true }));
  }
  if (wanted) void burst(wanted).then((answered) => tell({ answered }));
});
tell({ ready: { token: fake.token, apiUrl: fake.apiUrl } });
