import { WebClient } from '@slack/web-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HANDLED } from '../../../commands/command.ts';
import { DailiesError } from '../../../src/domain/failure.ts';
import type { Generation, GenerationState } from '../../../src/domain/generation.ts';
import { communityId, memberOf } from '../../../src/domain/ids.ts';
import type { QuotaStatus } from '../../../src/domain/quota-status.ts';
import type { Queued } from '../../../src/generations/service.ts';
import { boltLogger } from '../../../src/platforms/slack/bolt-logger.ts';
import { Home, type HomeSource, type HomeView, type Viewer } from '../../../src/platforms/slack/home/home.ts';
import { type HomeNews, homeView, MOST_LISTED } from '../../../src/platforms/slack/home/home-view.ts';
import { problemsOfView } from '../../fakes/slack/blocks.ts';
import { startFakeSlack } from '../../fakes/slack/index.ts';
import { VirtualClock } from '../../support/clock.ts';
import { makeGeneration, type PlainGeneration } from '../../support/generations.ts';
import { recordingLog } from '../../support/log.ts';
import { readText } from '../../support/read-text.ts';
import { en } from '../../support/texts.ts';
import { startBench } from './bench.ts';

const NOW = Date.UTC(2026, 0, 1, 12);
const T1 = communityId('slack', 'T1');
const ADA: Viewer = { community: T1, member: memberOf(T1, 'U1'), roles: [], moderator: false, locale: 'en-US' };

const generation = (id: string, state: GenerationState, changes: Partial<PlainGeneration> = {}) =>
  makeGeneration({ id, state, community: ADA.community, member: ADA.member, createdAt: NOW - 1000, ...changes });
const queued = (id: string, state: GenerationState, changes: Partial<PlainGeneration> = {}): Queued => ({
  generation: generation(id, state, changes),
  place: state === 'queued' ? { position: 1, notBefore: undefined } : undefined,
  readyAt: undefined,
});
const withPrompt = (prompt: string) => ({ request: { ...makeGeneration().request, prompt } });

const quota = (changes: Partial<QuotaStatus>): QuotaStatus => ({
  credits: 20,
  period: 'day',
  used: 0,
  resetsAt: NOW,
  rule: { scope: 'default', subject: '' },
  granted: 0,
  grantsEnd: undefined,
  channel: undefined,
  budget: undefined,
  ...changes,
});

const news = (changes: Partial<HomeNews> = {}): HomeNews => ({
  quota: quota({ used: 0, resetsAt: NOW + 3_600_000 }),
  unfinished: [],
  recent: [],
  now: NOW,
  ...changes,
});

interface Readable {
  type: string;
  text?: unknown;
  elements?: Readable[];
  action_id?: string;
  value?: string;
  fallback?: string;
}

/** All that a reader sees, a line for each block. */
function linesOf(view: HomeView): string[] {
  return (view.blocks as Readable[]).map(read).filter((line) => line !== '');
}
function read(node: Readable): string {
  if (typeof node.text === 'string') return node.text;
  if (node.fallback) return node.fallback;
  if (node.text) return read(node.text as Readable);
  return (node.elements ?? []).map(read).join(node.type === 'rich_text' ? ' | ' : node.type === 'actions' ? ', ' : '');
}
const buttonsOf = (view: HomeView) =>
  (view.blocks as Readable[]).flatMap(({ type, elements = [] }) =>
    type === 'actions' ? elements.map(({ action_id, value }) => `${action_id} ${value}`) : [],
  );

