import { HTTPException } from 'hono/http-exception';
import type { Answer, Button, Command, OptionValue } from '../../../commands/command.ts';
import type { Clock } from '../../clock.ts';
import type { Origin } from '../../generation/origin.ts';
import type { Log } from '../../log.ts';
import type { WebMessage, WebMessages } from '../../store/web-messages.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Dispatch, ReplyRef } from '../platform.ts';
import type { Hub } from './hub.ts';
import { formatLine } from './page/line.ts';
import { CHANNEL, COMMUNITY, type Person } from './people.ts';

/** The page is in English only. */
const LOCALE = 'en';

/** What people say and press: noted, acknowledged, handed over; the answer is shown when it comes. */
export class Incoming {
  readonly #messages: WebMessages;
  readonly #commands: readonly Command[];
  readonly #buttons: readonly Button[];
  readonly #hub: Hub;
  readonly #texts: Texts;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #newId: () => string;
  readonly #pending = new Set<Promise<void>>();
  #dispatch: Dispatch | undefined;

  constructor(parts: {
    messages: WebMessages;
    commands: readonly Command[];
    buttons: readonly Button[];
    hub: Hub;
    texts: Texts;
    clock: Clock;
    log: Log;
    newId: () => string;
  }) {
    this.#messages = parts.messages;
    this.#commands = parts.commands;
    this.#buttons = parts.buttons;
    this.#hub = parts.hub;
    this.#texts = parts.texts;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#newId = parts.newId;
  }

  start(dispatch: Dispatch): void {
    this.#dispatch = dispatch;
  }

  /** Takes nothing more, and waits until what was taken is answered. */
  async stop(): Promise<void> {
    this.#dispatch = undefined;
    await Promise.all(this.#pending);
  }

  /** @returns the message that will show the answer. @throws {HTTPException} 503 when nothing is taken. */
  async command(person: Person, command: string, options: Readonly<Record<string, OptionValue>>): Promise<WebMessage> {
    const dispatch = this.#open();
    const definition = this.#commands.find(({ name }) => name === command);
    const message = await this.#say(person, formatLine(command, options, definition?.options ?? []));
    this.#run(person, message, () => dispatch.command({ ...origin(person, message), command, options }));
    return message;
  }

  /**
   * @param on the message with the button.
   * @returns the message that was opened for the answer, if the button opens one. @throws {HTTPException} 503.
   */
  async press(person: Person, action: string, target: string, on: WebMessage): Promise<WebMessage | undefined> {
    const dispatch = this.#open();
    const label = on.card?.buttons.find((button) => button.action === action && button.target === target)?.label;
    const said = label ?? action;
    const answers = this.#buttons.find((button) => button.action === action)?.answers ?? 'new reply';
    if (answers === 'new reply') {
      const message = await this.#say(person, said);
      this.#run(person, message, () => dispatch.press({ ...origin(person, message), action, target }));
      return message;
    }
    this.#run(person, on, () => dispatch.press({ ...origin(person, on), action, target }), said);
    return undefined;
  }

  #open(): Dispatch {
    if (!this.#dispatch) throw new HTTPException(503, { message: this.#texts.errors.stopping({}) });
    return this.#dispatch;
  }

  async #say(person: Person, said: string, answered: Partial<WebMessage> = {}): Promise<WebMessage> {
    const message: WebMessage = {
      id: this.#newId(),
      member: person.id,
      said,
      audience: undefined,
      card: undefined,
      clip: undefined,
      createdAt: this.#clock.now(),
      ...answered,
    };
    await this.#messages.insert(message);
    this.#hub.publish(message);
    return message;
  }

  /** @param pressed what was pressed on a reply that goes on showing what it is about. */
  #run(person: Person, message: WebMessage, ask: () => Promise<Answer>, pressed?: string): void {
    const running = ask()
      .catch((error: unknown) => {
        this.#log.error({ err: error, message: message.id }, 'a command failed without an answer');
        return this.#sorry();
      })
      .then((answer) => this.#show(person, message, answer, pressed))
      .catch((error: unknown) => this.#log.error({ err: error, message: message.id }, 'an answer could not be shown'))
      .finally(() => this.#pending.delete(running));
    this.#pending.add(running);
  }

  async #show(person: Person, message: WebMessage, answer: Answer, pressed: string | undefined): Promise<void> {
    if (answer.kind !== 'card') return;
    const { card } = answer;
    const alone = answer.audience === 'requester';
    if (pressed !== undefined && alone) {
      // A word to the presser alone must not take the place of what everybody sees.
      await this.#say(person, pressed, { card, audience: person.id });
      return;
    }
    const changed = await this.#messages.change(message.id, { card, ...(alone && { audience: person.id }) });
    if (changed) this.#hub.publish(changed);
  }

  #sorry(): Answer {
    const { cards, errors } = this.#texts;
    return {
      kind: 'card',
      audience: 'requester',
      card: { tone: 'problem', title: cards.refused, text: errors.internal({}), fields: [], notes: [], buttons: [] },
    };
  }
}

function origin(person: Person, message: WebMessage): Origin {
  const reply: ReplyRef = { platform: 'web', messageId: message.id };
  return {
    community: COMMUNITY,
    channel: CHANNEL,
    member: person.id,
    roles: [],
    moderator: person.moderator,
    locale: LOCALE,
    reply,
  };
}
