import { describe, expect, test } from 'vitest';
import { memberId } from '../../../../src/domain/ids.ts';
import { at, compose } from '../../../../src/domain/text.ts';
import english from '../../../../src/locales/en.json' with { type: 'json' };
import { announce, ChannelMessages } from '../../../../src/platforms/web/page/channel-messages.ts';
import { safeLink } from '../../../../src/platforms/web/page/clip.ts';
import { Names } from '../../../../src/platforms/web/page/names.ts';
import { useWords } from '../../../../src/platforms/web/page/page-words.ts';
import { scaleOf } from '../../../../src/platforms/web/page/progress.ts';
import { relativeTime, stopwatch } from '../../../../src/platforms/web/page/times.ts';
import { foresee, readValue, readValues } from '../../../../src/platforms/web/page/values.ts';
import type { WireMessage, WireOption } from '../../../../src/platforms/web/wire.ts';
import { cardOf } from '../playground.ts';

useWords(english.page);

const option = (given: Partial<WireOption>): WireOption => ({
  name: 'x',
  description: 'What x is',
  type: 'string',
  required: false,
  ...given,
});

describe('values', () => {
  test('are sent in the type of their option', () => {
    expect(readValue(option({}), ' as typed ')).toEqual({ value: ' as typed ' });
    expect(readValue(option({ type: 'integer' }), ' 42 ')).toEqual({ value: 42 });
    expect(readValue(option({ type: 'boolean' }), 'Yes')).toEqual({ value: true });
    expect(readValue(option({ type: 'boolean' }), 'off')).toEqual({ value: false });
    expect(readValue(option({ type: 'integer', choices: [{ name: '5 s', value: 5 }] }), '5')).toEqual({ value: 5 });
    expect(readValue(option({ choices: [{ name: 'Pro', value: 'pro' }] }), 'PRO')).toEqual({ value: 'pro' });
  });

  test('that cannot be sent say what would be right', () => {
    const limits = { type: 'integer', minimum: 0, maximum: 9 } as const;
    expect(readValue(option(limits), 'many')).toEqual({ problem: 'x must be a whole number from 0 to 9.' });
    expect(readValue(option(limits), '1.5')).toEqual({ problem: 'x must be a whole number from 0 to 9.' });
    expect(readValue(option(limits), '12')).toEqual({ problem: 'x must be a whole number from 0 to 9.' });
    expect(readValue(option({ type: 'boolean' }), 'maybe')).toEqual({ problem: 'x must be true or false.' });
  });

  test('that only the server can judge are sent; of a text that is too long the page only warns', () => {
    const choices = [{ name: 'Pro', value: 'pro' }];
    expect(readValue(option({ choices, suggested: true }), 'huge')).toEqual({ value: 'huge' });
    expect(foresee(option({ type: 'integer', minimum: 0, maximum: 9 }), '12')).toBe(
      'x must be a whole number from 0 to 9.',
    );
    expect(foresee(option({ maximumLength: 3 }), 'four')).toBe('x has 4 characters; the most is 3.');
    expect(foresee(option({ maximumLength: 3 }), '🐉🐉🐉')).toBeUndefined();
  });

  test('that are missing are named; empty ones that are not needed are left out', () => {
    const command = { name: 'c', description: '', options: [option({ required: true }), option({ name: 'y' })] };
    const read = readValues(command, new Map([['y', ' ']]));
    expect(read.values).toEqual({});
    expect([...read.problems]).toEqual([['x', 'x is needed: what x is.']]);
  });

  test('that a typed line names without a value are a mistake, unless they are free text', () => {
    const choices = [{ name: 'Pro', value: 'pro' }];
    const options = [option({ name: 'model', choices, suggested: true }), option({ name: 'reason' })];
    const command = { name: 'c', description: '', options };
    const texts = new Map([
      ['model', ''],
      ['reason', ''],
    ]);
    expect([...readValues(command, texts, true).problems]).toEqual([['model', 'model must be pro.']]);
    expect(readValues(command, texts).problems.size).toBe(0);
  });
});