describe('the Home tab', () => {
  it('says what I have left and when it comes back', () => {
    const fresh = linesOf(homeView(news(), en));
    expect(fresh.slice(0, 2)).toEqual([en.quota.title, '20 of 20 credits left.']);
    const used = quota({ used: 6, resetsAt: Date.UTC(2026, 0, 2) });
    const line = linesOf(homeView(news({ quota: used }), en))[1];
    expect(line).toMatch(/^14 of 20 credits left\. .*2026-01-02 00:00 UTC/);
  });

  it('says so where there is no limit, and what was granted on top of one', () => {
    const lines = (changes: Partial<QuotaStatus>) => linesOf(homeView(news({ quota: quota(changes) }), en));
    expect(lines({ credits: null, used: 500, granted: 5 })[1]).toBe(en.quota.unlimited);
    expect(lines({ granted: 5 })[1]).toBe(`20 of 20 credits left. ${readText(en.quota.granted({ credits: 5 }))}`);
  });

  it('tells moderators what counts for everybody, never what counts for them alone', () => {
    const community = { unfinished: [], more: false, usedToday: 31 };
    const text = (changes: Partial<QuotaStatus>) =>
      linesOf(homeView(news({ community, quota: quota(changes) }), en)).join('\n');
    expect(text({})).toContain(en.quota.rule({ limit: '20 credits a day' }));
    expect(text({ credits: 500, rule: { scope: 'member', subject: 'U1' } })).not.toContain('500 credits a day');
  });

  it('says so where there is nothing yet', () => {
    const view = homeView(news(), en);
    expect(linesOf(view)).toEqual(expect.arrayContaining([en.queue.empty, en.history.empty]));
    expect(buttonsOf(view)).toEqual([]);
  });

  it('shows what waits and is being made; what waits can be cancelled', () => {
    const unfinished = [
      queued('g1', 'generating', withPrompt('a dragon')),
      queued('g2', 'queued', withPrompt('a boat')),
    ];
    const view = homeView(news({ unfinished }), en);
    expect(linesOf(view).join('\n')).toMatch(
      /1\. lite, being made \| a dragon\n2\. lite, queued, number 1 in the queue \| a boat/,
    );
    expect(buttonsOf(view)).toEqual(['d:cancel:g2 g2']);
  });

  it('shows my latest, each with what may be asked of it', () => {
    const recent = (['delivered', 'undelivered', 'failed', 'cancelled', 'timed_out'] as const).map((state) =>
      generation(`g-${state}`, state),
    );
    const view = homeView(news({ recent }), en);
    expect(buttonsOf(view)).toEqual([
      'd:deliver:g-delivered g-delivered',
      'd:again:g-delivered g-delivered',
      'd:deliver:g-undelivered g-undelivered',
      'd:again:g-failed g-failed',
      'd:again:g-cancelled g-cancelled',
      'd:again:g-timed_out g-timed_out',
    ]);
    expect(linesOf(view).join('\n')).toContain('2026-01-01 11:59 UTC, lite, delivered | a dragon');
  });

  it('offers nothing again whose prompt has been removed', () => {
    const view = homeView(news({ recent: [generation('g1', 'delivered', withPrompt(''))] }), en);
    expect(buttonsOf(view)).toEqual(['d:deliver:g1 g1']);
    expect(linesOf(view).join('\n')).toContain(en.cards.forgotten);
  });

  it('tells moderators of the community: counts, credits used today, the quota, and whose each is', () => {
    const unfinished = [
      queued('g1', 'generating', { member: 'slack:T1/U7' }),
      queued('g2', 'queued', { member: 'slack:T1/U8' }),
      queued('g3', 'queued', { member: 'slack:T1/U8' }),
    ];
    const view = homeView(news({ community: { unfinished, more: false, usedToday: 31 } }), en);
    const lines = linesOf(view);
    const about = lines[lines.indexOf(en.home.community) + 1];
    expect(about?.split('\n').slice(0, 3)).toEqual([
      '1 being made, 2 waiting.',
      '31 credits used today.',
      en.quota.rule({ limit: '20 credits a day' }),
    ]);
    expect(lines.filter((line) => /^<@U\d>$/.test(line))).toEqual(['<@U7>', '<@U8>', '<@U8>']);
    expect(buttonsOf(view)).toEqual(['d:cancel:g2 g2', 'd:cancel:g3 g3']);
  });

  it('tells nobody else of the community', () => {
    expect(linesOf(homeView(news(), en))).not.toContain(en.home.community);
  });

  it('shows what somebody wrote as it was written: no markup, no mention, no link', () => {
    const prompt = '*bold* <!channel> <@U1> <https://evil.example|click> & :tada: https://evil.example';
    const unfinished = [queued('g1', 'queued', withPrompt(prompt))];
    const { blocks } = homeView(news({ unfinished, recent: [generation('g2', 'failed', withPrompt(prompt))] }), en);
    const markup = blocks.filter((block) => JSON.stringify(block).includes('"mrkdwn"'));
    expect(JSON.stringify(markup)).not.toContain('evil');
    const literal = JSON.stringify({ type: 'text', text: prompt });
    expect(JSON.stringify(blocks).split(literal)).toHaveLength(3);
  });

  it('keeps Slack’s limits with everything full', () => {
    const long = withPrompt('🎬'.repeat(2000));
    const many = (prefix: string, state: GenerationState) =>
      Array.from({ length: 30 }, (_, index) => queued(`${prefix}${index}`, state, long));
    const view = homeView(
      news({
        unfinished: many('a', 'queued'),
        recent: many('b', 'delivered').map((one) => one.generation),
        community: { unfinished: many('c', 'queued'), more: true, usedToday: 1e6 },
      }),
      en,
    );
    expect(problemsOfView(view)).toEqual([]);
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(buttonsOf(view)).toHaveLength(4 * MOST_LISTED);
    expect(linesOf(view).join('\n')).toContain('More than 0 being made, 30 waiting.');
    expect(JSON.stringify(view)).not.toMatch(/\\ud83c"/);
  });
});

/** A source that can be changed, and a Slack that the tab is published to. */
async function begin(changes: Partial<HomeSource> = {}) {
  const slack = await startFakeSlack();
  onTestFinished(() => slack.close());
  const clock = new VirtualClock(NOW);
  const { log, lines } = recordingLog();
  const client = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(log),
  });
  const history: Generation[] = [];
  const source: HomeSource = {
    quota: async () => news().quota,
    listUnfinished: async () => [],
    listHistory: async (_, page, size) => ({
      generations: history.slice((page - 1) * size, page * size),
      more: history.length > page * size,
    }),
    listCommunity: async () => {
      throw new DailiesError('moderators_only');
    },
    usedToday: async () => {
      throw new DailiesError('moderators_only');
    },
    ...changes,
  };
  const asked: string[] = [];
  const textsFor = (locale: string) => {
    asked.push(locale);
    return en;
  };
  const home = new Home({ textsFor, clock, log });
  home.start(source);
  const show = (viewer = ADA) =>
    home.show(viewer, (view) => client.views.publish({ user_id: viewer.member.split('/')[1] ?? '', view }));
  const shown = (user = 'U1') => linesOf(slack.state.homes.get(user)?.raw as unknown as HomeView);
  return { slack, home, show, shown, history, lines, asked };
}

