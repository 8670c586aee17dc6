import { describe, expect, it } from 'vitest';
import type { Answer, Button, Command, CommandContext } from '../../commands/command.ts';
import { buttons, commands, forms } from '../../commands/index.ts';
import type { OptionValue } from '../../commands/options.ts';
import type { Card, CardFile } from '../../src/domain/card.ts';
import { at, mention } from '../../src/domain/marks.ts';
import type { Asker } from '../../src/domain/origin.ts';
import { setChannel } from '../../src/moderation/channel-lists.ts';
import { setTimeZone } from '../../src/moderation/general-settings.ts';
import type { Store } from '../../src/store/store.ts';
import { makeGeneration, type PlainGeneration } from '../support/generations.ts';
import { ADA, beginModerating, ELSEWHERE, MIA, MO, runCommand } from '../support/moderating.ts';
import { en, ja } from '../support/texts.ts';

const NOW = Date.UTC(2026, 0, 1);
const ADA_NAME = mention('member', ADA.member);
const insert = (store: Store, changes: Partial<PlainGeneration> = {}) =>
  store.generations.insert(
    makeGeneration({ community: MO.community, member: ADA.member, state: 'delivered', createdAt: NOW, ...changes }),
  );

/** What is written in a drawn picture. */
function textsIn(file?: CardFile): string[] {
  const svg = Buffer.from(file?.base64 ?? '', 'base64').toString();
  return [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text = '']) => text);
}

async function begin() {
  const begun = await beginModerating(commands);
  const { contextOf } = begun;
  const cardOf = (answer: Answer | undefined): Card => {
    if (answer?.kind !== 'card') throw new Error('expected a card');
    return answer.card;
  };
  const buttonNamed = (action: string): Button => {
    const found = buttons.find((one) => one.action === action);
    if (!found) throw new Error(`there is no button ${action}`);
    return found;
  };
  /** What a button answers. */
  const press = async (action: string, target: string, asker: Asker = MO, more: object = {}) =>
    await buttonNamed(action).run({ ...contextOf(asker, more), action, target });
  const pressCard = async (...args: Parameters<typeof press>) => cardOf(await press(...args));
  /** What a form answers. */
  const send = async (name: string, target: string, values: Record<string, string>, asker: Asker = MO) => {
    const form = forms.find((one) => one.name === name);
    if (!form) throw new Error(`there is no form ${name}`);
    return cardOf(
      await runCommand(form as unknown as Command, {
        ...contextOf(asker, {}),
        ...{ form: name, target },
        options: values,
      }),
    );
  };
  const history = async (options: Record<string, OptionValue>, asker = ADA, more: Partial<CommandContext> = {}) => {
    const command = commands.find(({ name }) => name === 'history');
    return cardOf(command && (await runCommand(command, contextOf(asker, { ...more, options }))));
  };
  return { ...begun, press, pressCard, send, history };
}

it.each(['audit', 'usage', 'forget', 'cancel'])(
  '/moderate %s is for moderators, and its answer for who asked',
  (name) => {
    const command = commands.find((one) => one.name === `moderate ${name}`);
    expect(command?.who).toBe('moderators');
    expect(command?.audience({})).toBe('requester');
  },
);

it.each([
  ['audit', {}],
  ['usage', {}],
  ['usage', { export: true }],
  ['forget', { member: ADA.member }],
] as const)('/moderate %s %j is refused to a member who forges it', async (name, options) => {
  const { say } = await begin();
  await expect(say(name, options, ADA)).rejects.toMatchObject({ code: 'moderators_only' });
});

