import type { Command } from '../../../commands/command.ts';
import type { CommandOption } from '../../../commands/options.ts';
import type { CardFile } from '../../../src/domain/card.ts';
import { FILES } from '../contract-script.ts';

const run = () => Promise.reject(new Error('only the dispatch runs commands'));

const option = (name: string, type: CommandOption['type'], more: Partial<CommandOption> = {}): CommandOption => ({
  name,
  description: () => `About ${name}`,
  type,
  required: false,
  ...more,
});

const command = (name: string, options: CommandOption[] = []): Command => ({
  name,
  description: () => `What ${name} does`,
  who: 'moderators',
  audience: () => 'requester',
  options,
  run,
});

/** Commands that name people, roles and channels. */
export const MODERATING: readonly Command[] = [
  command('moderate quota set', [
    option('member', 'member'),
    option('role', 'role'),
    option('channel', 'channel'),
    option('credits', 'integer'),
    option('per', 'string', {
      choices: ['hour', 'day', 'week'].map((value) => ({ name: () => value, value })),
    }),
  ]),
  command('moderate quota list'),
  command('moderate block', [option('member', 'member', { required: true }), option('reason', 'string')]),
  command('moderate moderators add', [option('who', 'mention', { required: true })]),
  command('moderate log', [option('channel', 'channel')]),
];

/** A picture and a table. */
export const [PICTURE, TABLE]: readonly [CardFile, CardFile] = FILES;
