import type { CardItem } from '../src/domain/card.ts';
import type { OfferedModel } from '../src/domain/offered-model.ts';
import type { Texts } from '../src/locales/texts.ts';
import { plainPrice } from './choices.ts';
import { type Command, createCommand } from './command.ts';

/** Characters in one item that every chat shows. */
const ITEM_LENGTH = 300;

/** `/help`: lists everything this member can do, made from the commands and the catalogue themselves. */
export const help = createCommand({
  name: 'help',
  description: (texts) => texts.commands.help,
  who: 'members',
  audience: () => 'requester',
  options: [],
  async run(context) {
    const { texts, commands, service, localisedNames = false } = context;
    const { help: words, commandWords } = texts;
    const models = await service.models(context);
    const nameOf = (word: string) =>
      localisedNames ? (commandWords[word as keyof typeof commandWords] ?? word) : word;
    return {
      kind: 'card',
      audience: 'requester',
      card: {
        tone: 'info',
        title: words.title,
        text: words.text,
        fields: [],
        items: [
          ...ofMembers(commands, texts, nameOf),
          ...ofModerators(commands, nameOf),
          ...(models.length > 0
            ? [{ title: words.models, text: models.map((model) => lineOf(model, texts)).join('\n') }]
            : []),
          { title: words.buttons, text: words.buttonsText },
          { title: words.credits, text: words.creditsText },
        ],
        notes: [],
        buttons: [],
      },
    };
  },
});

/** "pro: 2 credits for 5 s"; all of them fit one item. */
function lineOf(model: OfferedModel, texts: Texts): string {
  const { credits, seconds } = plainPrice(model);
  return texts.quota.cost({ label: model.id, credits, seconds });
}

/** Translates a word of a command's name into the one under which the reader finds it. */
type NameOf = (word: string) => string;

/** Lists each with its purpose; those that begin with the same word share an item, as a card has few items. */
function ofMembers(commands: readonly Command[], texts: Texts, nameOf: NameOf): CardItem[] {
  return [...byFirstWord(commands.filter(({ who }) => who === 'members'))].map(([first, group]) => ({
    title: `/${nameOf(first)}`,
    text: group
      .map((command) => {
        const rest = restOf(command).map(nameOf).join(' ');
        return rest ? `${rest}: ${command.description(texts)}` : command.description(texts);
      })
      .join('\n'),
  }));
}

/** Only the names, as they are many: one line for all that differ in their last word only. */
function ofModerators(commands: readonly Command[], nameOf: NameOf): CardItem[] {
  return [...byFirstWord(commands.filter(({ who }) => who === 'moderators'))].flatMap(([first, group]) => {
    const singles: string[] = [];
    const groups = new Map<string, string[]>();
    for (const command of group) {
      const [word = '', ...rest] = restOf(command).map(nameOf);
      if (rest.length === 0) singles.push(word);
      else groups.set(word, [...(groups.get(word) ?? []), rest.join(' ')]);
    }
    const lines = [
      ...(singles.length > 0 ? [singles.join(' · ')] : []),
      ...[...groups].map(([word, lasts]) => `${word} ${lasts.join(' · ')}`),
    ];
    return inPieces(lines).map((text) => ({ title: `/${nameOf(first)}`, text }));
  });
}

function byFirstWord(commands: readonly Command[]): Map<string, Command[]> {
  return Map.groupBy(commands, ({ name }) => name.split(' ', 1)[0] ?? '');
}

function restOf({ name }: Command): string[] {
  return name.split(' ').slice(1);
}

function inPieces(lines: readonly string[]): string[] {
  const pieces: string[] = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + line.length < ITEM_LENGTH) pieces[pieces.length - 1] = `${last}\n${line}`;
    else pieces.push(line);
  }
  return pieces;
}
