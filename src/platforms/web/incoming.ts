import { HTTPException } from 'hono/http-exception';
import type { Answer, Button, Command, Completion, Dispatch } from '../../../commands/command.ts';
import type { Form, Submission } from '../../../commands/form.ts';
import type { Choice, OptionValue } from '../../../commands/options.ts';
import { channelId } from '../../domain/ids.ts';
import type { Origin } from '../../domain/origin.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Texts } from '../../locales/texts.ts';
import { failureCard } from '../../replies/problem-card.ts';
import type { WebMessage, WebMessages } from '../../store/web-messages.ts';
import { formatLine } from '../shared/command-line.ts';
import type { Hub } from './hub.ts';
import { asSaid, rolesNamedIn } from './naming.ts';
import { COMMUNITY, type WebPerson } from './people.ts';

/** Somebody who types or presses something, with the texts they read. */
export interface Speaker {
  person: WebPerson;
  /** Their language, if their page named one. */
  locale: string | undefined;
  texts: Texts;
}

/** Where something is said, and whether only the speaker sees it. */
export interface Setting {
  channel: string;
  alone: boolean;
}

/** Language assumed for speakers whose pages name none. */
const UNKNOWN_LOCALE = 'en';

/** Handles commands, presses and forms: notes, acknowledges and passes them on, and shows the answer when it comes. */
export class WebIncoming {
  readonly #messages: WebMessages;
  readonly #commands: readonly Command[];
  readonly #buttons: readonly Button[];
  readonly #hub: Hub;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #newId: () => string;
  readonly #pending = new Set<Promise<unknown>>();
  #dispatch: Dispatch | undefined;

  constructor(parts: {
    messages: WebMessages;
    commands: readonly Command[];
    buttons: readonly Button[];
    hub: Hub;
    clock: Clock;
    log: Log;
    newId: () => string;
  }) {
    this.#messages = parts.messages;
    this.#commands = parts.commands;
    this.#buttons = parts.buttons;
    this.#hub = parts.hub;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#newId = parts.newId;
  }

  start(dispatch: Dispatch): void {
    this.#dispatch = dispatch;
  }

