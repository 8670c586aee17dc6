import type { Chance } from './random.ts';
import type { World } from './world.ts';

/** The behaviour of the provider that a prompt asks for; most ask for none. */
const TRIGGERS = [
  ...Array(6).fill(''),
  ...['[reset]', '[504]', '[503-proxy]', '[429-proxy]', '[stranger-json]', '[500-once]', '[503]', '[429]', '[429-2s]'],
  ...[
    '[flaky]',
    '[no-url]',
    '[succeeded]',
    '[video-array]',
    '[modelark]',
    '[expired]',
    '[error]',
    '[sensitive]',
    '[slow]',
  ],
] as readonly string[];
/** Where time is the machine's own, nothing takes a minute. */
const QUICK = TRIGGERS.filter((trigger) => trigger !== '[slow]');

/** Somebody asks for a video, in one chat or the other. */
export function ask({ discord, slack, crowd, speed }: World, chance: Chance, number: number): void {
  const prompt = `clip ${number} ${chance.pick(speed === 1 ? QUICK : TRIGGERS)}`.trim();
  if (chance.chance(crowd.inDiscord)) {
    discord.slash({ name: 'video', options: { prompt }, ...crowd.discord[number % crowd.discord.length] });
    return;
  }
  // With no answer when the bot is killed before.
  void slack.command('/video', prompt, crowd.slack[number % crowd.slack.length]).catch(() => undefined);
}

/** How long the provider may answer all polls with 404, and how long the account may be without credit, in ms of the machine's clock. */
const PHASE_MS = 2500;

/** A provider that has forgotten everything for a while, or wants money first; resolves when that is over. */
export async function providerTrouble({ sandbox }: World, chance: Chance): Promise<void> {
  const phase = () => new Promise((resolve) => setTimeout(resolve, chance.between(200, PHASE_MS)));
  if (chance.chance(0.3)) {
    const lift = sandbox.fault({ kind: '404' });
    await phase();
    lift();
  }
  if (chance.chance(0.3)) {
    sandbox.setAccount('no credit', chance.chance(0.5) ? 402 : 403);
    await phase();
    sandbox.setAccount('ok');
  }
}

/** Chats that break connections, before or after they did what was asked, or that want to be left alone. */
export function trouble({ discord, slack }: World, chance: Chance): void {
  if (chance.chance(0.3)) {
    discord.fault({
      kind: 'reset',
      after: chance.chance(0.7),
      method: 'PATCH',
      path: /messages/,
      times: chance.between(1, 3),
    });
  }
  if (chance.chance(0.2)) {
    discord.fault({
      kind: 'rateLimit',
      retryAfterMs: 100,
      method: 'PATCH',
      path: /messages/,
      times: chance.between(1, 3),
    });
  }
  const method = chance.pick(['chat.update', 'files.completeUploadExternal', 'files.info', 'conversations.replies']);
  if (chance.chance(0.3))
    slack.fault({ kind: 'reset', after: chance.chance(0.7), method, times: chance.between(1, 2) });
}
