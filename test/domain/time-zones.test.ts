import { describe, expect, it } from 'vitest';
import { periodAround } from '../../src/domain/period.ts';
import { findTimeZone, nearestTimeZones, TIME_ZONES } from '../../src/domain/time-zones.ts';

const NOW = Date.UTC(2026, 6, 15, 12);

describe('the known time zones', () => {
  it('are all there once, and periods can be counted in each of them', () => {
    expect(new Set(TIME_ZONES).size).toBe(TIME_ZONES.length);
    expect(TIME_ZONES).toEqual(expect.arrayContaining(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata']));
    for (const zone of TIME_ZONES) {
      const { start, end } = periodAround(NOW, 'day', zone);
      expect(start <= NOW && NOW < end, zone).toBe(true);
    }
  });

  it('have the names of today, which mean the same as those of old', () => {
    for (const [old, today] of [
      ['Asia/Calcutta', 'Asia/Kolkata'],
      ['Europe/Kiev', 'Europe/Kyiv'],
      ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
      ['America/Godthab', 'America/Nuuk'],
    ] as const) {
      expect(TIME_ZONES).toContain(today);
      expect(TIME_ZONES).not.toContain(old);
      expect(periodAround(NOW, 'day', today)).toEqual(periodAround(NOW, 'day', old));
    }
  });
});

describe('a time zone is found', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['  EUROPE/BERLIN ', 'Europe/Berlin'],
    ['America/New York', 'America/New_York'],
    ['ｕｔｃ', 'UTC'],
    ['asia/calcutta', 'Asia/Kolkata'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
  ])('%j: %s', (name, zone) => {
    expect(findTimeZone(name)).toBe(zone);
  });

  it.each([
    '',
    ' ',
    '+01:00',
    '-05',
    'Berlin',
    'Mars/Olympus',
    'Europe/Berlin\u0000',
    'constructor',
    'x'.repeat(10_000),
  ])('not by %j', (name) => {
    expect(findTimeZone(name)).toBeUndefined();
  });
});

describe('for a name that is not known, the nearest are', () => {
  it.each([
    ['Berlin', ['Europe/Berlin']],
    ['new york', ['America/New_York']],
    ['Europe/Belrin', ['Europe/Berlin']],
    ['America/Berlin', ['Europe/Berlin']],
    ['Amerika/New_York', ['America/New_York']],
    ['tokio', ['Asia/Tokyo']],
    ['Argentina/', ['America/Argentina/Buenos_Aires', 'America/Argentina/Catamarca', 'America/Argentina/Cordoba']],
    ['', []],
    ['x', []],
    ['+01:00', []],
    ['the moon', []],
    ['x'.repeat(10_000), []],
  ])('of %j: %j', (name, nearest) => {
    expect(nearestTimeZones(name)).toEqual(nearest);
  });
});