  /** Takes no more input, and waits until everything taken is answered. */
  async stop(): Promise<void> {
    this.#dispatch = undefined;
    await Promise.allSettled(this.#pending);
  }

  /** @returns the message that will show the answer. @throws {HTTPException} 503 when nothing is taken. */
  async command(
    from: Speaker,
    channel: string,
    command: string,
    options: Readonly<Record<string, OptionValue>>,
  ): Promise<WebMessage> {
    const dispatch = this.#open(from);
    const definition = this.#commands.find(({ name }) => name === command);
    const definitions = definition?.options ?? [];
    const alone = definition?.audience(options) === 'requester';
    const line = formatLine(command, asSaid(options, definitions, from.person), definitions);
    const message = await this.#say(from, line, { channel, alone });
    const rolesOf = rolesNamedIn(options, definitions);
    this.#run(from, message, () => dispatch.command({ ...originOf(from, message), command, options, rolesOf }));
    return message;
  }

  /**
   * @param on the message with the button.
   * @returns the form that the button opens, or the message that was opened for the answer, if there is one.
   * @throws {HTTPException} 503.
   */
  async press(
    from: Speaker,
    action: string,
    target: string,
    on: WebMessage,
  ): Promise<{ form?: Form; opened?: WebMessage }> {
    const dispatch = this.#open(from);
    const label = on.card?.buttons.find((button) => button.action === action && button.target === target)?.label;
    const said = label ?? action;
    const button = this.#buttons.find((one) => one.action === action);
    const answers = button?.answers ?? 'new reply';
    const press = (message: WebMessage) => dispatch.press({ ...originOf(from, message), action, target });
    if (answers === 'form') return await this.#track(this.#pressForForm(from, said, on, () => press(on)));
    if (answers === 'new reply') {
      const alone = button?.audience ? button.audience(target) === 'requester' : on.audience !== undefined;
      const opened = await this.#say(from, said, { channel: on.channel, alone });
      this.#run(from, opened, () => press(opened));
      return { opened };
    }
    this.#run(from, on, () => press(on), said);
    return {};
  }

  /** Opens a form, which must be there at once; a refusal opens a message to the presser alone. */
  async #pressForForm(from: Speaker, said: string, on: WebMessage, ask: () => Promise<Answer>) {
    const answer = await this.#ask(from, on.id, ask);
    if (answer.kind === 'form') return { form: answer.form };
    if (answer.kind !== 'card') return {};
    return { opened: await this.#say(from, said, { channel: on.channel, alone: true }, answer) };
  }

  /**
   * @param setting where the answer will be.
   * @returns the message that will show the answer. @throws {HTTPException} 503.
   */
  async submit(
    from: Speaker,
    sent: Pick<Submission, 'form' | 'target' | 'values'>,
    setting: Setting,
  ): Promise<WebMessage> {
    const dispatch = this.#open(from);
    const forms: Readonly<Record<string, { title: string }>> = from.texts.forms;
    const message = await this.#say(from, forms[sent.form]?.title ?? sent.form, setting);
    const values = Object.fromEntries(Object.entries(sent.values).filter(([, value]) => value !== ''));
    this.#run(from, message, () => dispatch.submit({ ...originOf(from, message), ...sent, values }));
    return message;
  }

  /** The form of a message command. @throws {HTTPException} 404 when there is no such command, 503. */
  async openForm(from: Speaker, name: string, text: string): Promise<Form> {
    const form = await this.#open(from).message(name, text, { community: COMMUNITY, locale: localeOf(from) });
    if (!form) throw new HTTPException(404, { message: from.texts.errors.command_unknown({ command: name }) });
    return form;
  }

  /** Choices that fit an option that is being filled in. @throws {HTTPException} 503. */
  async complete(
    from: Speaker,
    channel: string,
    typed: Pick<Completion, 'command' | 'option' | 'typed' | 'options'>,
  ): Promise<Choice[]> {
    // Nothing is answered yet, so there is no message.
    const origin = originOf(from, { id: '', channel, audience: undefined });
    return await this.#open(from).complete({ ...origin, ...typed });
  }

  #open({ texts }: Speaker): Dispatch {
    if (!this.#dispatch) throw new HTTPException(503, { message: texts.errors.stopping });
    return this.#dispatch;
  }

  async #say(
    { person }: Speaker,
    said: string,
    { channel, alone }: Setting,
    { card }: Pick<WebMessage, 'card'> = { card: undefined },
  ): Promise<WebMessage> {
    const message: WebMessage = {
      id: this.#newId(),
      channel,
      member: person.id,
      said,
      audience: alone ? person.id : undefined,
      card,
      clip: undefined,
      createdAt: this.#clock.now(),
    };
    await this.#messages.insert(message);
    this.#hub.publish(message);
    return message;
  }

  async #ask({ texts }: Speaker, message: string, ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      this.#log.error({ err: error, message }, 'a command failed without an answer');
      return { kind: 'card', audience: 'requester', card: failureCard(texts, { code: 'internal', params: {} }) };
    }
  }

  /** @param pressed what was pressed on a reply that goes on showing what it is about. */
  #run(from: Speaker, message: WebMessage, ask: () => Promise<Answer>, pressed?: string): void {
    void this.#track(
      this.#ask(from, message.id, ask)
        .then((answer) => this.#show(from, message, answer, pressed))
        .catch((error: unknown) =>
          this.#log.error({ err: error, message: message.id }, 'an answer could not be shown'),
        ),
    );
  }

  /** A stop waits for it. */
  #track<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work);
    return work.finally(() => this.#pending.delete(work));
  }

  async #show(from: Speaker, message: WebMessage, answer: Answer, pressed: string | undefined): Promise<void> {
    if (answer.kind !== 'card') return;
    const { card } = answer;
    const alone = answer.audience === 'requester';
    if (pressed !== undefined && alone) {
      // A private word to the presser must not replace the card that everybody sees.
      await this.#say(from, pressed, { channel: message.channel, alone: true }, { card });
      return;
    }
    const changed = await this.#messages.change(message.id, { card, ...(alone && { audience: from.person.id }) });
    if (changed) this.#hub.publish(changed);
  }
}

/** @param message where the answer will be. */
function originOf(from: Speaker, message: Pick<WebMessage, 'id' | 'channel' | 'audience'>): Origin {
  const { id, roles, moderator } = from.person;
  return {
    community: COMMUNITY,
    channel: channelId(message.channel),
    direct: false,
    member: id,
    roles,
    moderator,
    locale: localeOf(from),
    reply: { platform: 'web', messageId: message.id },
    alone: message.audience !== undefined,
  };
}

function localeOf({ locale = UNKNOWN_LOCALE }: Speaker): string {
  return locale;
}
