import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DailiesError } from '../../src/domain/failure.ts';
import { type MemberId, memberOf } from '../../src/domain/ids.ts';
import { ADA, beginModerating, ELSEWHERE, MO } from '../support/moderating.ts';

const ROOM = fileURLToPath(new URL('../../src/moderation/', import.meta.url));

/** What is for every member: it is about what is theirs. */
const FOR_MEMBERS = ['reportVideo', 'forgetOwn'];
/** What runs in the background, or is asked when a request is accepted. */
const WITHOUT_ASKER = ['keepLogChannels', 'checkPolicy'];

type Subject = (context: object, ...values: unknown[]) => Promise<unknown>;

/** Right values for those functions that look at them before they knock. */
const VALUES: Record<string, unknown[]> = {
  setLimit: [{ scope: 'everyone', subject: '', credits: 1, period: 'day' }],
  grantCredits: [ADA.member, 1],
  revokeCredits: [ADA.member],
  setPace: ['', { waiting: 1 }],
  setBlock: ['slack:T1/UBEN1', { reason: '' }],
  addModerator: [{ kind: 'role', id: 'S1' }],
  removeModerator: [{ kind: 'role', id: 'S1' }],
};

async function subjects(): Promise<[name: string, subject: Subject][]> {
  const files = readdirSync(ROOM, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const modules = await Promise.all(files.map((file): Promise<object> => import(`${ROOM}${file}`)));
  return modules
    .flatMap((module): [string, Subject][] => Object.entries(module))
    .filter(([name, value]) => value.constructor.name === 'AsyncFunction' && !WITHOUT_ASKER.includes(name));
}

describe('every function of every subject', () => {
  it('is refused to whoever does not moderate, and changes nothing', async () => {
    const { as, audit } = await beginModerating([]);
    const all = await subjects();
    expect(all.length).toBeGreaterThan(25);
    for (const [name, ask] of all) {
      if (FOR_MEMBERS.includes(name)) continue;
      for (const asker of [ADA, { ...ELSEWHERE, community: MO.community, moderator: false }]) {
        const asked = ask(as({ ...asker, reply: {} }), ...(VALUES[name] ?? ['x', 1]));
        await expect(asked, name).rejects.toMatchObject({ code: 'moderators_only' });
      }
    }
    expect(await audit()).toEqual([]);
  });
});

describe('a change', () => {
  it('is there with its entry in the audit and in the outbox, or not at all', async () => {
    const { store, moderation, audit } = await beginModerating([]);
    const { community } = MO;
    await store.communitySettings.set(community, 'logChannel', 'C1');
    const add = async (word: string, broken: boolean) =>
      await moderation.change(MO, async ({ words, now, note }) => {
        await words.add(community, word, now);
        await note('word.add', { kind: 'text', text: word });
        if (broken) throw new Error('the power goes');
      });
    await expect(add('herring', true)).rejects.toThrow('the power goes');
    expect([await store.words.list(community), await audit(), await store.outbox.listWaiting()]).toEqual([[], [], []]);
    await add('cod', false);
    expect(await store.words.list(community)).toEqual(['cod']);
    expect(await audit()).toMatchObject([{ actor: MO.member, action: 'word.add' }]);
    expect(await store.outbox.listUnposted(community, 10)).toMatchObject([{ event: { kind: 'change' } }]);
  });

  it('of something that is somebody’s own is for them as well, for no other member', async () => {
    const { moderation } = await beginModerating([]);
    const ask = (owner: MemberId) => moderation.change(ADA, async () => 'done', owner);
    expect(await ask(ADA.member)).toBe('done');
    await expect(ask(memberOf(ADA.community, 'UBEN1'))).rejects.toEqual(new DailiesError('requester_only'));
  });
});
