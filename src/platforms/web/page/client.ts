import type { CardButton } from '../../../domain/card.ts';
import type { MessagePart, WireChannel, WireForm, WireMessage, WireValue } from '../wire.ts';
import { fill, words } from './page-words.ts';

/** Something did not work; the message is a sentence for the person at the page. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  /** The server does not have the thing requested. */
  readonly missing: boolean;

  constructor(message: string, options: ErrorOptions & { missing?: boolean } = {}) {
    super(message, options);
    this.missing = options.missing ?? false;
  }
}

/** Who acts, and in which language they read, as the end of an address. */
export function readerQuery(as: string): string {
  return new URLSearchParams({ as, locale: navigator.language }).toString();
}

/** Channels are known by their id, the first one by '' as well. */
function placeOf(channel: string): { channel?: string } {
  return channel === '' ? {} : { channel };
}

/** Everything as this person sees it in a channel. @throws {ClientError} */
export function fetchChannel(as: string, channel: string): Promise<WireChannel> {
  return call(`/api/channel?${readerQuery(as)}&${new URLSearchParams(placeOf(channel))}`);
}

/** @throws {ClientError} */
export function sendCommand(
  as: string,
  channel: string,
  command: string,
  options: Readonly<Record<string, WireValue>>,
): Promise<{ message: WireMessage }> {
  return call('/api/commands', { as, ...placeOf(channel), command, options });
}

/** @returns the message that shows the answer, if it is another one, or the form to fill in. @throws {ClientError} */
export function sendPress(
  as: string,
  { action, target }: CardButton,
  message: string,
): Promise<{ message?: WireMessage; form?: WireForm }> {
  return call('/api/buttons', { as, action, target, message });
}

/** @param message the one that the form was opened from. @throws {ClientError} */
export function sendForm(
  as: string,
  { name: form, target }: WireForm,
  values: Readonly<Record<string, string>>,
  message: string,
): Promise<{ message: WireMessage }> {
  return call('/api/forms', { as, form, target, values, message });
}

/** Opens the form of something that can be done with a message. @throws {ClientError} */
export function openMessageForm(
  as: string,
  name: string,
  message: string,
  part: MessagePart,
): Promise<{ form: WireForm }> {
  return call('/api/messages/command', { as, name, message, part });
}

/** Which choices fit an option. @throws {ClientError} */
export function fetchChoices(
  as: string,
  channel: string,
  command: string,
  option: string,
  options: Readonly<Record<string, WireValue>>,
): Promise<{ choices: { name: string; value: string | number }[] }> {
  return call('/api/complete', { as, ...placeOf(channel), command, option, typed: '', options });
}

async function call<T>(path: string, body?: object): Promise<T> {
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, locale: navigator.language }),
  };
  const init = body === undefined ? {} : post;
  const response = await fetch(path, { ...init, signal: AbortSignal.timeout(15_000) }).catch((error: unknown) => {
    throw new ClientError(words.unreachable, { cause: error });
  });
  const answer = await response.json().catch((error: unknown) => {
    throw new ClientError(fill(words.nonsense, { status: response.status }), { cause: error });
  });
  if (response.ok) return answer as T;
  const message = String(answer?.error?.message ?? fill(words.refused, { status: response.status }));
  throw new ClientError(message, { missing: response.status === 404 });
}
