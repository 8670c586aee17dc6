import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../commands/command.ts';
import { help } from '../../commands/help.ts';
import { commands } from '../../commands/index.ts';
import { quota } from '../../commands/quota.ts';
import { MODELS } from '../../src/domain/models.ts';
import { offeredModels } from '../../src/domain/offered-model.ts';
import type { Rule } from '../../src/domain/rule.ts';
import { at, compose, mention } from '../../src/domain/text.ts';
import { textsFor } from '../../src/locales/languages.ts';
import { grantCredits } from '../../src/moderation/extra-credits.ts';
import { setLimit } from '../../src/moderation/limit-rules.ts';
import { quotaStatus } from '../../src/quotas/read-quota.ts';
import { makeGeneration } from '../support/generations.ts';
import { ADA, beginModerating, LIMITS, MO } from '../support/moderating.ts';
import { readText } from '../support/read-text.ts';

const DAY = 86_400_000;
const ALL = MODELS.map(({ id }) => id);

/** A community with rules, in which Ada looks at her credits in the channel C1. */
async function begin(...rules: [Rule['scope'], string, number | null, Rule['period']?][]) {
  const { as, store, clock } = await beginModerating([]);
  for (const [scope, subject, credits, period = 'day'] of rules) {
    await setLimit(as(MO), { scope, subject, credits, period });
  }
  const service = {
    quota: () => quotaStatus(store, { ...ADA, channel: 'C1' }, LIMITS.quota, clock.now()),
    models: async () => offeredModels(MODELS, await store.communitySettings.get(MO.community)),
  };
  const look = async (command = quota, more: object = {}) => {
    const texts = textsFor('en');
    const answer = await command.run({ ...ADA, service, texts, commands, ...more } as unknown as CommandContext);
    if (answer.kind !== 'card') throw new Error('expected a card');
    expect(answer.audience).toBe('requester');
    return answer.card;
  };
  let spent = 0;
  const spend = async (credits: number, member = ADA.member) => {
    const generation = makeGeneration({ id: `g${++spent}`, community: MO.community, member, credits });
    await store.generations.insert(generation);
    const hold = { generation: generation.id, community: MO.community, member, channel: 'C1' };
    await store.holds.take({ ...hold, credits, granted: 0, at: clock.now() });
  };
  return { as, store, clock, look, spend, tomorrow: clock.now() + DAY };
}