describe('/moderate audit', () => {
  it('says when nothing was changed', async () => {
    const { say } = await begin();
    expect(await say('audit')).toMatchObject({ text: en.audit.empty, items: [], buttons: [] });
    expect((await say('audit', { page: 2 })).text).toBe(en.history.emptyPage);
  });

  it('lists who changed what, when, from what to what, the latest first', async () => {
    const { as, say } = await begin();
    await setTimeZone(as(MO), 'Europe/Berlin');
    await setChannel(as(MIA), 'C1', false);
    const card = await say('audit');
    const date = at(NOW, 'date');
    expect(card.items).toEqual([
      {
        title: `${date}, ${en.audit.actions['channel.deny']}`,
        text: `${mention('member', MIA.member)} stopped videos in ${mention('channel', 'C1')}.`,
      },
      {
        title: `${date}, ${en.audit.actions['settings.timezone']}`,
        text: `${mention('member', MO.member)} set the time zone to Europe/Berlin (was UTC).`,
      },
    ]);
  });

  it('is read page by page, with buttons', async () => {
    const { as, say, pressCard, press } = await begin();
    for (let index = 0; index < 25; index++) await setChannel(as(MO), `C${index}`, false);
    const targets = (card: Card) => card.buttons.map(({ action, target, label }) => [action, target, label]);
    const first = await say('audit');
    expect(first.items).toHaveLength(10);
    expect(targets(first)).toEqual([['audit', '2', en.buttons.older]]);
    const second = await pressCard('audit', '2');
    expect(second.title).toBe(`${en.audit.title} · ${en.history.page({ page: 2 })}`);
    expect(targets(second)).toEqual([
      ['audit', '1', en.buttons.newer],
      ['audit', '3', en.buttons.older],
    ]);
    expect((await pressCard('audit', '3')).items).toHaveLength(5);
    await expect(press('audit', '1', ADA)).rejects.toMatchObject({ code: 'moderators_only' });
  });

  it.each([0, -1, 1.5, 1e9, Number.NaN])('refuses page %s', async (page) => {
    const { say } = await begin();
    await expect(say('audit', { page })).rejects.toMatchObject({ code: 'option_value', params: { option: 'page' } });
  });
});

describe('/moderate usage', () => {
  it('shows this week beside the one before, per model and member, with a picture', async () => {
    const { say, store } = await begin();
    await insert(store, { id: 'g1', credits: 3 });
    await insert(store, { id: 'g2', member: MIA.member, state: 'failed' });
    await insert(store, { id: 'g3', createdAt: NOW - 7 * 86_400_000 });
    await insert(store, { id: 'g4', createdAt: NOW - 7 * 86_400_000 });
    const card = await say('usage', {}, MO, { locale: 'en-GB' });
    expect(card).toMatchObject({
      title: en.usage.title.week,
      text: en.usage.since({ at: Date.UTC(2025, 11, 29), timeZone: 'UTC' }),
      fields: [
        { label: en.usage.videos, value: '1 (-1)' },
        { label: en.usage.credits, value: '3 (+1)' },
        { label: en.usage.refusals, value: '0 (±0)' },
        { label: en.usage.failures, value: '1 (+1)' },
      ],
      items: [
        { title: en.usage.models, text: expect.stringMatching(/^🟦 .*lite.*: 1 video, 3 credits$/i) },
        { title: en.usage.members, text: `${ADA_NAME}: 1 video, 3 credits` },
      ],
      notes: [en.usage.brackets.week, en.usage.picture.legend.week],
    });
    const [file] = card.files ?? [];
    expect(file).toMatchObject({
      name: 'usage-week.svg',
      type: 'image/svg+xml',
      alt: en.usage.picture.alt({ videos: 1, before: 2 }),
    });
    expect(textsIn(file).slice(-7)).toEqual(['29', '30', '31', '1', '2', '3', '4']);
  });

  it.each(['day', 'week', 'month'] as const)(
    'draws digits alone, and says the rest in any language: %s',
    async (period) => {
      const { say, store } = await begin();
      await insert(store);
      const card = await say('usage', { period }, MO, { locale: 'ja', texts: ja });
      expect(card.title).toBe(ja.usage.title[period]);
      expect(card.notes).toContain(ja.usage.picture.legend[period]);
      expect(card.files?.[0]?.alt).toBe(ja.usage.picture.alt({ videos: 1, before: 0 }));
      expect(textsIn(card.files?.[0]).join('')).toMatch(/^[\d:]+$/);
    },
  );

  it('has no picture where there is nothing to see', async () => {
    const { say } = await begin();
    const card = await say('usage', { period: 'month' }, MO, { locale: 'en' });
    expect(card.files).toBeUndefined();
    expect(card.notes).toEqual([en.usage.brackets.month]);
    expect(card.items).toEqual([]);
  });

  it('counts nothing of other communities', async () => {
    const { say, store } = await begin();
    await insert(store);
    expect((await say('usage', {}, ELSEWHERE, { locale: 'en' })).fields[0]?.value).toBe('0 (±0)');
  });

  it('is exported as a table without prompts', async () => {
    const { say, store } = await begin();
    await insert(store, { state: 'failed', failure: { code: 'moderated', params: { hint: 'a dragon' } } });
    const card = await say('usage', { export: true, period: 'month' });
    expect(card.text).toBe(en.usage.export.text({ videos: 1 }));
    const [file] = card.files ?? [];
    expect(file).toMatchObject({ name: 'videos-month-2026-01-01.csv', type: 'text/csv' });
    const table = Buffer.from(file?.base64 ?? '', 'base64').toString();
    expect(table).toContain('2026-01-01T00:00:00.000Z');
    expect(table).toContain('moderated');
    expect(table).not.toContain('dragon');
  });

  it('exports no empty table', async () => {
    const { say } = await begin();
    const card = await say('usage', { export: true });
    expect(card).toMatchObject({ text: en.usage.export.nothing });
    expect(card.files).toBeUndefined();
  });

  it.each(['hour', 'year', '', 'toString', 7])('refuses the period %s', async (period) => {
    const { say } = await begin();
    await expect(say('usage', { period })).rejects.toMatchObject({
      code: 'option_value',
      params: { option: 'period', expected: ['day', 'week', 'month'] },
    });
  });
});

