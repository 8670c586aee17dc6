import { describe, expect, test } from 'vitest';
import { at, compose } from '../../../src/domain/text.ts';
import { renderCard } from '../../../src/platforms/discord/render.ts';
import { messageProblems } from '../../fakes/discord/rules.ts';
import { card, startBench } from './bench.ts';

const HERE = { locale: 'en-US' };
const description = (changes: Parameters<typeof card>[0]) => renderCard(card(changes), HERE).embeds[0]?.description;

describe('a card on Discord', () => {
  test('pings nobody and carries its buttons, five in a row', () => {
    const buttons = Array.from({ length: 7 }, (_, index) => ({
      action: 'again',
      target: `g${index}`,
      label: 'Again',
      style: 'plain' as const,
    }));
    const body = renderCard(card({ buttons }), HERE);
    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(body.components.map(({ components }) => components.length)).toEqual([5, 2]);
  });

  test.each([
    ['bold **text** and _italic_', '> bold \\*\\*text\\*\\* and \\_italic\\_'],
    ['a backslash \\*', '> a backslash \\\\\\*'],
    ['`code` ~~gone~~ ||hidden||', '> \\`code\\` \\~\\~gone\\~\\~ \\|\\|hidden\\|\\|'],
    ['<@123> <#4> <t:1:R> [a](b)', '> \\<@123> \\<#4> \\<t:1:R> \\[a\\](b)'],
    ['see https://evil.example', '> see https\\://evil.example'],
    ['# heading\n- list\n1. first\n> quoted', '> \\# heading\n> \\- list\n> 1\\. first\n> \\> quoted'],
    ['@everyone and @here', '> @\u200beveryone and @\u200bhere'],
  ])('shows the prompt as it was typed: %s', (prompt, shown) => {
    expect(description({ prompt })).toBe(shown);
  });

  test('has moments in the reader’s own clock', () => {
    const ms = 1_700_000_000_000;
    const text = compose`back ${at(ms, 'relative')}, ${at(ms, 'time')}, ${at(ms, 'date')}`;
    expect(description({ text })).toBe('back <t:1700000000:R>, <t:1700000000:t>, <t:1700000000:f>');
  });

  test('says since when, and until when only if that was measured', () => {
    const startedAt = 1_700_000_000_000;
    expect(description({ progress: { startedAt } })).toBe('Started <t:1700000000:R>');
    const expected = { low: 30_000, median: 40_000, high: 50_000 };
    expect(description({ progress: { startedAt, expected } })).toBe('Started <t:1700000000:R> · usually takes 30–50 s');
  });

  test('has a bar of measured time, and none where nothing was measured', () => {
    const startedAt = 1_700_000_000_000;
    const expected = { low: 30_000, median: 40_000, high: 50_000 };
    const bar = (tenths: number) => description({ progress: { startedAt, expected, tenths } })?.split('\n')[0];
    expect([bar(0), bar(3), bar(9)]).toEqual(['▱▱▱▱▱▱▱▱▱▱', '▰▰▰▱▱▱▱▱▱▱', '▰▰▰▰▰▰▰▰▰▱']);
    expect(description({ progress: { startedAt } })).not.toMatch(/[▰▱%]/);
  });

  test('lists things one below the other, with what people wrote made harmless', () => {
    const items = [
      { title: '1. lite, waiting', text: 'a *dragon*' },
      { title: '2. pro, being made', text: '@everyone' },
    ];
    expect(renderCard(card({ items }), HERE).embeds[0]?.fields).toEqual([
      { name: '1\\. lite, waiting', value: 'a \\*dragon\\*', inline: false },
      { name: '2\\. pro, being made', value: '@\u200beveryone', inline: false },
    ]);
  });

  test('shows moments in a list where Discord shows them: never in the name of a field', () => {
    const items = [
      { title: '1. lite, waiting', text: 'a dragon' },
      { title: compose`2. pro, since ${at(60_000, 'time')}`, text: 'a fox' },
    ];
    expect(renderCard(card({ items }), HERE).embeds[0]?.fields).toEqual([
      { name: '\u200b', value: '-# 1\\. lite, waiting\na dragon', inline: false },
      { name: '\u200b', value: '-# 2\\. pro, since <t:60:t>\na fox', inline: false },
    ]);
  });

  test('shows the link to a clip as it is, and no other text as a link', () => {
    const link = 'https://example.com/media/a_b_c.mp4?sig=x_y';
    expect(renderCard(card({ video: { name: 'a.mp4', link } }), HERE).content).toBe(link);
    expect(renderCard(card({ video: { name: 'a.mp4', link: 'javascript:alert(1)' } }), HERE).content).toBe('');
  });

  test('fits Discord’s limits, however much it says', () => {
    const many = 'word_ '.repeat(1000);
    const body = renderCard(
      card({
        title: many,
        text: many,
        prompt: '*\n'.repeat(1000),
        fields: Array.from({ length: 30 }, () => ({ label: many, value: many })),
        notes: Array.from({ length: 20 }, () => many),
        items: Array.from({ length: 12 }, () => ({ title: many, text: many })),
        progress: { startedAt: 0, expected: { low: 1, median: 2, high: 3 }, tenths: 5 },
        buttons: [{ action: 'again', target: 'x'.repeat(80), label: many, style: 'danger' }],
      }),
      HERE,
    );
    expect(messageProblems({ ...body }, [], [])).toEqual([]);
    expect(body.embeds[0]?.description).toContain('…');
  });

  test('is never sent with a button that Discord would refuse', () => {
    const buttons = [{ action: 'again', target: 'x'.repeat(100), label: 'Again', style: 'plain' as const }];
    expect(() => renderCard(card({ buttons }), HERE)).toThrow(RangeError);
  });

  test('keeps mentions from ringing in every message that is sent', async () => {
    const { fake, open, discord, answerWith } = await startBench();
    const loud = card({ title: '@everyone', text: '<@1> @here', prompt: '@everyone https://evil.example' });
    const { ref } = await open();
    await discord.update(ref, loud);
    answerWith({ kind: 'card', audience: 'requester', card: loud });
    await fake.slash({ name: 'video' }).followUp();
    expect(fake.edits).toHaveLength(2);
    for (const { body } of fake.edits) {
      expect(body.allowed_mentions).toEqual({ parse: [] });
      expect(JSON.stringify(body)).not.toMatch(/@everyone|@here|https:\/\/evil|[^\\]<@/);
    }
  });
});
