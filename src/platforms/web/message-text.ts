import type { Command } from '../../../commands/command.ts';
import type { WebMessage } from '../../store/web-messages.ts';
import { parseLine } from '../shared/command-line.ts';
import { isFreeText } from '../shared/line.ts';
import type { MessagePart } from './wire.ts';

/**
 * The text of a message to make something from: the free text of a command, or the text quoted in the reply. Without
 * either, it is the whole message as typed.
 */
export function textOf({ said, card }: WebMessage, part: MessagePart, commands: readonly Command[]): string {
  if (part === 'reply' && card?.prompt !== undefined) return card.prompt;
  const parsed = said.startsWith('/') ? parseLine(said, commands) : undefined;
  const option = parsed?.command?.options.find(isFreeText);
  return parsed?.texts.get(option?.name ?? '') ?? said;
}
