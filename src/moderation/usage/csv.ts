import { stringify } from 'csv-stringify/sync';

/** One line of the export: a generation, at the time at which it was asked for. */
export interface UsageRow {
  /** In ms. */
  time: number;
  member: string;
  channel: string;
  model: string;
  seconds: number;
  credits: number;
  state: string;
  /** The code of why there is no video; null where there is one. */
  failure: string | null;
}

const COLUMNS = ['time', 'member', 'channel', 'model', 'seconds', 'credits', 'state', 'failure'] as const;

/**
 * The export as a file: CSV by RFC 4180, in UTF-8 with a byte order mark, without which spreadsheet programs read
 * another encoding. Text that such a program would run as a formula gets an apostrophe before it.
 */
export function usageCsv(rows: readonly UsageRow[]): string {
  return stringify(
    rows.map((row) => ({ ...row, time: new Date(row.time).toISOString() })),
    { header: true, columns: [...COLUMNS], bom: true, record_delimiter: 'windows', escape_formulas: true },
  );
}