describe('forgetting', () => {
  it('by a moderator is confirmed first, and then says how much is gone', async () => {
    const { say, press, pressCard, store } = await begin();
    await insert(store);
    await insert(store, { id: 'g2', state: 'generating' });
    const asked = await say('forget', { member: ADA.member });
    expect(asked).toMatchObject({
      text: en.forget.ask({ who: ADA_NAME }),
      buttons: [{ action: 'forget', target: ADA.member, style: 'danger' }],
    });
    expect((await store.generations.find('g1'))?.request.prompt).toBe('a dragon');
    await expect(press('forget', ADA.member, ADA, { reply: {} })).rejects.toMatchObject({ code: 'moderators_only' });
    const done = await pressCard('forget', ADA.member, MIA, { reply: {} });
    expect(done).toMatchObject({
      tone: 'done',
      text: en.forget.done({ who: ADA_NAME, videos: 1 }),
      notes: [en.forget.unfinished({ videos: 1 }), en.forget.chat],
      buttons: [],
    });
    expect((await store.generations.find('g1'))?.request.prompt).toBe('');
    expect(await pressCard('forget', ADA.member, MIA, { reply: {} })).toMatchObject({ text: en.forget.nothing });
  });

  it('by a member, with /history, is of what the presser made', async () => {
    const { history, pressCard, store } = await begin();
    await insert(store);
    await insert(store, { id: 'mine', member: MIA.member });
    const asked = await history({ forget: true });
    expect(asked).toMatchObject({ text: en.forget.askOwn, buttons: [{ action: 'forget', target: 'own' }] });
    const done = await pressCard('forget', 'own', ADA, { reply: {} });
    expect(done.text).toBe(en.forget.doneOwn({ videos: 1 }));
    expect((await store.generations.find('mine'))?.request.prompt).toBe('a dragon');
  });

  it('is not meant by /history forget:false', async () => {
    const { history } = await begin();
    const service = { listHistory: async () => ({ generations: [], more: false }) };
    const card = await history({ forget: false }, ADA, { service } as unknown as Partial<CommandContext>);
    expect(card.text).toBe(en.history.empty);
  });

  it.each(['', 'discord:1', 'bob', `slack:${'x'.repeat(200)}`])(
    'of “%s”, who is nobody here, is refused',
    async (member) => {
      const { say, press } = await begin();
      const refused = { code: 'option_value', params: { option: 'member' } };
      await expect(say('forget', { member })).rejects.toMatchObject(refused);
      await expect(press('forget', member, MO, { reply: {} })).rejects.toMatchObject(refused);
    },
  );
});

