import type { CommandOption, OptionValue } from '../../../commands/options.ts';
import { toPlain } from './plain.ts';

const YES = ['true', 'yes', 'on', '1'];
const NO = ['false', 'no', 'off', '0'];

/** What is wrong with a typed option. */
export type ParseProblem =
  | { kind: 'unknown'; key: string; nearest: string | undefined; known: readonly string[] }
  | { kind: 'value'; option: string; value: string; expected: string; wanted?: NamingType };

/** Options that name somebody or something. */
export type NamingType = 'member' | 'role' | 'channel' | 'mention';

/** What Slack makes of a name when the command is escaped (Slack documentation, "Slash commands"). */
const TOKEN = /^<(?:@(?<user>[UW][A-Z0-9]+)|!subteam\^(?<group>S[A-Z0-9]+)|#(?<channel>[CG][A-Z0-9]+))(?:\|[^>]*)?>$/;
/** An id by itself has a digit in it, so that a word in capitals is none. */
const BARE = /^(?=.*\d)(?:(?<user>[UW][A-Z0-9]+)|(?<group>S[A-Z0-9]+)|(?<channel>[CG][A-Z0-9]+))$/;
const NAMED_BY = { member: ['user'], role: ['group'], channel: ['channel'], mention: ['user', 'group'] } as const;

/** Whether an option names somebody or something. */
export function names(type: CommandOption['type']): type is NamingType {
  return type in NAMED_BY;
}

/** Whether a word is a mention as Slack encodes it. */
export function isMention(word: string): boolean {
  return TOKEN.test(word);
}

/**
 * The value as the option's type says, or undefined when it is none; of words any will do, which the command judges. Who
 * or what is named comes as Slack's own id.
 * @param raw as Slack sends it, with its encodings.
 */
export function readValue(option: CommandOption, raw: string): OptionValue | undefined {
  if (names(option.type)) {
    const { groups } = TOKEN.exec(raw.trim()) ?? BARE.exec(raw.trim()) ?? {};
    return NAMED_BY[option.type].map((kind) => groups?.[kind]).find((id) => id !== undefined);
  }
  const text = toPlain(raw);
  const word = text.trim();
  const choice = option.choices?.find(({ value }) => String(value).toLowerCase() === word.toLowerCase());
  if (choice) return choice.value;
  if (option.type === 'boolean') {
    if (YES.includes(word.toLowerCase())) return true;
    return NO.includes(word.toLowerCase()) ? false : undefined;
  }
  if (option.type === 'integer') {
    const value = Number(word);
    return /^[+-]?\d{1,15}$/.test(word) && !option.choices ? value : undefined;
  }
  return word === '' ? undefined : text;
}

/** Whether a value is certainly one of this option's. */
export function fits(option: CommandOption, raw: string): boolean {
  const value = readValue(option, raw);
  if (value === undefined) return false;
  if (option.choices) return option.choices.some((choice) => choice.value === value);
  return option.type !== 'string';
}

/** What an option takes, in no language; of one that names somebody or something, the language has words. */
function expectedOf({ type, choices, minimum, maximum }: CommandOption): string {
  if (choices) return choices.map(({ value }) => value).join(', ');
  if (type === 'boolean') return 'true, false';
  return type === 'integer' ? `${minimum ?? ''} … ${maximum ?? ''}` : '…';
}

/** A value that an option does not take. @param raw as Slack sends it. */
export function valueProblem(option: CommandOption, raw: string): ParseProblem {
  return {
    kind: 'value',
    option: option.name,
    value: toPlain(raw).slice(0, 50),
    expected: expectedOf(option),
    ...(names(option.type) && { wanted: option.type }),
  };
}
