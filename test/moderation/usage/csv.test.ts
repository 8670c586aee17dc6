import { describe, expect, it } from 'vitest';
import { type UsageRow, usageCsv } from '../../../src/moderation/usage/csv.ts';

const row = (more: Partial<UsageRow> = {}): UsageRow => ({
  time: Date.parse('2026-11-21T12:00:00.500Z'),
  member: 'discord:1',
  channel: 'discord:2',
  model: 'pro',
  seconds: 10,
  credits: 6,
  state: 'delivered',
  failure: null,
  ...more,
});
const HEAD = '\ufefftime,member,channel,model,seconds,credits,state,failure\r\n';

describe('the export', () => {
  it('has a byte order mark, a head and lines that end as RFC 4180 says', () => {
    expect(usageCsv([row(), row({ state: 'failed', failure: 'timed_out' })])).toBe(
      `${HEAD}2026-11-21T12:00:00.500Z,discord:1,discord:2,pro,10,6,delivered,\r\n` +
        '2026-11-21T12:00:00.500Z,discord:1,discord:2,pro,10,6,failed,timed_out\r\n',
    );
  });

  it('has its head when there is nothing else', () => {
    expect(usageCsv([])).toBe(HEAD);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x","y")', '＝1'])(
    'never lets %j begin a cell',
    (member) => {
      const cell = usageCsv([row({ member })])
        .slice(HEAD.length)
        .split(',')[1];
      expect(cell).toMatch(/^"?'/);
    },
  );

  it('quotes commas, quotes and line breaks', () => {
    expect(usageCsv([row({ channel: 'a,"b"\r\nc' })])).toContain(',"a,""b""\r\nc",');
  });
});
