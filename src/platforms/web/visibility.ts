import type { WebMessage } from '../../store/web-messages.ts';

/**
 * Whether a person may see a message. Until the first answer nobody knows whether it will be for the requester alone,
 * so until then only the requester sees it.
 */
export function maySee(message: WebMessage, person: string): boolean {
  if (message.card === undefined) return message.member === person;
  return message.audience === undefined || message.audience === person;
}
