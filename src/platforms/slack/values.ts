import { readValue } from '../../../commands/option-values.ts';
import type { CommandOption, OptionValue } from '../../../commands/options.ts';
import { badValue, unknownOption, wrongValue } from '../../../commands/read-options.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Texts } from '../../locales/texts.ts';
import { toPlain } from './plain-input.ts';

/** Problem with a typed option. */
export type ParseProblem = { kind: 'unknown'; key: string } | { kind: 'value'; option: string; value: string };

/** Options that name somebody or something. */
type NamingType = 'member' | 'role' | 'channel' | 'mention';

/** Slack's form of a name when the command is escaped (Slack documentation, "Slash commands"). */
const TOKEN = /^<(?:@(?<user>[UW][A-Z0-9]+)|!subteam\^(?<group>S[A-Z0-9]+)|#(?<channel>[CG][A-Z0-9]+))(?:\|[^>]*)?>$/;
/** A bare id must have a digit in it, so that a word in capitals is not mistaken for one. */
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
 * Translates a value for an option, undefined if it can't be; people, groups and channels come as Slack's own ids.
 * @param raw as Slack sends it, with its encodings.
 */
export function handedOver(option: CommandOption, raw: string): OptionValue | undefined {
  if (!names(option.type)) return readValue(option, toPlain(raw));
  const { groups } = TOKEN.exec(raw.trim()) ?? BARE.exec(raw.trim()) ?? {};
  return NAMED_BY[option.type].map((kind) => groups?.[kind]).find((id) => id !== undefined);
}

/** Whether a value is certainly one of this option's. */
export function fits(option: CommandOption, raw: string): boolean {
  const value = handedOver(option, raw);
  if (value === undefined) return false;
  return option.choices ? option.choices.some((choice) => choice.value === value) : option.type !== 'string';
}

/** The refusal for a problem. */
export function failureOf(problem: ParseProblem, options: readonly CommandOption[], texts: Texts): Failure {
  const known = options.map(({ name }) => name);
  const option = options.find(({ name }) => problem.kind === 'value' && name === problem.option);
  if (problem.kind === 'unknown' || !option) {
    return unknownOption(problem.kind === 'unknown' ? problem.key : problem.option, known).failure;
  }
  const { type, name } = option;
  return (
    names(type) ? badValue(name, problem.value, texts.slack.wanted[type]) : wrongValue(option, problem.value, { texts })
  ).failure;
}
