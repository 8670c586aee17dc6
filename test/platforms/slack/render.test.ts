import { describe, expect, test } from 'vitest';
import { at, compose, mention } from '../../../src/domain/text.ts';
import { renderCard, type SlackShowing } from '../../../src/platforms/slack/render.ts';
import { problemsOf } from '../../fakes/slack/blocks.ts';
import type { Block } from '../../fakes/slack/state.ts';
import { buttonsIn, card, textIn } from './bench.ts';

const render = (
  changes: Parameters<typeof card>[0],
  clip?: { fileId: string; url: string },
  reading: Partial<SlackShowing> = {},
) => {
  const body = renderCard(card(changes), { teamId: 'T1', locale: 'en-US', shared: true, ...reading }, clip);
  const blocks = body.blocks as unknown as Block[];
  expect(problemsOf(blocks, 'message')).toEqual([]);
  return { ...body, blocks };
};

test('title, text, prompt, facts, notes and buttons each have their place', () => {
  const { text, blocks } = render({
    tone: 'done',
    title: 'Your video',
    text: 'Enjoy.',
    prompt: 'a dragon',
    fields: [{ label: 'Model', value: 'Lite' }],
    notes: ['small'],
    buttons: [{ action: 'again', target: 'g1', label: 'Again', style: 'primary' }],
  });
  expect(blocks.map(({ type }) => type)).toEqual([
    'header',
    'rich_text',
    'rich_text',
    'rich_text',
    'context',
    'actions',
  ]);
  expect(text).toContain('Your video');
  expect(buttonsIn(blocks)).toMatchObject([{ value: 'g1', style: 'primary' }]);
});

test('text from outside makes no mention, link, date or format', () => {
  const evil = '<!channel> <@U1> *bold* <https://evil.example|here> & <!date^1^{date}|x>';
  const { text, blocks } = render({ title: evil, text: evil, notes: [evil], fields: [{ label: evil, value: evil }] });
  expect(text).toContain('&lt;!channel&gt; &lt;@U1&gt;');
  expect(text).not.toContain('<!channel>');
  expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
  expect(textIn(blocks).split(evil)).toHaveLength(6);
});

test('a name makes no mention, whatever somebody calls themselves', () => {
  const name = '<!channel> \u0002member:slack:T1/U3\u0003 <@U3>';
  const ben = mention('member', 'slack:T1/U2');
  const { text, blocks } = render({ text: ben, notes: [ben] }, undefined, { names: new Map([['U2', name]]) });
  expect(blocks[1]?.elements).toMatchObject([{ elements: [{ type: 'link', text: `@${name}` }] }]);
  expect(blocks.at(-1)?.elements).toEqual([{ type: 'plain_text', text: `@${name}`, emoji: false }]);
  expect(text).not.toMatch(/<[!@]/);
});

test('small print with a moment in it has no format either', () => {
  const moment = at(Date.UTC(2026, 0, 1, 12), 'time');
  const { blocks } = render({ notes: [compose`Until ${moment} & later`, compose`*Until* ${moment}`] });
  expect(blocks.at(-1)?.elements).toEqual([
    { type: 'mrkdwn', text: 'Until <!date^1767268800^{time}|2026-01-01 12:00 UTC> &amp; later', verbatim: true },
    { type: 'plain_text', text: '*Until* 2026-01-01 12:00 UTC', emoji: false },
  ]);
});

test('a prompt is literal text, where nothing is markup', () => {
  const prompt = '*bold* <!here> https://evil.example @channel';
  const { blocks } = render({ prompt });
  expect(blocks).toContainEqual({
    type: 'rich_text',
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: prompt }] }],
  });
});

test('a long prompt is shortened, and a button carries it whole', () => {
  const prompt = 'dragons & <towers> '.repeat(100).slice(0, 1900);
  const { blocks } = render({ prompt });
  expect(textIn(blocks)).toContain('…');
  expect(textIn(blocks).length).toBeLessThan(500);
  expect(buttonsIn(blocks)).toMatchObject([{ action_id: 'd:details', value: prompt }]);
});

test('a moment is shown by the reader’s own clock', () => {
  const { blocks } = render({ text: compose`Back ${at(Date.UTC(2026, 0, 1, 12), 'relative')}.` });
  expect(blocks[1]?.elements).toMatchObject([
    { elements: [{ text: 'Back ' }, { type: 'date', timestamp: 1_767_268_800, format: '{ago}' }, { text: '.' }] },
  ]);
});

test('a bar grows with the tenths of the expected time, and only then', () => {
  const expected = { low: 1000, median: 2000, high: 3000 };
  expect(textIn(render({ progress: { startedAt: 0, expected, tenths: 3 } }).blocks)).toContain('▓▓▓░░░░░░░');
  expect(textIn(render({ progress: { startedAt: 0 } }).blocks)).not.toContain('░');
});

test('a clip is linked, and the message says which file it is', () => {
  const { blocks } = render({}, { fileId: 'F1', url: 'https://fake.slack.com/archives/C1/p1|x>' });
  expect(blocks).toMatchObject([
    {},
    { block_id: 'clip-F1', text: { text: expect.stringMatching(/^<https:[^|>]*\|/) } },
  ]);
});

describe('limits', () => {
  test('whatever a card holds, Slack takes it', () => {
    const long = '<&>'.repeat(5_000);
    const button = { action: 'cancel', label: long, style: 'danger' } as const;
    render({
      title: long,
      text: long,
      prompt: long,
      fields: [{ label: 'a', value: long }],
      items: Array.from({ length: 30 }, () => ({ title: long, text: long })),
      notes: Array.from({ length: 30 }, () => long),
      buttons: Array.from({ length: 40 }, (_, index) => ({ ...button, target: `g${index}` })),
      video: { name: 'a.mp4', link: `https://a.example/${'x'.repeat(5_000)}` },
    });
  });

  test('a card of nothing is still a message', () => {
    expect(render({ title: '' }).text).not.toBe('');
  });
});
