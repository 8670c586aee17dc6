import type { WireChannel, WireMessage, WireValue } from '../../src/platforms/web/wire.ts';
import { PATIENCE_MS } from './patience.ts';
import { readText } from './read-text.ts';

/** A person at the playground, without a browser. */
export class WebClient {
  readonly #url: () => string;

  constructor(url: () => string) {
    this.#url = url;
  }

  async channel(as = 'web:ada'): Promise<WireChannel> {
    return (await this.#get(`/api/channel?as=${as}`)).json() as Promise<WireChannel>;
  }

  async messages(as = 'web:ada'): Promise<WireMessage[]> {
    return (await this.channel(as)).messages;
  }

  /** Says a command. @returns the id of its message. */
  async say(command: string, options: Record<string, WireValue>, as = 'web:ada'): Promise<string> {
    const response = await this.post('/api/commands', { as, command, options });
    return ((await response.json()) as { message: WireMessage }).message.id;
  }

  /** `/video`, small and short unless told otherwise. */
  async video(prompt: string, options: Record<string, WireValue> = {}, as = 'web:ada'): Promise<string> {
    return this.say('video', { prompt, ...options }, as);
  }

  /** Presses a button of a message. @returns the id of the message that it opened, or of the same one. */
  async press(message: string, action: string, as = 'web:ada'): Promise<string> {
    const found = (await this.messages(as)).find(({ id }) => id === message);
    const button = found?.card?.buttons.find((candidate) => candidate.action === action);
    if (!button) throw new Error(`expected a button ${action}, got ${JSON.stringify(found?.card)}`);
    const response = await this.post('/api/buttons', { as, action, target: button.target, message });
    return ((await response.json()) as { message?: WireMessage }).message?.id ?? message;
  }

  /** Waits until a message's card is as expected. @returns the message. */
  async until(message: string, fits: (message: WireMessage) => boolean, as = 'web:ada'): Promise<WireMessage> {
    const end = Date.now() + PATIENCE_MS;
    let last: WireMessage | undefined;
    while (Date.now() < end) {
      last = (await this.messages(as)).find(({ id }) => id === message);
      if (last && fits(last)) return last;
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    throw new Error(`expected message ${message} to become otherwise, last was ${JSON.stringify(last)}`);
  }

  /** Waits for a reply that only this person sees and that says this. */
  async untilWord(words: RegExp, as = 'web:ada'): Promise<WireMessage> {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const messages = await this.messages(as);
      const word = messages.find(
        ({ onlyYou, card }) => onlyYou && words.test(`${card?.title} ${readText(card?.text)}`),
      );
      if (word) return word;
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    throw new Error(`expected a private word like ${words}, got ${JSON.stringify(await this.messages(as))}`);
  }

  /** Collects what a page would be told from now on, until the server ends it. */
  async listen(as = 'web:ada'): Promise<{ text: () => string; ended: Promise<void> }> {
    const stream = await this.#get(`/api/events?as=${as}`);
    let text = '';
    const read = async () => {
      const decoder = new TextDecoder();
      try {
        for await (const chunk of stream.body ?? []) text += decoder.decode(chunk, { stream: true });
      } catch {
        // A server that stops breaks its streams off.
      }
    };
    return { text: () => text, ended: read() };
  }

  /** Waits for a card with this title. */
  untilTitle(message: string, title: string, as = 'web:ada'): Promise<WireMessage> {
    return this.until(message, ({ card }) => card?.title === title, as);
  }

  async post(path: string, body: unknown): Promise<Response> {
    const response = await fetch(this.#url() + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`expected 2xx from ${path}, got ${response.status} ${await response.text()}`);
    return response;
  }

  /** The bytes of a message's clip. */
  async clip(message: WireMessage): Promise<Buffer> {
    if (message.videoUrl === undefined) throw new Error(`expected a clip, got ${JSON.stringify(message)}`);
    return Buffer.from(await (await this.#get(message.videoUrl)).arrayBuffer());
  }

  async #get(path: string): Promise<Response> {
    const response = await fetch(this.#url() + path);
    if (!response.ok) throw new Error(`expected 2xx from ${path}, got ${response.status} ${await response.text()}`);
    return response;
  }
}
