import type { Command, CommandOption } from '../../../commands/command.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Person } from './people.ts';
import type { WireCommand, WireOption } from './wire.ts';

/** The commands that a person may use, as the composer offers them. */
export function defineCommands(commands: readonly Command[], person: Person, texts: Texts): WireCommand[] {
  return commands
    .filter(({ who }) => who === 'members' || person.moderator)
    .map(({ name, description, options }) => ({
      name,
      description: description(texts),
      options: options.map((option) => defineOption(option, texts)),
    }));
}

function defineOption(option: CommandOption, texts: Texts): WireOption {
  const { description, choices, ...rest } = option;
  return {
    ...rest,
    description: description(texts),
    ...(choices && { choices: choices.map(({ name, value }) => ({ name: name(texts), value })) }),
  };
}