describe('showing the Home tab', () => {
  it('publishes it to that person, in their language', async () => {
    const { slack, show, shown, asked } = await begin();
    await show({ ...ADA, locale: 'de-DE' });
    expect(shown()).toContain(en.quota.title);
    expect([...slack.state.homes.keys()]).toEqual(['U1']);
    expect(asked).toEqual(['de-DE']);
    expect(slack.violations).toEqual([]);
  });

  it('lists what has ended, not what is shown as unfinished already', async () => {
    const { show, shown, history } = await begin();
    history.push(generation('g1', 'queued', withPrompt('not yet')), generation('g2', 'delivered', withPrompt('done')));
    await show();
    expect(shown().join('\n')).toContain('done');
    expect(shown().join('\n')).not.toContain('not yet');
  });

  it('has the community’s part for those whom the source lets see it', async () => {
    const { show, shown, slack } = await begin({
      listCommunity: async (_, limit) => Array.from({ length: limit }, (__, index) => queued(`g${index}`, 'queued')),
      usedToday: async () => 5,
    });
    await show();
    expect(shown()).toContain(en.home.community);
    expect(shown().join('\n')).toContain('More than 0 being made, 100 waiting.\n5 credits used today.');
    expect(slack.violations).toEqual([]);
  });

  it('many times at once shows the last state, with few calls', async () => {
    let used = 0;
    const { slack, show, shown } = await begin({ quota: async () => ({ ...news().quota, used }) });
    const shows = Array.from({ length: 20 }, () => {
      used++;
      return show();
    });
    await Promise.all(shows);
    expect(shown()[1]).toMatch(/^0 of 20 credits left/);
    expect(slack.callsOf('views.publish').length).toBeLessThanOrEqual(2);
  });

  it('that goes wrong is logged, and works the next time', async () => {
    let broken = true;
    const { show, shown, lines } = await begin({
      quota: async () => {
        if (broken) throw new Error('the database is on fire');
        return news().quota;
      },
    });
    await show();
    expect(lines.join('')).toContain('the database is on fire');
    broken = false;
    await show();
    expect(shown()).toContain(en.quota.title);
  });

  it('to a workspace that has taken the app away is logged and no more', async () => {
    const { slack, show, lines } = await begin();
    slack.revoke();
    await show();
    expect(lines.join('')).toContain('token_revoked');
  });
});