describe('/moderate cancel', () => {
  const waiting = (counts: Record<string, number>) => ({
    service: {
      cancelWaiting: async (_asker: Asker, member?: string) => counts[member ?? 'all'] ?? 0,
    } as unknown as CommandContext['service'],
  });

  it.each([
    [{}, 3, en.cancelling.all({ videos: 3 })],
    [{}, 0, en.cancelling.none],
  ])('%j, with %d waiting, says how many', async (options, count, text) => {
    const { say } = await begin();
    expect((await say('cancel', options, MO, waiting({ all: count }))).text).toBe(text);
  });

  it('of a member says how many of theirs', async () => {
    const { say } = await begin();
    const some = waiting({ all: 9, [ADA.member]: 2 });
    expect((await say('cancel', { member: ADA.member }, MO, some)).text).toBe(
      en.cancelling.of({ who: ADA_NAME, videos: 2 }),
    );
    const none = mention('member', MIA.member);
    expect((await say('cancel', { member: MIA.member }, MO, some)).text).toBe(en.cancelling.noneOf({ who: none }));
    await expect(say('cancel', { member: 'bob' }, MO, some)).rejects.toMatchObject({ code: 'option_value' });
  });
});

describe('Report', () => {
  it('opens a form, and what is sent is known to moderators', async () => {
    const { press, send, store } = await begin();
    await insert(store);
    const opened = await press('report', 'g1', MIA);
    expect(opened).toMatchObject({
      kind: 'form',
      form: { name: 'report', target: 'g1', fields: [{ name: 'reason', required: false, maximumLength: 300 }] },
    });
    expect(await send('report', 'g1', { reason: 'rude' }, ADA)).toMatchObject({
      tone: 'done',
      text: en.reporting.done,
    });
    expect((await send('report', 'g1', {}, ADA)).text).toBe(en.reporting.known);
    expect(await store.reports.find('g1', ADA.member)).toMatchObject({ reason: 'rude' });
  });
});

describe('Block, on a report,', () => {
  it('opens a form for moderators, and blocks as the command does', async () => {
    const { press, send, store, clock, audit } = await begin();
    await expect(press('block', ADA.member, ADA)).rejects.toMatchObject({ code: 'moderators_only' });
    const opened = await press('block', ADA.member);
    expect(opened).toMatchObject({ kind: 'form', form: { name: 'block', target: ADA.member } });
    const until = NOW + 7 * 86_400_000;
    const done = await send('block', ADA.member, { for: '7d', reason: 'herrings' });
    expect(done.text).toBe(en.conduct.blocks.blocked({ member: ADA_NAME, until, reason: 'herrings.' }));
    expect(await store.blocks.find(MO.community, ADA.member, clock.now())).toMatchObject({ until, reason: 'herrings' });
    expect(await audit()).toHaveLength(1);
  });

  it('blocks for good when nothing is filled in', async () => {
    const { send } = await begin();
    expect((await send('block', ADA.member, {})).text).toBe(en.conduct.blocks.blocked({ member: ADA_NAME }));
  });

  it('refuses bad lengths, strangers and those who do not moderate', async () => {
    const { press, send, audit } = await begin();
    await expect(send('block', ADA.member, { for: 'soon' })).rejects.toMatchObject({ code: 'option_value' });
    await expect(press('block', 'discord:1')).rejects.toMatchObject({ code: 'option_value' });
    await expect(send('block', MIA.member, {}, ADA)).rejects.toMatchObject({ code: 'moderators_only' });
    expect(await audit()).toEqual([]);
  });
});

describe('Delete, in the log channel,', () => {
  it('takes the video away, and the prompt out of the line', async () => {
    const { press, pressCard } = await begin();
    const gone: string[] = [];
    const service = { remove: async (_origin: object, id: string) => void gone.push(id) };
    await expect(press('takedown', 'g1', ADA, { service })).rejects.toMatchObject({ code: 'moderators_only' });
    expect(gone).toEqual([]);
    expect(await pressCard('takedown', 'g1', MO, { service })).toEqual({
      tone: 'done',
      title: en.log.deleted,
      text: en.log.deletedBy({ who: mention('member', MO.member) }),
      fields: [],
      notes: [],
      buttons: [],
    });
    expect(gone).toEqual(['g1']);
  });
});
