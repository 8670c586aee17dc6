import type { Command, MessageCommand } from '../../../commands/command.ts';
import type { CommandOption } from '../../../commands/options.ts';
import type { Texts } from '../../locales/texts.ts';
import { nameablesOf } from './naming.ts';
import type { WebPerson } from './people.ts';
import type { WireCommand, WireMessageCommand, WireOption } from './wire.ts';

/** The commands that a person may use, as the composer offers them. */
export function defineCommands(commands: readonly Command[], person: WebPerson, texts: Texts): WireCommand[] {
  return commands
    .filter(({ who }) => who === 'members' || person.moderator)
    .map(({ name, description, options }) => ({
      name,
      description: description(texts),
      options: options.map((option) => defineOption(option, person, texts)),
    }));
}

/** Defines the commands for a message. */
export function defineMessageCommands(commands: readonly MessageCommand[], texts: Texts): WireMessageCommand[] {
  return commands.map(({ name, label }) => ({ name, label: label(texts) }));
}

function defineOption(option: CommandOption, person: WebPerson, texts: Texts): WireOption {
  const { description, choices, complete, read: _, expected: __, of: ___, ...rest } = option;
  const nameables = nameablesOf(option.type, person);
  return {
    ...rest,
    description: description(texts),
    ...(choices && { choices: choices.map(({ name, value }) => ({ name: name(texts), value })) }),
    ...(nameables && { choices: nameables }),
    ...(complete && { completes: true }),
  };
}