describe('a member who opens the Home tab', () => {
  it('sees it, and sees it anew after a press of a button', async () => {
    let unfinished: Queued[] = [queued('g1', 'queued', withPrompt('a dragon'))];
    const source: HomeSource = {
      quota: async () => news().quota,
      listUnfinished: async () => unfinished,
      listHistory: async () => ({ generations: [], more: false }),
      listCommunity: async ({ moderator }) => {
        if (!moderator) throw new DailiesError('moderators_only');
        return unfinished;
      },
      usedToday: async () => 1,
    };
    const home = new Home({ textsFor: () => en, clock: new VirtualClock(NOW), log: recordingLog().log });
    home.start(source);
    const { fake, presses, answerWith } = await startBench({ slack: { home } });
    answerWith(() => {
      unfinished = [];
      return HANDLED;
    });
    const shown = () => linesOf(fake.state.homes.get('U1')?.raw as unknown as HomeView).join('\n');
    await fake.event({ type: 'app_home_opened', user: 'U1', channel: 'DU1', tab: 'home' });
    const view = await fake.until(() => fake.state.homes.get('U1'));
    expect(shown()).toContain('a dragon');
    expect(shown()).not.toContain(en.home.community);
    await fake.viewAction(view, { type: 'button', action_id: 'd:cancel:g1', value: 'g1' });
    await expect.poll(shown).toContain(en.queue.empty);
    expect(presses).toMatchObject([{ action: 'cancel', target: 'g1', member: 'slack:T1/U1' }]);
  });

  it('who runs the workspace sees its part too', async () => {
    const home = new Home({ textsFor: () => en, clock: new VirtualClock(NOW), log: recordingLog().log });
    home.start({
      quota: async () => news().quota,
      listUnfinished: async () => [],
      listHistory: async () => ({ generations: [], more: false }),
      listCommunity: async ({ moderator }) => {
        if (!moderator) throw new DailiesError('moderators_only');
        return [];
      },
      usedToday: async () => 7,
    });
    const { fake } = await startBench({
      slack: { home },
      fake: { users: [{ id: 'UADMIN', admin: true }] },
    });
    await fake.event({ type: 'app_home_opened', user: 'UADMIN', channel: 'DUADMIN', tab: 'home' });
    const view = await fake.until(() => fake.state.homes.get('UADMIN'));
    expect(linesOf(view.raw as unknown as HomeView).join('\n')).toContain('7 credits used today.');
  });
});
