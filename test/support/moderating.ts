import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Answer, Button, Command, CommandContext } from '../../commands/command.ts';
import type { OptionValue } from '../../commands/options.ts';
import { readOptions } from '../../commands/read-options.ts';
import { KeptVideos } from '../../src/delivery/kept-videos.ts';
import type { Card } from '../../src/domain/card.ts';
import { communityId, memberOf } from '../../src/domain/ids.ts';
import type { Asker } from '../../src/domain/origin.ts';
import type { ReplyRef } from '../../src/domain/reply.ts';
import { forget } from '../../src/generations/end-generation.ts';
import { type Moderating, Moderation } from '../../src/moderation/door.ts';
import { getTimeZone } from '../../src/moderation/general-settings.ts';
import type { Limits } from '../../src/quotas/admission.ts';
import { openStore } from '../../src/store/store.ts';
import { VirtualClock } from './clock.ts';
import { putDatabase } from './fresh-database.ts';
import { recordingLog } from './log.ts';
import { listWithout } from './models.ts';
import { tempFolder } from './temp.ts';
import { en } from './texts.ts';

const T1 = communityId('slack', 'T1');
const T2 = communityId('slack', 'T2');

/** A moderator of the community `slack:T1`. */
export const MO: Asker = { community: T1, member: memberOf(T1, 'UMO1'), roles: [], moderator: true };
/** Another one. */
export const MIA: Asker = { ...MO, member: memberOf(T1, 'UMIA1') };
/** A member of the same community. */
export const ADA: Asker = { ...MO, member: memberOf(T1, 'UADA1'), roles: ['SCREW1'], moderator: false };
/** A moderator of another community. */
export const ELSEWHERE: Asker = { ...MO, community: T2, member: memberOf(T2, 'UEVE1') };

/** The operator's settings there. */
export const LIMITS: Limits = {
  quota: { credits: 20, period: 'day' },
  pace: { concurrency: 1, waiting: 5, rate: { count: 10, intervalMs: 3_600_000 } },
};

/** Runs a command as dispatch does: its options are read first. @param context with what was given as `options`. */
export async function runCommand(command: Command, context: CommandContext): Promise<Answer> {
  const { community, texts, rolesOf, clock } = context;
  const options = await readOptions(command.options, context.options as Record<string, OptionValue>, {
    community,
    texts,
    rolesOf,
    now: clock?.now() ?? 0,
    timeZone: () => getTimeZone(context),
  });
  return await command.run({ ...context, options });
}

/** Where moderators' commands are run, with a database of their own. @param gone ids of models that are withdrawn. */
export async function beginModerating(commands: readonly Command[], gone: readonly string[] = []) {
  const folder = await tempFolder();
  await putDatabase(folder);
  const store = await openStore(`sqlite:${join(folder, 'dailies.db')}`);
  onTestFinished(() => store.close());
  const clock = new VirtualClock();
  const videos = new KeptVideos(folder);
  const removed: ReplyRef[] = [];
  const chat = { remove: async (ref: ReplyRef) => void removed.push(ref) };
  const { log, lines } = recordingLog();
  const models = listWithout(...gone);
  const chats = new Map([['web', chat]]);
  const tools = { clock, newId: randomUUID, limits: LIMITS, models, videos, chats, forget, log };
  const moderation = new Moderation(store, tools);
  /** Somebody at the door. */
  const as = <A extends Asker>(asker: A): A & Moderating => ({ ...asker, moderation });
  const contextOf = (asker: Asker, more: object) =>
    ({ ...as(asker), texts: en, clock, ...more }) as unknown as CommandContext;
  /** What a command answers. `more` is what else it is given. */
  const say = async (
    name: string,
    options: Record<string, OptionValue> = {},
    asker = MO,
    more: Partial<CommandContext> = {},
  ): Promise<Card> => {
    const command = commands.find((one) => one.name === `moderate ${name}`);
    if (!command) throw new Error(`there is no command ${name}`);
    return cardOf(await runCommand(command, contextOf(asker, { ...more, options })));
  };
  /** What pressing a button on a card shows. */
  const press = async (button: Button, target: string, asker = MO): Promise<Card> =>
    cardOf(await button.run({ ...contextOf(asker, {}), target, action: button.action }));
  /** Who changed what from what to what, the earliest first. */
  const audit = async (community = MO.community) =>
    (await store.audit.list(community, 100, 0))
      .reverse()
      .map(({ actor, action, subject, before, after }) => ({ actor, action, subject, before, after }));
  return { store, clock, moderation, as, videos, removed, lines, contextOf, say, press, audit };
}

function cardOf(answer: Answer | undefined): Card {
  if (answer?.kind !== 'card') throw new Error('expected a card');
  return answer.card;
}