describe('/quota', () => {
  it('says what is left of the operator’s setting', async () => {
    const { look, spend, tomorrow } = await begin();
    expect((await look()).text).toBe('20 of 20 credits left. Limit: 20 credits a day per member.');
    await spend(8);
    expect((await look()).text).toEqual(
      compose`12 of 20 credits left. Resets ${at(tomorrow, 'relative')} (${at(tomorrow, 'date')}). Limit: 20 credits a day per member.`,
    );
  });

  it('names the rule that counts', async () => {
    const { as, look } = await begin(['everyone', '', 10, 'hour']);
    expect((await look()).text).toBe('10 of 10 credits left. Limit: 10 credits an hour per member.');
    await setLimit(as(MO), { scope: 'role', subject: 'SCREW1', credits: 30, period: 'hour' });
    expect((await look()).text).toEqual(
      compose`30 of 30 credits left. Your limit comes from ${mention('role', 'SCREW1')}: 30 credits an hour.`,
    );
    await setLimit(as(MO), { scope: 'member', subject: ADA.member, credits: 5, period: 'week' });
    expect((await look()).text).toBe('5 of 5 credits left. You have your own limit: 5 credits a week.');
  });

  it('says so when there is no limit, and when nothing is allowed', async () => {
    const without = await begin(['member', ADA.member, null]);
    await grantCredits(without.as(MO), ADA.member, 5);
    expect((await without.look()).text).toBe(
      'You can spend as many credits as you like. You have your own limit: unlimited.',
    );
    const forbidden = await begin(['everyone', '', 0]);
    expect((await forbidden.look()).text).toBe('You have no credits. Limit: 0 credits per member.');
    await grantCredits(forbidden.as(MO), ADA.member, 5);
    expect((await forbidden.look()).text).toBe('Limit: 0 credits per member. Plus 5 extra credits.');
  });

  it('never says less than nothing when a limit was lowered below what is used', async () => {
    const { look, spend } = await begin(['everyone', '', 5]);
    await spend(8);
    expect(readText((await look()).text)).toMatch(/^0 of 5 credits left\. /);
  });

  it('adds extra credits with their end', async () => {
    const { as, look, clock } = await begin();
    await grantCredits(as(MO), ADA.member, 1);
    expect(readText((await look()).text)).toMatch(/^You can spend 21 credits \(1 extra; 20 of 20 left\)\. /);
    const end = clock.now() + DAY;
    await grantCredits(as(MO), ADA.member, 4, end);
    expect(readText((await look()).text)).toContain(
      readText(
        compose`You can spend 25 credits (5 extra; 20 of 20 left). The first extra ones expire on ${at(end, 'date')}.`,
      ),
    );
  });

  it('names channel and budget only if they limit further', async () => {
    const { look, spend, tomorrow } = await begin(['channel', 'C1', 100], ['community', '', 30]);
    expect((await look()).text).not.toMatch(/channel|budget/);
    await spend(25, MO.member);
    const text = readText((await look()).text);
    expect(text).not.toContain('channel');
    expect(text).toContain(readText(compose`Server budget: 5 of 30 credits left. Resets ${at(tomorrow, 'relative')}.`));
    await spend(72, MO.member);
    expect(readText((await look()).text)).toContain('This channel: 3 of 100 credits left.');
  });

  it('says when channel or budget have no credits at all', async () => {
    const { look } = await begin(['channel', 'C1', 0], ['community', '', 0]);
    expect((await look()).text).toMatch(/ This channel has no credits\. The server budget has no credits\.$/);
  });

  it('says nothing of a channel or budget without limit', async () => {
    const { look } = await begin(['channel', 'C1', null], ['community', '', null], ['everyone', '', null]);
    expect((await look()).text).toBe('You can spend as many credits as you like. Limit: unlimited per member.');
  });

  it('has the community’s own prices, of the models that it offers', async () => {
    const { look, store } = await begin();
    await store.communitySettings.set(MO.community, 'prices', { lite: { any: 2 } });
    await store.communitySettings.set(
      MO.community,
      'disabledModels',
      ALL.filter((id) => id !== 'lite' && id !== '2.0-fast'),
    );
    expect((await look()).fields).toEqual([
      {
        label: 'What a video costs',
        value: 'Seedance 1.0 Lite: 2 credits for 5 s\nSeedance 2.0 Fast: 5 credits for 8 s',
      },
    ]);
    await store.communitySettings.set(MO.community, 'disabledModels', ALL);
    expect((await look()).fields).toEqual([]);
  });
});

describe('/help', () => {
  it('has the community’s own prices', async () => {
    const { look, store } = await begin();
    await store.communitySettings.set(MO.community, 'prices', { pro: { any: 9, '720p': 8 }, lite: { '1080p': 7 } });
    const items = (await look(help)).items ?? [];
    expect(items.find(({ title }) => title === 'Models')?.text).toBe(
      [
        'lite: 1 credit for 5 s',
        'pro: 8 credits for 5 s',
        'pro-fast: 1 credit for 5 s',
        '1.5-pro: 2 credits for 5 s',
        '2.0: 4 credits for 5 s',
        '2.0-fast: 5 credits for 8 s',
        '2.0-mini: 2 credits for 5 s',
        '2.5: 4 credits for 5 s',
      ].join('\n'),
    );
  });

  it.each(['en', 'de', 'es', 'ja'])('fits a card in %s, with all that moderators can say', async (locale) => {
    const { look } = await begin();
    const items = (await look(help, { texts: textsFor(locale), localisedNames: true })).items ?? [];
    expect(items.length).toBeLessThanOrEqual(10);
    expect(items.filter(({ text }) => readText(text).length > 350)).toEqual([]);
  });

  it('names everything that moderators can say, in few lines', async () => {
    const { look } = await begin();
    const items = (await look(help)).items ?? [];
    const lines = items.filter(({ title }) => title === '/moderate').flatMap(({ text }) => readText(text).split('\n'));
    expect(lines).toContain('quota set · clear · grant · revoke · list');
    expect(lines).toContain('budget set · clear');
    const named = lines.flatMap((line) => line.split(/ · | /));
    const words = commands.filter(({ who }) => who === 'moderators').flatMap(({ name }) => name.split(' ').slice(1));
    expect(words.filter((word) => !named.includes(word))).toEqual([]);
  });
});
