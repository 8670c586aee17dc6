import { describe, expect, test } from 'vitest';
import { memberId } from '../../../../src/domain/ids.ts';
import { at, compose, mention } from '../../../../src/domain/text.ts';
import english from '../../../../src/locales/en.json' with { type: 'json' };
import { fittingCommands } from '../../../../src/platforms/web/page/command-list.ts';
import { itemsOf } from '../../../../src/platforms/web/page/fields.ts';
import { completionsOf, missingOptions, openValueOf } from '../../../../src/platforms/web/page/line-completion.ts';
import { Names } from '../../../../src/platforms/web/page/names.ts';
import { useWords } from '../../../../src/platforms/web/page/page-words.ts';
import { plainText } from '../../../../src/platforms/web/page/rich-text.ts';
import { readValue } from '../../../../src/platforms/web/page/values.ts';
import type { WireCommand, WireOption } from '../../../../src/platforms/web/wire.ts';

useWords(english.page);

const MEMBER: WireOption = {
  name: 'member',
  description: 'Who it is about',
  type: 'member',
  required: false,
  choices: [
    { name: 'Ada', value: 'web:ada' },
    { name: 'Adam Bell', value: 'web:bell' },
    { name: 'Mo', value: 'web:mo' },
  ],
};
const PER: WireOption = {
  name: 'per',
  description: 'In which time',
  type: 'string',
  required: false,
  choices: ['hour', 'day'].map((value) => ({ name: `a ${value}`, value })),
};
const REASON: WireOption = { name: 'reason', description: 'Why', type: 'string', required: false };

const command = (name: string, options: WireOption[] = []): WireCommand => ({ name, description: name, options });
const COMMANDS = [
  command('video', [REASON]),
  command('quota'),
  command('history'),
  command('history forget'),
  command('moderate block', [MEMBER, REASON]),
  command('moderate quota set', [MEMBER, PER]),
  command('moderate quota list'),
  command('moderate pause'),
];

describe('the list of commands', () => {
  const listed = (typed: string) => fittingCommands(typed, COMMANDS).map(({ label, group }) => [group, label]);

  test('is gathered by the words that commands share, in the order of the commands', () => {
    expect(listed('/')).toEqual([
      ['Everyone', '/video'],
      ['Everyone', '/quota'],
      ['Everyone', '/history'],
      ['Everyone', '/history forget'],
      ['/moderate', '/moderate block'],
      ['/moderate', '/moderate pause'],
      ['/moderate quota', '/moderate quota set'],
      ['/moderate quota', '/moderate quota list'],
    ]);
  });

  test.each([
    ['/moderate q', ['/moderate quota set', '/moderate quota list']],
    ['/MODERATE P', ['/moderate pause']],
    ['/quota', ['/quota', '/moderate quota set', '/moderate quota list']],
    ['/quo li', ['/moderate quota list']],
    ['/mod set', ['/moderate quota set']],
    ['/set mod', []],
    ['/q', ['/quota']],
    ['/history ', ['/history forget']],
    ['/moderate pause ', []],
    ['/video a list', []],
    ['/nothing', []],
    ['quota', []],
    ['', []],
  ])('has for “%s” %j', (typed, labels) => {
    expect(listed(typed).map(([, label]) => label)).toEqual(labels);
  });
});

describe('a value at the end of a line', () => {
  const completed = (line: string) => {
    const open = openValueOf(line, COMMANDS);
    return open && completionsOf(open, itemsOf(open.option) ?? []).map(({ value }) => `${open.before}${value}`);
  };

  test('is completed by name or by id, with or without its sign', () => {
    const ada = ['/moderate block member:Ada', '/moderate block member:Adam Bell'];
    expect(completed('/moderate block member:')).toHaveLength(3);
    for (const typed of ['ad', 'AD', '@ad']) expect(completed(`/moderate block member:${typed}`)).toEqual(ada);
    expect(completed('/moderate block member:web:m')).toEqual(['/moderate block member:Mo']);
    expect(completed('/moderate quota set per:d')).toEqual(['/moderate quota set per:day']);
  });

  test('is left alone when it is whole, when nothing fits, and when it is words', () => {
    expect(completed('/moderate block member:mo')).toEqual([]);
    expect(completed('/moderate block member:web:mo')).toEqual([]);
    expect(completed('/moderate block member:eve')).toEqual([]);
    for (const line of ['/moderate block reason:', '/moderate block member:mo ', '/nothing member:', 'member:']) {
      expect(completed(line)).toBeUndefined();
    }
  });

  test('comes after a reminder of what else can be said', () => {
    expect(missingOptions('/moderate block ', COMMANDS)).toBe('You can add member: reason:');
    expect(missingOptions('/moderate block member:mo', COMMANDS)).toBe('You can add reason:');
    expect(missingOptions('/quota ', COMMANDS)).toBe('quota');
    expect(missingOptions('/moderate bl', COMMANDS)).toBeUndefined();
    expect(missingOptions('/quota', COMMANDS)).toBeUndefined();
  });
});

test('somebody is named by name or id, and nobody else is', () => {
  for (const text of ['Ada', 'ada', '@Ada', ' web:ada ', 'WEB:ADA']) {
    expect(readValue(MEMBER, text)).toEqual({ value: 'web:ada' });
  }
  for (const text of ['eve', '@', 'web:eve', 'Ada Lovelace']) {
    expect(readValue(MEMBER, text)).toEqual({ problem: 'member must be Ada, Adam Bell, or Mo.' });
  }
});

test('in words only, a text has names and times in the place of its parts', () => {
  const names = new Names();
  names.know({
    people: [{ id: memberId('web', 'ada'), name: 'Ada', moderator: false, roles: [] }],
    roles: [{ id: 'crew', name: 'the crew' }],
    channels: [{ id: 'general', name: 'general', topic: '' }],
  });
  const text = compose`${mention('member', 'web:ada')}, ${mention('role', 'crew')}, ${mention('channel', 'general')}`;
  expect(plainText(compose`${text} ${at(60_000, 'relative')}`, 0, names)).toBe('@Ada, @the crew, #general in 1 minute');
  expect(plainText(compose`${mention('member', 'crew')} ${mention('channel', 'secret')}`, 0, names)).toBe(
    'crew secret',
  );
});
