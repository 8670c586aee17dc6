import type { WireChannel, WireMessage, WireValue } from '../../src/platforms/web/wire.ts';
import { PATIENCE_MS } from './patience.ts';
import { readText } from './read-text.ts';

/** How long nothing is told to a page before the channel is looked at all the same, in ms. */
const LOOK_AGAIN_MS = 200;

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
    let last: WireMessage | undefined;
    const find = (messages: WireMessage[]) => {
      last = messages.find(({ id }) => id === message);
      return last && fits(last) ? last : undefined;
    };
    const found = await this.#look(find, as);
    if (found) return found;
    throw new Error(`expected message ${message} to become otherwise, last was ${JSON.stringify(last)}`);
  }

  /** Waits for a reply that only this person sees and that says this. */
  async untilWord(words: RegExp, as = 'web:ada'): Promise<WireMessage> {
    const find = (messages: WireMessage[]) =>
      messages.find(({ onlyYou, card }) => onlyYou && words.test(`${card?.title} ${readText(card?.text)}`));
    const found = await this.#look(find, as);
    if (found) return found;
    throw new Error(`expected a private word like ${words}, got ${JSON.stringify(await this.messages(as))}`);
  }

  /**
   * Looks at the channel until something is found in it: whenever a page would be told something, and now and then, as a
   * message may come from another process. @returns undefined when patience ends.
   */
  async #look<T>(find: (messages: WireMessage[]) => T | undefined, as: string): Promise<T | undefined> {
    const end = Date.now() + PATIENCE_MS;
    const left = new AbortController();
    try {
      const stream = await this.#get(`/api/events?as=${as}`, left.signal);
      const news = newsOf(stream);
      while (Date.now() < end) {
        const told = news.next();
        const found = find(await this.messages(as));
        if (found) return found;
        await Promise.race([told, new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))]);
      }
      return undefined;
    } finally {
      left.abort();
    }
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

  async #get(path: string, signal: AbortSignal | null = null): Promise<Response> {
    const response = await fetch(this.#url() + path, { signal });
    if (!response.ok) throw new Error(`expected 2xx from ${path}, got ${response.status} ${await response.text()}`);
    return response;
  }
}

/** Says when something has come on a stream of events since it was last asked; its heartbeats are nothing. */
function newsOf(stream: Response): { next(): Promise<void> } {
  let waiting = Promise.withResolvers<void>();
  const read = async () => {
    for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      if (!chunk.startsWith(':')) waiting.resolve();
    }
  };
  // A bot that stops breaks its streams off, and so does the end of a wait; nothing is told then.
  read().catch(() => {});
  return {
    next() {
      waiting = Promise.withResolvers();
      return waiting.promise;
    },
  };
}
