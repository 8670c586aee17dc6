import { describe, expect, it } from 'vitest';
import { LONGEST_MS, parseCredits, parseEnd, parseLength } from '../../commands/option-texts.ts';
import { badValue } from '../../commands/read-options.ts';
import { MOST_CREDITS } from '../../src/domain/rule.ts';
import { AT_ONCE_MS, processorMs } from '../support/processor.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 5, 15, 12);

describe('credits', () => {
  it.each([
    ['0', 0],
    ['5', 5],
    [' 20 ', 20],
    ['007', 7],
    ['２０', 20],
    [String(MOST_CREDITS), MOST_CREDITS],
    ['unlimited', null],
    ['Unlimited', null],
    ['unbegrenzt', null],
    ['ilimitado', null],
    ['無制限', null],
  ])('“%s” are %s', (text, credits) => {
    expect(parseCredits(text)).toBe(credits);
  });

  it.each([
    '',
    ' ',
    '-1',
    '+1',
    '1.5',
    '1,5',
    '1e3',
    '0x10',
    'five',
    '5 credits',
    'NaN',
    'Infinity',
    'null',
    '9'.repeat(30),
  ])('“%s” are none', (text) => {
    expect(parseCredits(text)).toBeUndefined();
  });

  it('are at most so many', () => {
    expect(parseCredits(String(MOST_CREDITS + 1))).toBeUndefined();
  });
});

describe('a length of time', () => {
  it.each([
    ['30m', 30 * MINUTE],
    ['12h', 12 * HOUR],
    ['7d', 7 * DAY],
    ['2w', 14 * DAY],
    ['1d 12h', 36 * HOUR],
    ['1d12h30m', 36 * HOUR + 30 * MINUTE],
    ['1 day', DAY],
    ['2 weeks, 3 days', 17 * DAY],
    [' 90 Minutes ', 90 * MINUTE],
    ['1 Tag', DAY],
    ['2 Wochen', 14 * DAY],
    ['3 días', 3 * DAY],
    ['1週間', 7 * DAY],
    ['2時間30分', 150 * MINUTE],
    ['７d', 7 * DAY],
  ])('“%s” is over in time', (text, length) => {
    expect(parseLength(text, NOW)).toBe(NOW + length);
  });

  it.each([
    '',
    '7',
    'd',
    '0d',
    '0m 0h',
    '-7d',
    '1.5h',
    '7x',
    '7d garbage',
    'tomorrow',
    '1d-2h',
    '7dd',
    '99999999999d',
    '5 months',
  ])('“%s” is none', (text) => {
    expect(parseLength(text, NOW)).toBeUndefined();
  });

  it('has a longest', () => {
    expect(parseLength(`${LONGEST_MS / DAY}d`, NOW)).toBe(NOW + LONGEST_MS);
    expect(parseLength(`${LONGEST_MS / DAY + 1}d`, NOW)).toBeUndefined();
  });

  it('is read at once, however it is made', () => {
    const made = ['1d '.repeat(50_000), `${'1d'.repeat(33)}!`, `1${' '.repeat(90)}d`, '1'.repeat(1_000_000)];
    for (const text of made) {
      const taken = processorMs(() => expect(parseLength(text, NOW)).toBeUndefined());
      expect(taken).toBeLessThan(AT_ONCE_MS);
    }
  });
});

describe('an end', () => {
  it('may be a length of time', () => {
    expect(parseEnd('12h', NOW, 'UTC')).toBe(NOW + 12 * HOUR);
  });

  it.each([
    ['UTC', Date.UTC(2026, 11, 31, 23, 59, 59)],
    ['Europe/Berlin', Date.UTC(2026, 11, 31, 22, 59, 59)],
    ['Asia/Tokyo', Date.UTC(2026, 11, 31, 14, 59, 59)],
  ])('may be a date, whose last second is meant in %s', (timeZone, end) => {
    expect(parseEnd('2026-12-31', NOW, timeZone)).toBe(end);
  });

  it('may be today', () => {
    expect(parseEnd('2026-06-15', NOW, 'UTC')).toBe(Date.UTC(2026, 5, 15, 23, 59, 59));
  });

  it.each(['2026-06-14', '2020-01-01', '2026-02-30', '2026-13-01', '9999-12-31', '31.12.2026', '12/31/2026', 'never'])(
    'is not “%s”',
    (text) => {
      expect(parseEnd(text, NOW, 'UTC')).toBeUndefined();
    },
  );
});

it('what does not fit is repeated short and without control characters', () => {
  const { code, params } = badValue('credits', `a\u0002${'b'.repeat(100)}`, 'a number');
  expect({ code, params }).toEqual({
    code: 'option_value',
    params: { option: 'credits', value: `a${'b'.repeat(49)}…`, expected: 'a number' },
  });
});
