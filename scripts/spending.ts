/** `npm run spending -- --days 30`: what the videos of the last days have cost, by day and by model. */
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../src/config/config.ts';
import { PROVIDERS } from '../src/providers/index.ts';
import { openForReading } from '../src/store/open-for-reading.ts';
import { Spending, type Spent } from '../src/store/spending.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = '30';
const MOST_DAYS = 36_500;

const HEAD = ['Day (UTC)', 'Model', 'Videos', 'Credits', 'US dollars'];

async function main(): Promise<void> {
  const days = readDays();
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { DATABASE_URL } = readConfig(process.env, PROVIDERS);
  const today = Math.floor(Date.now() / DAY_MS);
  const { db, close } = await openForReading(DATABASE_URL);
  try {
    const spent = await new Spending(db).list((today - days + 1) * DAY_MS);
    for (const line of spent.length > 0 ? table(spent) : [`No videos in the last ${days} days.`]) console.log(line);
  } finally {
    await close();
  }
}

/** @throws {Error} in a line for anything but a whole number of days. */
function readDays(): number {
  const { values } = parseArgs({ options: { days: { type: 'string', default: USUAL_DAYS } } });
  const days = /^\d{1,5}$/.test(values.days) ? Number(values.days) : 0;
  if (days >= 1 && days <= MOST_DAYS) return days;
  throw new Error(`expected --days with a whole number from 1 to ${MOST_DAYS}, found ${JSON.stringify(values.days)}`);
}

/** A line for each day and model, then one for each model, then one for all. */
function table(spent: readonly Spent[]): string[] {
  const byModel = [...Map.groupBy(spent, ({ model }) => model)].toSorted(([a], [b]) => a.localeCompare(b));
  const rows = [
    ...spent.map((row) => rowOf(new Date(row.day).toISOString().slice(0, 10), row.model, [row])),
    ...byModel.map(([model, parts]) => rowOf('All days', model, parts)),
    rowOf('All days', 'All', spent),
  ];
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const toLine = (row: readonly string[]) =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const unpriced = sum(spent, 'unpriced');
  return [
    ...[HEAD, ...rows].map(toLine),
    ...(unpriced > 0
      ? [`The provider gave no price for ${unpriced} of these videos, so the dollars leave them out.`]
      : []),
  ];
}

function rowOf(day: string, model: string, parts: readonly Spent[]): string[] {
  return [day, model, String(sum(parts, 'videos')), String(sum(parts, 'credits')), sum(parts, 'usd').toFixed(2)];
}

function sum(parts: readonly Spent[], what: 'videos' | 'credits' | 'usd' | 'unpriced'): number {
  return parts.reduce((total, part) => total + part[what], 0);
}

main().catch((error: unknown) => {
  const lines =
    error instanceof ConfigError ? error.problems : [error instanceof Error ? error.message : String(error)];
  for (const line of lines) console.error(`Nothing was added up. ${line}`);
  process.exit(1);
});
