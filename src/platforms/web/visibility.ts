import type { WebMessage } from '../../store/web-messages.ts';
import { channelsOf, type WebPerson } from './people.ts';

/**
 * Whether a person may see a message. Until the first answer nobody knows whether it will be for the requester alone,
 * so until then only the requester sees it.
 */
export function maySee(message: WebMessage, person: WebPerson): boolean {
  if (!channelsOf(person).some(({ id }) => id === message.channel)) return false;
  if (message.card === undefined) return message.member === person.id;
  return message.audience === undefined || message.audience === person.id;
}
