import type { Card, CardFile } from '../../src/domain/card.ts';
import { mention } from '../../src/domain/marks.ts';
import { MODELS } from '../../src/domain/models.ts';
import { type Language, languageFor, textsFor } from '../../src/locales/languages.ts';
import type { Texts } from '../../src/locales/texts.ts';
import { USAGE_PERIODS, type UsagePeriod } from '../../src/moderation/usage/calendar.ts';
import { usageCsv } from '../../src/moderation/usage/csv.ts';
import type { PictureWords } from '../../src/moderation/usage/picture.ts';
import type { UsageReport } from '../../src/moderation/usage/report.ts';
import { type CommandContext, createCommand } from '../command.ts';
import { option } from '../options.ts';
import { answer, FOR_MODERATORS } from './answers.ts';

/** `/moderate usage`: what was made and spent, as figures with a picture, or as a table. */
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
    const { desk, texts, options, locale } = context;
    const { period = 'week' } = options;
    if (options.export === true) return await exported(context, period);
    const report = await desk.records.usage(context, period);
    const card = usageCard(texts, report);
    const words = [...new Set([languageFor(locale), 'en'] as const)].map((language) => pictureWords(report, language));
    const files = await pictures(context, report, words);
    return { kind: 'card', audience: 'requester', card: { ...card, ...(files.length > 0 && { files }) } };
  },
});

function usageCard(texts: Texts, { period, start, timeZone, now, before, models, members }: UsageReport): Card {
  const { usage } = texts;
  const figures = ['videos', 'credits', 'refusals', 'failures'] as const;
  const list = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? [{ title, text: lines.join('\n') }] : [];
  return {
    tone: 'info',
    title: usage.title[period],
    text: usage.since(start, timeZone),
    fields: figures.map((name) => ({ label: usage[name], value: usage.figure(now[name], now[name] - before[name]) })),
    items: [
      ...list(
        usage.models,
        models.map(({ model, videos, credits }) => usage.share(labelOf(model), videos, credits)),
      ),
      ...list(
        usage.members,
        members.map(({ member, videos, credits }) => usage.share(mention('member', member), videos, credits)),
      ),
    ],
    notes: [usage.brackets[period]],
    buttons: [],
  };
}

/** A picture, where there is something to see. */
async function pictures(
  { desk, texts }: CommandContext,
  report: UsageReport,
  words: readonly PictureWords[],
): Promise<CardFile[]> {
  const { now, before, period } = report;
  if (now.videos + before.videos === 0) return [];
  const png = await desk.records.picture(report, words);
  if (!png) return [];
  const alt = texts.usage.picture.alt(now.videos, before.videos);
  return [{ name: `usage-${period}.png`, type: 'image/png', base64: png.toString('base64'), alt }];
}

function pictureWords(report: UsageReport, language: Language): PictureWords {
  const { usage } = textsFor(language);
  const { period, timeZone, buckets } = report;
  const format = new Intl.DateTimeFormat(language, { timeZone, ...LABELS[period] });
  return {
    title: usage.picture.title[period],
    videos: usage.videos,
    before: usage.picture.before[period],
    bucketLabels: buckets.map(({ start }) => format.format(start)),
    modelLabels: Object.fromEntries(MODELS.map(({ id, label }) => [id, label])),
    language,
  };
}

const LABELS: Record<UsagePeriod, Intl.DateTimeFormatOptions> = {
  day: { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' },
  week: { weekday: 'short' },
  month: { day: 'numeric' },
};

function labelOf(model: string): string {
  return MODELS.find(({ id }) => id === model)?.label ?? model;
}

async function exported(context: CommandContext, period: UsagePeriod) {
  const { export: words } = context.texts.usage;
  const { rows, omitted, start, timeZone } = await context.desk.records.exportRows(context, period);
  if (rows.length === 0) return answer('info', words.title, words.nothing);
  // `sv` writes dates as ISO 8601 does.
  const day = new Intl.DateTimeFormat('sv', { timeZone }).format(start);
  const base64 = Buffer.from(usageCsv(rows)).toString('base64');
  const file: CardFile = { name: `videos-${period}-${day}.csv`, type: 'text/csv', base64, alt: words.alt(rows.length) };
  const card: Card = {
    tone: 'done',
    title: words.title,
    text: words.text(rows.length),
    fields: [],
    notes: omitted > 0 ? [words.omitted(omitted)] : [],
    buttons: [],
    files: [file],
  };
  return { kind: 'card', audience: 'requester', card } as const;
}
