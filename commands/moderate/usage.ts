import type { Card, CardFile } from '../../src/domain/card.ts';
import { MODELS } from '../../src/domain/models.ts';
import { join, mention, type Text } from '../../src/domain/text.ts';
import type { Texts } from '../../src/locales/texts.ts';
import { USAGE_PERIODS, type UsagePeriod } from '../../src/moderation/usage/calendar.ts';
import { usageCsv } from '../../src/moderation/usage/csv.ts';
import { drawUsage, markOf } from '../../src/moderation/usage/picture.ts';
import { exportUsage, readUsage } from '../../src/moderation/usage/read-usage.ts';
import type { UsageReport } from '../../src/moderation/usage/usage-report.ts';
import { type CommandContext, createCommand } from '../command.ts';
import { option } from '../options.ts';
import { answer, FOR_MODERATORS } from './moderators-answer.ts';

/** `/moderate usage`: videos made and credits spent, as figures with a picture, or as a table. */
export const moderateUsage = createCommand({
  ...FOR_MODERATORS,
  name: 'moderate usage',
  description: (texts) => texts.commands['moderate usage'],
  options: [
    option.choice('period', {
      description: (texts) => texts.options.period,
      values: USAGE_PERIODS,
      nameOf: (period, texts) => texts.usage.periods[period],
    }),
    option.boolean('export', { description: (texts) => texts.options.export }),
  ],
  async run(context) {
    const { texts, options } = context;
    const { period = 'week' } = options;
    if (options.export === true) return await exported(context, period);
    const report = await readUsage(context, period);
    return { kind: 'card', audience: 'requester', card: usageCard(texts, report) };
  },
});

function usageCard(texts: Texts, report: UsageReport): Card {
  const { usage } = texts;
  const { period, start, timeZone, now, before, models, members } = report;
  const isPictured = now.videos + before.videos > 0;
  const figures = ['videos', 'credits', 'refusals', 'failures'] as const;
  const list = (title: string, lines: readonly Text[]) =>
    lines.length > 0 ? [{ title, text: join(lines, '\n') }] : [];
  return {
    tone: 'info',
    title: usage.title[period],
    text: usage.since({ at: start, timeZone }),
    fields: figures.map((name) => ({
      label: usage[name],
      value: usage.figure({ count: now[name], change: now[name] - before[name] }),
    })),
    items: [
      ...list(
        usage.models,
        models.map(
          ({ model, videos, credits }, place) =>
            `${markOf(place)} ${usage.share({ name: labelOf(model), videos, credits })}`,
        ),
      ),
      ...list(
        usage.members,
        members.map(({ member, videos, credits }) => usage.share({ name: mention('member', member), videos, credits })),
      ),
    ],
    notes: [usage.brackets[period], ...(isPictured ? [usage.picture.legend[period]] : [])],
    buttons: [],
    ...(isPictured && { files: [picture(texts, report)] }),
  };
}

function picture({ usage }: Texts, report: UsageReport): CardFile {
  const { period, timeZone, now, before, buckets } = report;
  const alt = usage.picture.alt({ videos: now.videos, before: before.videos });
  // English, as other languages put a word after a day or an hour.
  const format = new Intl.DateTimeFormat('en', { timeZone, ...LABELS[period] });
  const svg = drawUsage(report, { labels: buckets.map(({ start }) => format.format(start)), alt });
  return { name: `usage-${period}.svg`, type: 'image/svg+xml', base64: Buffer.from(svg).toString('base64'), alt };
}

const LABELS: Record<UsagePeriod, Intl.DateTimeFormatOptions> = {
  day: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  week: { day: 'numeric' },
  month: { day: 'numeric' },
};

function labelOf(model: string): string {
  return MODELS.find(({ id }) => id === model)?.label ?? model;
}

async function exported(context: CommandContext, period: UsagePeriod) {
  const { export: words } = context.texts.usage;
  const { rows, omitted, start, timeZone } = await exportUsage(context, period);
  if (rows.length === 0) return answer('info', words.title, words.nothing);
  // `sv` writes dates as ISO 8601 does.
  const day = new Intl.DateTimeFormat('sv', { timeZone }).format(start);
  const base64 = Buffer.from(usageCsv(rows)).toString('base64');
  const file: CardFile = {
    name: `videos-${period}-${day}.csv`,
    type: 'text/csv',
    base64,
    alt: words.alt({ videos: rows.length }),
  };
  const card: Card = {
    tone: 'done',
    title: words.title,
    text: words.text({ videos: rows.length }),
    fields: [],
    notes: omitted > 0 ? [words.omitted({ videos: omitted })] : [],
    buttons: [],
    files: [file],
  };
  return { kind: 'card', audience: 'requester', card } as const;
}
