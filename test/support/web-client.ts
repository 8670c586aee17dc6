import type { WireChannel, WireMessage, WireValue } from '../../src/platforms/web/wire.ts';
import { PATIENCE_MS } from './patience.ts';

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
  until(message: string, fits: (message: WireMessage) => boolean, as = 'web:ada'): Promise<WireMessage> {
    return this.#untilShown(({ id }) => id === message, fits, as);
  }

  /** Waits for a reply that only this person sees and that says this. */
  untilWord(words: RegExp, as = 'web:ada'): Promise<WireMessage> {
    return this.#untilShown(
      ({ onlyYou }) => onlyYou === true,
      ({ card }) => words.test(`${card?.title} ${card?.text}`),
      as,
    );
  }

  /** Reads the channel, then what the page is told, until one of these messages is as expected. */
  async #untilShown(
    isMeant: (message: WireMessage) => boolean,
    fits: (message: WireMessage) => boolean,
    as: string,
  ): Promise<WireMessage> {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    let last: WireMessage | undefined;
    const isFound = (message: WireMessage) => {
      if (!isMeant(message)) return false;
      last = message;
      return fits(message);
    };
    while (!patience.aborted) {
      const left = new AbortController();
      const signal = AbortSignal.any([patience, left.signal]);
      try {
        const events = eventsOf(await this.#get(`/api/events?as=${as}`, signal));
        // Nothing is missed from here on.
        const shown = (await this.messages(as)).find(isFound);
        if (shown) return shown;
        for await (const { event, data } of events) {
          const message = event === undefined && (JSON.parse(data) as WireMessage);
          if (message && isFound(message)) return message;
        }
      } finally {
        left.abort();
      }
    }
    throw new Error(`expected a message to become otherwise, last was ${JSON.stringify(last)}`);
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

/** The events of a stream, until the server ends it or breaks it off. */
async function* eventsOf({ body }: Response): AsyncGenerator<{ event: string | undefined; data: string }> {
  let text = '';
  try {
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: ?(.*)$/m.exec(block)?.[1];
        if (data !== undefined) yield { event: /^event: ?(.*)$/m.exec(block)?.[1], data };
      }
    }
  } catch {
    // A bot that stops breaks its streams off, and so does the end of a wait.
  }
}
