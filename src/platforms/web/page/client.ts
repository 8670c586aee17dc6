import type { CardButton } from '../../../replies/card.ts';
import type { WireChannel, WireMessage, WireValue } from '../wire.ts';

/** Something did not work; the message is a sentence for the person at the page. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
}

/** Everything as this person sees it. @throws {ClientError} */
export function fetchChannel(as: string): Promise<WireChannel> {
  return call(`/api/channel?as=${encodeURIComponent(as)}`);
}

/** @throws {ClientError} */
export function sendCommand(
  as: string,
  command: string,
  options: Readonly<Record<string, WireValue>>,
): Promise<{ message: WireMessage }> {
  return call('/api/commands', { as, command, options });
}

/** @returns the message that shows the answer, if it is another one. @throws {ClientError} */
export function sendPress(as: string, button: CardButton, message: string): Promise<{ message?: WireMessage }> {
  return call('/api/buttons', { as, action: button.action, target: button.target, message });
}

async function call<T>(path: string, body?: unknown): Promise<T> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const init = body === undefined ? {} : post;
  const response = await fetch(path, { ...init, signal: AbortSignal.timeout(15_000) }).catch((error: unknown) => {
    throw new ClientError('The server can’t be reached. Is it running?', { cause: error });
  });
  const answer = await response.json().catch((error: unknown) => {
    throw new ClientError(`The server gave an answer that makes no sense (${response.status}).`, { cause: error });
  });
  if (response.ok) return answer as T;
  throw new ClientError(String(answer?.error?.message ?? `The server refused it (${response.status}).`));
}
