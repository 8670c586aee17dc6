import SQLite from 'better-sqlite3';
import { TITLES } from '../support/titles.ts';
import type { World } from './world.ts';

/** What the database says of one generation. */
export interface Row {
  id: string;
  state: string;
  shown: string | null;
  prompt: string;
  failure: string | null;
  reply: { platform: string; messageId?: string; channelId?: string; ts?: string };
  hold: string | null;
  holds: number;
  receipt: string | null;
}

const SELECT = `
  SELECT g.id, g.state, g.shown_state AS shown, g.request, g.failure, g.reply, h.state AS hold, d.receipt,
         (SELECT count(*) FROM holds WHERE generation_id = g.id) AS holds
  FROM generations g
  LEFT JOIN holds h ON h.generation_id = g.id
  LEFT JOIN deliveries d ON d.generation_id = g.id
  ORDER BY g.created_at, g.id`;

/** Reads the database beside the bot that uses it, as a backup would. */
export function readRows(file: string): Row[] {
  const database = new SQLite(file, { readonly: true, fileMustExist: true });
  try {
    return database
      .prepare<[], Omit<Row, 'prompt' | 'reply'> & { request: string; reply: string }>(SELECT)
      .all()
      .map(({ request, reply, ...row }) => ({
        ...row,
        prompt: (JSON.parse(request) as { prompt: string }).prompt,
        reply: JSON.parse(reply) as Row['reply'],
      }));
  } finally {
    database.close();
  }
}

/** Whether nothing will happen to it any more, and its reply shows it. */
export function isSettled({ state, shown }: Row): boolean {
  return state in HOLDS && shown === state;
}

/** What becomes of a hold, by the state that its generation ends in. */
const HOLDS: Readonly<Record<string, string>> = {
  delivered: 'settled',
  failed: 'released',
  cancelled: 'released',
  timed_out: 'released',
  undelivered: 'held',
};

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
    if (bought.length > 1) say(`bought ${bought.length} times`);
    const lost = row.failure?.includes('submission_lost') ?? false;
    if (lost && bought.length > 0) say('counts as never sent, but was bought');
    if (row.state === 'delivered' && bought.length !== 1) say(`delivered, but bought ${bought.length} times`);
    const wanted = row.prompt.includes('[error]') ? 'failed' : 'delivered';
    if (!lost && row.state !== wanted) say(`expected ${wanted}: ${row.failure}`);

    const clips = clipsOf(world, row);
    const expected = row.state === 'delivered' ? 1 : 0;
    if (clips !== expected) say(`${clips} clips in the chat, expected ${expected}`);
    if (row.state === 'delivered' && row.receipt === null) say('delivered without a receipt');
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
