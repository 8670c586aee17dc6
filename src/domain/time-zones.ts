import { slipsBetween } from '../lib/nearest.ts';

/** Names under which the ICU library still lists time zones, with the ones that the IANA database gives them today. */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** The longest name that is looked at, in characters. */
const MAX_NAME_LENGTH = 50;

/** The most names suggested for an unknown one. */
const MOST_NEAREST = 3;

/** The names of all time zones, as the IANA database has them today. */
export const TIME_ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone').map(todaysName).sort()];

/**
 * The time zone of this name.
 * @param name an IANA name, also one of old, in any case; spaces count as `_`.
 * @returns undefined when there is none; an offset such as `+01:00` is no name.
 */
export function findTimeZone(name: string): string | undefined {
  const typed = tidy(name);
  if (!/^[a-z][\w+/-]*$/.test(typed) || typed.length > MAX_NAME_LENGTH) return undefined;
  return TIME_ZONES.find((zone) => zone.toLowerCase() === typed) ?? aliasOf(typed);
}

/**
 * The names most like one that is not known: those that hold it as a part, and those that are a slip or two away. The
 * nearest first; none when nothing is near.
 */
export function nearestTimeZones(name: string): readonly string[] {
  const typed = tidy(name).slice(0, MAX_NAME_LENGTH);
  if (typed.length < 2) return [];
  const most = typed.length <= 4 ? 1 : 2;
  return TIME_ZONES.map((zone) => ({ zone, slips: distanceTo(zone.toLowerCase(), typed) }))
    .filter(({ slips }) => slips <= most)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, MOST_NEAREST)
    .map(({ zone }) => zone);
}

function tidy(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, '_');
}

function todaysName(zone: string): string {
  return RENAMED[zone] ?? zone;
}

function aliasOf(name: string): string | undefined {
  try {
    return todaysName(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone);
  } catch {
    return undefined;
  }
}

/** The city counts as much as the whole name; a part of the name is better than any slip. */
function distanceTo(zone: string, typed: string): number {
  if (zone.includes(typed)) return 0;
  const city = zone.slice(zone.lastIndexOf('/') + 1);
  const typedCity = typed.slice(typed.lastIndexOf('/') + 1);
  if (city === typedCity) return 0.5;
  return Math.min(slipsBetween(zone, typed), slipsBetween(city, typed));
}
