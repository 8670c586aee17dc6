import type { Command } from '../../../commands/command.ts';
import type { CommandOption, OptionValue } from '../../../commands/options.ts';
import { findCommand, withoutQuotes } from '../shared/command-line.ts';
import { type Dialect, isFreeText, normal, readLine } from '../shared/line.ts';
import { isDouble } from '../shared/quotations.ts';
import { toPlain } from './plain-input.ts';
import { fits, handedOver, isMention, names, type ParseProblem } from './values.ts';

/** A typed line, understood. */
export interface ParsedCommand {
  options: Record<string, OptionValue>;
  problems: ParseProblem[];
}

/** A slash command as read: which command to run, or that it was empty. */
export type Spoken = { kind: 'nothing' } | ({ kind: 'command'; command: string } & ParsedCommand);

/**
 * Reads the text after a slash command.
 * @param slash the command's own name without the slash: `video`, `video-queue`.
 * @param text as Slack sends it, with its encodings.
 */
export function parseSlash(slash: string, text: string, commands: readonly Command[]): Spoken {
  const named = (name: string) => commands.find((command) => command.name === name);
  const [first = '', ...rest] = slash.split('-');
  const subcommand = rest.join(' ');
  if (subcommand === '') {
    const sub = findSubcommand(text, commands, first);
    if (sub) return sub;
    if (text.trim() === '') return { kind: 'nothing' };
    return { kind: 'command', command: first, ...parseOptions(text, named(first)?.options ?? [], true) };
  }
  const found = findCommand(`${subcommand} ${text}`, commands);
  if (found) return { kind: 'command', command: found.command.name, ...wholly(found) };
  const words = [subcommand, ...toPlain(text).trim().split(/\s+/)].filter(Boolean).join(' ');
  return { kind: 'command', command: words.slice(0, 50), options: {}, problems: [] };
}

/** `/video quota` is the command, `/video quota of herring` a prompt: a subcommand leaves no words over. */
function findSubcommand(text: string, commands: readonly Command[], main: string): Spoken | undefined {
  const found = findCommand(
    text,
    commands.filter(({ name }) => name !== main),
  );
  if (!found) return undefined;
  const { command, rest } = found;
  if (command.name.includes(' ')) return { kind: 'command', command: command.name, ...wholly(found) };
  const parsed = parseOptions(rest, command.options);
  return parsed.left === '' ? { kind: 'command', command: command.name, ...parsed } : undefined;
}

/** A line that can only be this command: words that no option takes are a mistake, if there are options. */
function wholly({ command: { options }, rest }: { command: Command; rest: string }) {
  const parsed = parseOptions(rest, options);
  const [word] = wordsIn(parsed.left);
  if (word === undefined || options.length === 0) return parsed;
  const wanted = options.find(({ name, type, required }) => required && names(type) && !(name in parsed.options));
  const key = toPlain(word);
  const problem: ParseProblem = wanted ? { kind: 'value', option: wanted.name, value: key } : { kind: 'unknown', key };
  return { ...parsed, problems: [...parsed.problems, problem] };
}

/** Mentions may have spaces in them: `<@U1|ada lovelace>`. */
const SLACK: Dialect = { word: /(?:<[^<>]*>|\S)+/y, isMention };

/**
 * Takes options out of free text. The rest is the prompt or, for a command without one, values by their type (see
 * `takeByType`).
 * @param literal in the free text, mentions are only text.
 * @returns also `left`: the words that no option took, as Slack sent them.
 */
function parseOptions(
  text: string,
  options: readonly CommandOption[],
  literal = false,
): ParsedCommand & { left: string } {
  const line = readLine(text, options, SLACK);
  const { values, problems } = understand(line, options);
  const free = options.find(({ type, required, choices }) => type === 'string' && required && !choices);
  if (free) {
    const isChoice = (word: string) =>
      options.some(({ choices }) => choices?.some(({ value }) => value === normal(word)));
    const rest = literal
      ? line.loose
      : takeByType(line.loose, options, values, (word) => isMention(word) || isChoice(word));
    const words = toPlain(withoutQuotes(rest.trim()));
    const whole = [values[free.name], words].filter((part) => part !== undefined && part !== '').join(' ');
    if (whole !== '') values[free.name] = whole;
    return { options: values, problems, left: '' };
  }
  const [only, ...others] = options;
  if (only && others.length === 0 && !(only.name in values)) {
    const value = line.loose === '' ? undefined : handedOver(only, withoutQuotes(line.loose));
    if (value !== undefined) return { options: { ...values, [only.name]: value }, problems, left: '' };
  }
  const rest = takeByType(line.loose, options, values, () => true).trim();
  const wordy = options.filter(({ name, type, choices }) => type === 'string' && !choices && !(name in values));
  const [taker] = wordy;
  if (rest === '' || !taker || wordy.length > 1) return { options: values, problems, left: rest };
  return { options: { ...values, [taker.name]: toPlain(withoutQuotes(rest)) }, problems, left: '' };
}

function understand({ given, unknown }: ReturnType<typeof readLine>, options: readonly CommandOption[]) {
  const problems = unknown.map((key): ParseProblem => ({ kind: 'unknown', key }));
  const values: Record<string, OptionValue> = {};
  for (const option of options) {
    const raw = given.get(option.name);
    if (raw === undefined) continue;
    // Named and left empty, it is no value, whatever its command would make of one.
    const isEmpty = raw.trim() === '' && !isFreeText(option);
    const value = isEmpty ? undefined : handedOver(option, raw);
    if (value !== undefined) values[option.name] = value;
    else problems.push({ kind: 'value', option: option.name, value: toPlain(raw) });
  }
  return { values, problems };
}

/**
 * Gives words to the options that are still open, where exactly one can take them: a mention, one of a list of choices, a
 * number, or the name of a switch.
 * @returns the text without those words.
 */
function takeByType(
  text: string,
  options: readonly CommandOption[],
  values: Record<string, OptionValue>,
  may: (word: string) => boolean,
): string {
  return text.replace(WORD, (word) => {
    if (isDouble(word[0] ?? '') || !may(word)) return word;
    const takers = options.flatMap((option) => {
      if (option.name in values) return [];
      if (option.type === 'boolean') return normal(word) === option.name ? [{ name: option.name, value: true }] : [];
      const value = fits(option, word) ? handedOver(option, word) : undefined;
      return value === undefined ? [] : [{ name: option.name, value }];
    });
    const [taker] = takers;
    if (!taker || takers.length > 1) return word;
    values[taker.name] = taker.value;
    return '';
  });
}

/** A quotation, a mention with a name of several words, or a word. */
const WORD = /["“„«][^"”“»„«]*["”“»]|(?:<[^>]*>|[^\s])+/g;

function wordsIn(text: string): string[] {
  return text.match(WORD) ?? [];
}
