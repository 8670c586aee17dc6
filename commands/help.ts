import { MODELS } from '../src/generation/models.ts';
import { priceOf } from './choices.ts';
import type { Command } from './command.ts';

/** `/help`: what this member can say, made from the commands and the catalogue themselves. */
export const help: Command = {
  name: 'help',
  description: (texts) => texts.commands.help,
  who: 'members',
  audience: () => 'requester',
  options: [],
  async run({ texts, commands, localisedNames = false }) {
    const { help: words, commandWords } = texts;
    const nameOf = ({ name }: Command) =>
      name
        .split(' ')
        .map((word) => (localisedNames ? (commandWords[word as keyof typeof commandWords] ?? word) : word))
        .join(' ');
    return {
      kind: 'card',
      audience: 'requester',
      card: {
        tone: 'info',
        title: words.title,
        text: words.text,
        fields: [],
        items: [
          ...commands.map((command) => ({ title: `/${nameOf(command)}`, text: command.description(texts) })),
          { title: words.models, text: MODELS.map((model) => priceOf(model, texts)).join('\n') },
          { title: words.buttons, text: words.buttonsText },
          { title: words.credits, text: words.creditsText },
        ],
        notes: [],
        buttons: [],
      },
    };
  },
};