describe('progress', () => {
  test('is a stretch of time that ends after the measured span', () => {
    const scale = scaleOf(20_000, { low: 30_000, high: 40_000 });
    expect(scale.elapsed).toBeCloseTo(43.48, 1);
    expect(scale.low).toBeCloseTo(65.2, 1);
    expect(scale.high).toBeCloseTo(86.96, 1);
  });

  test('that takes longer stretches the time, so that the bar never ends before it does', () => {
    const scale = scaleOf(80_000, { low: 30_000, high: 40_000 });
    expect(scale).toEqual({ elapsed: 100, low: 37.5, high: 50 });
  });
});

test('times are in words', () => {
  const now = Date.UTC(2025, 10, 21);
  expect(relativeTime(now + 40_000, now)).toBe('in 40 seconds');
  expect(relativeTime(now + 5 * 60_000, now)).toBe('in 5 minutes');
  expect(relativeTime(now - 3 * 3_600_000, now)).toBe('3 hours ago');
  expect(relativeTime(now + 86_400_000, now)).toBe('tomorrow');
  expect([0, 7000, 750_000, 3_900_000, -5].map(stopwatch)).toEqual(['0:00', '0:07', '12:30', '1:05:00', '0:00']);
});

test('a link leads to the web or nowhere', () => {
  expect(safeLink('https://bot.example/v.mp4')).toBe('https://bot.example/v.mp4');
  expect(safeLink('javascript:alert(1)')).toBeUndefined();
  expect(safeLink('')).toBeUndefined();
});

const names = new Names();
names.know({
  people: [{ id: memberId('web', 'ada'), name: 'Ada', moderator: false, roles: [] }],
  roles: [{ id: 'crew', name: 'the crew' }],
  channels: [{ id: 'general', name: 'general', topic: '' }],
});

const message = (id: string, createdAt: number, more: Partial<WireMessage> = {}): WireMessage => ({
  id,
  channel: 'general',
  member: 'web:ada',
  said: '/quota',
  onlyYou: false,
  createdAt,
  ...more,
});

describe('the channel on the page', () => {
  test('puts messages in the order in which they were said', () => {
    const channel = new ChannelMessages();
    channel.setAll([message('a', 1), message('c', 3)], 'general');
    expect(channel.put(message('b', 2)).index).toBe(1);
    expect(channel.put(message('d', 3)).index).toBe(3);
    expect(channel.messages.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('does not let an older list undo what came by itself', () => {
    const channel = new ChannelMessages();
    channel.put(message('old', 1));
    channel.expectAll();
    channel.put(message('a', 2, { card: cardOf({ title: 'newer' }) }));
    channel.put(message('b', 3));
    channel.setAll([message('a', 2, { card: cardOf({ title: 'older' }) })], 'general');
    expect(channel.messages.map(({ id, card }) => [id, card?.title])).toEqual([
      ['a', 'newer'],
      ['b', undefined],
    ]);
  });
});

describe('what a screen reader is told', () => {
  const working = message('a', 1, { card: cardOf({ tone: 'working', title: 'Making the video' }) });

  test('each new state once', () => {
    expect(announce(undefined, message('a', 1), names, 0)).toBe('Ada: /quota');
    expect(announce(message('a', 1), working, names, 0)).toBe('Dailies, to Ada: Making the video');
    expect(announce(working, { ...working, usually: 'usually 30 s' }, names, 0)).toBeUndefined();
  });

  test('a private answer as one', () => {
    const answer = message('a', 1, {
      onlyYou: true,
      card: cardOf({ title: '12 left', text: compose`They come back ${at(3_600_000, 'relative')}.` }),
    });
    expect(announce(undefined, answer, names, 0)).toBe('Dailies, to you only: 12 left. They come back in 1 hour.');
  });
});
