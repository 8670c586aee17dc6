import { TITLES } from '../support/titles.ts';
import { HOLDS, isSettled, type Row } from './rows.ts';
import type { World } from './world.ts';

/** Compares the ledgers of provider and chats with the database. @returns what does not fit, one line each. */
export function audit(world: World, rows: readonly Row[]): string[] {
  const problems: string[] = [];
  const prompts = new Set<string>();
  for (const row of rows) {
    const say = (words: string) => problems.push(`${row.id} (${row.prompt}, ${row.state}): ${words}`);
    if (prompts.has(row.prompt)) say('one command made two generations');
    prompts.add(row.prompt);
    if (!isSettled(row)) say(`not settled; its reply shows ${row.shown}`);
    if (row.holds !== 1 || row.hold !== HOLDS[row.state]) say(`${row.holds} holds, ${row.hold}`);

    const bought = world.sandbox.requests.filter(({ clientRequestId }) => clientRequestId === row.id);
    const fails = /\[(error|sensitive)\]/.test(row.prompt);
    // What fails at the provider is not billed, so it may be sent three times.
    if (bought.length > (fails ? 3 : 1)) say(`bought ${bought.length} times`);
    const lost = /submission_(lost|unclear)/.test(row.failure ?? '');
    if (lost && bought.length > 0) say('counts as never sent, but was bought');
    if (row.state === 'delivered' && bought.length !== 1) say(`delivered, but bought ${bought.length} times`);
    const wanted = fails ? 'failed' : 'delivered';
    if (!lost && row.state !== wanted) say(`expected ${wanted}: ${row.failure}`);

    const clips = clipsOf(world, row);
    const expected = row.state === 'delivered' ? 1 : 0;
    if (clips !== expected) say(`${clips} clips in the chat, expected ${expected}`);
    if (row.state === 'delivered' && row.delivered === null) say('delivered without a receipt');
    const title = TITLES[row.state as keyof typeof TITLES];
    if (!wordsOf(world, row).includes(title)) say(`its reply does not say “${title}”: ${wordsOf(world, row)}`);
  }
  for (const { clientRequestId } of world.sandbox.requests) {
    if (!rows.some(({ id }) => id === clientRequestId)) problems.push(`${clientRequestId} was bought for nobody`);
  }
  return problems;
}

/** How often a generation's clip is in its chat, anywhere. */
function clipsOf({ discord, slack }: World, { id, reply }: Row): number {
  const name = `dailies-${id}.mp4`;
  if (reply.platform === 'slack') {
    return [...slack.state.files.values()].filter((file) => file.name === name && file.completed && !file.deleted)
      .length;
  }
  return discord.allMessages().flatMap(({ attachments }) => attachments.filter(({ filename }) => filename === name))
    .length;
}

/** All that a generation's reply says. */
function wordsOf({ discord, slack }: World, { reply }: Row): string {
  if (reply.platform === 'slack') {
    return JSON.stringify(slack.state.message(reply.channelId ?? '', reply.ts ?? '')?.blocks ?? 'gone');
  }
  return JSON.stringify(discord.allMessages().find(({ id }) => id === reply.messageId)?.embeds ?? 'gone');
}
