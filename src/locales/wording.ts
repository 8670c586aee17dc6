import type { Pace, PaceRule } from '../domain/pace-rule.ts';
import type { Period } from '../domain/period.ts';
import { unitOf } from '../domain/rate.ts';
import { join, type Text } from '../domain/text.ts';
import type { Texts } from './texts.ts';

/** How values are put into a language's words. */

const BYTES_IN_MB = 1024 * 1024;

/** A file's size, in MB of 1024 × 1024 bytes, as chats state their limits. */
export function writeBytes(texts: Texts, bytes: number): string {
  return texts.bytes({ megabytes: bytes / BYTES_IN_MB });
}

/** "40 s", "2 min", "2 min 5 s": in whole seconds, at least one. */
export function writeDuration({ durations }: Texts, ms: number): string {
  const total = Math.max(1, Math.round(ms / 1000));
  const [minutes, seconds] = [Math.floor(total / 60), total % 60];
  return [
    ...(minutes > 0 ? [durations.minutes({ count: minutes })] : []),
    ...(seconds > 0 ? [durations.seconds({ count: seconds })] : []),
  ].join(durations.between);
}

/** How long it usually takes; both ends in ms. */
export function writeSpan(texts: Texts, { low, high }: { low: number; high: number }): string {
  const [from, to] = [writeDuration(texts, low), writeDuration(texts, high)];
  // "30–41 s": within a minute the unit is said once.
  const start = Math.round(high / 1000) < 60 ? String(Math.max(1, Math.round(low / 1000))) : from;
  return texts.expected({ low: from === to ? undefined : start, high: to });
}

/** "20 credits a day"; null is without limit. */
export function writeLimit({ limits }: Texts, { credits, period }: { credits: number | null; period: Period }): string {
  return limits.amount({ credits, period });
}

/** "2 at once, 3 waiting, 10 starts an hour": a rate limit, without the parts that are not set. */
export function writePace(texts: Texts, { concurrency, waiting, rate }: Omit<PaceRule, 'subject'> | Pace): string {
  const { parts } = texts.limits.pace;
  return [
    ...(concurrency === undefined ? [] : [parts.concurrency({ count: concurrency })]),
    ...(waiting === undefined ? [] : [parts.waiting({ count: waiting })]),
    ...(rate === undefined ? [] : [parts.starts({ count: rate.count, per: unitOf(rate) })]),
  ].join(texts.separator);
}

/** An option's value in the row of options on a card; undefined where it is not shown there. */
export function writeOption(texts: Texts, name: string, value: string | number | boolean): string | undefined {
  const words = texts.optionValues;
  if (name === 'seed') return undefined;
  if (name === 'duration') return words.duration({ seconds: Number(value) });
  if (typeof value !== 'boolean') return String(value);
  if (name === 'generate_audio') return value ? words.sound : words.silent;
  return value && (name === 'camera_fixed' || name === 'watermark') ? words[name] : undefined;
}

/** A label with what it spends, as long as both fit: "Make it · 2 credits". */
export function withCost(label: string, costs: string | undefined, longest: number): string {
  const whole = costs === undefined ? label : `${label} · ${costs}`;
  return whole.length <= longest ? whole : label;
}

/** Words from outside as a sentence, so that another one can follow; '' stays empty. */
export function sentence(words: string): string;
export function sentence(words: Text): Text;
export function sentence(words: Text): Text {
  const last = [words].flat().at(-1);
  return last === '' || (typeof last === 'string' && /[.!?…。！？]$/.test(last)) ? words : join([words, '.']);
}
