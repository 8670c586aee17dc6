import { formatLine, parseLine } from '../../shared/command-line.ts';
import { isFreeText } from '../../shared/line.ts';
import type { WireCommand, WireValue } from '../wire.ts';
import { CommandFields, type CommandFieldsParts } from './command-fields.ts';
import { fittingCommands } from './command-list.ts';
import { h, icon } from './dom.ts';
import { itemOf, itemsOf, removeButton } from './fields.ts';
import { completionsOf, missingOptions, openValueOf } from './line-completion.ts';
import { lineInput } from './line-input.ts';
import { fill, words } from './page-words.ts';
import { Popup, type PopupItem } from './popup.ts';
import { readValues } from './values.ts';

/** Dependencies of the composer. */
export interface ComposerParts {
  form: HTMLFormElement;
  /** @returns whether it was taken; if not, it stays in the composer. */
  send(command: string, options: Readonly<Record<string, WireValue>>): Promise<boolean>;
  complete: CommandFieldsParts['complete'];
  /** Called when the content has changed; `line` is the content as text. */
  changed(line: string): void;
}

/**
 * Where a command is put together: typed as a line, or chosen from the list that opens at `/` and filled in option by
 * option.
 */
export class Composer {
  readonly #parts: ComposerParts;
  readonly #popup = new Popup();
  readonly #input = lineInput();
  readonly #pill = h('span', { class: 'pill' });
  readonly #fields: CommandFields;
  readonly #hint = h('p', { class: 'hint', id: 'hint' }, words.hint);
  readonly #send = h('button', { type: 'submit', class: 'send', 'aria-label': words.send }, icon('send'));
  #commands: readonly WireCommand[] = [];
  #command: WireCommand | undefined;
  #sending = false;
  /** Content when Enter was pressed while something was still being sent. */
  #entered: string | undefined;

  constructor(parts: ComposerParts) {
    this.#parts = parts;
    this.#fields = new CommandFields({
      popup: this.#popup,
      complete: (...asked) => parts.complete(...asked),
      changed: () => parts.changed(this.line),
      tell: (text, kind) => this.#tell(text, kind),
      submit: () => void this.#submit(),
      left: () => this.#leave(),
      focusLost: () => this.#send.focus(),
    });
    parts.form.replaceChildren(
      this.#popup.element,
      h('div', { class: 'box' }, this.#pill, this.#input, this.#fields.row, this.#send),
      this.#fields.chips,
      this.#hint,
    );
    parts.form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.#input.addEventListener('input', () => this.#typed());
    this.#input.addEventListener('blur', () => this.#popup.close());
    this.#input.addEventListener('keydown', (event) => void this.#popup.handleKey(event));
    this.#clear();
  }

  /** The commands that can be chosen from now on; who is typing one is offered these. */
  setCommands(commands: readonly WireCommand[]): void {
    const namesOf = (all: readonly WireCommand[]) => all.map(({ name }) => name).join();
    const others = namesOf(commands) !== namesOf(this.#commands);
    this.#commands = commands;
    if (others && document.activeElement === this.#input) this.#listFitting();
  }

  /** Asks for the choices again, because they have changed at the server. */
  offerAnew(): void {
    this.#fields.offerAnew();
    if (!this.#command && this.#popup.owner === this.#input) this.#listFitting();
  }

  /** Says where it will be said. @param channel its name. */
  setChannel(channel: string): void {
    this.#input.placeholder = fill(words.messageTo, { channel });
  }

  /** Content as a line. */
  get line(): string {
    if (!this.#command) return this.#input.value;
    const texts = [...this.#fields.texts].filter(([, text]) => text !== '');
    return formatLine(this.#command.name, Object.fromEntries(texts), this.#command.options);
  }

  /** Puts a line into it: as fields, if it is a whole command, else as text. */
  fill(line: string): void {
    const parsed = line.startsWith('/') ? parseLine(line, this.#commands) : undefined;
    if (parsed?.command && !parsed.stray && parsed.unknown.length === 0) {
      this.#begin(parsed.command, parsed.texts);
    } else {
      this.#clear();
      this.#input.value = line;
    }
  }

  focus(): void {
    (this.#fields.first ?? this.#input).focus();
  }

  #typed(): void {
    this.#listFitting();
    this.#tell(missingOptions(this.#input.value, this.#commands) ?? words.hint);
    this.#parts.changed(this.line);
  }

  /** Opens the list of commands or values that fit the typed text, or closes it when none does. */
  #listFitting(): void {
    const items = fittingCommands(this.#input.value, this.#commands);
    if (items.length > 0) this.#popup.open(this.#input, words.commands, items, ({ value }) => this.#choose(value));
    else this.#listValues();
  }

  /** Offers the values of the option at the end of the line. */
  #listValues(): void {
    this.#popup.close();
    const { value: line } = this.#input;
    const open = openValueOf(line, this.#commands);
    if (!open || this.#input.selectionEnd !== line.length) return;
    const offer = (all: readonly PopupItem[]) => {
      const items = completionsOf(open, all);
      if (items.length === 0) return this.#popup.close();
      this.#popup.open(this.#input, open.option.name, items, ({ value }) => {
        this.#input.value = `${open.before}${value} `;
        this.#typed();
      });
    };
    offer(itemsOf(open.option) ?? []);
    if (!open.option.completes) return;
    const { values } = readValues(open.command, parseLine(open.before, this.#commands).texts);
    this.#parts
      .complete(open.command.name, open.option.name, values)
      .then((choices) => {
        if (choices.length === 0 || this.#input.value !== line || this.#popup.owner !== this.#input) return;
        offer(choices.map((choice) => itemOf(String(choice.value), choice.name)));
      })
      // All choices stay, and the server objects on sending if one does not fit.
      .catch(() => undefined);
  }

  #choose(name: string): void {
    const command = this.#commands.find((one) => one.name === name);
    if (!command) return;
    this.#begin(command, new Map());
    if (this.#fields.first) this.#fields.first.focus();
    else this.#send.focus();
  }

  /** Shows a command with its required options and those that have a text. */
  #begin(command: WireCommand, texts: ReadonlyMap<string, string>): void {
    this.#clear();
    this.#command = command;
    this.#pill.replaceChildren(
      `/${command.name}`,
      removeButton(words.leave, () => this.#leave()),
    );
    this.#pill.hidden = false;
    this.#input.hidden = true;
    this.#fields.show(command, texts);
    this.#tell(
      command.options.length > 0 ? command.description : fill(words.enterSends, { description: command.description }),
    );
    if (!this.#fields.first) this.#send.focus();
    this.#parts.changed(this.line);
  }

  #tell(text: string, kind = ''): void {
    this.#hint.textContent = text;
    this.#hint.dataset.kind = kind;
  }

  /** Back to an empty line. */
  #clear(): void {
    this.#popup.close();
    this.#command = undefined;
    this.#fields.show(undefined);
    this.#pill.hidden = true;
    this.#input.hidden = false;
    this.#input.value = '';
    this.#tell(words.hint);
  }

  #leave(): void {
    this.#clear();
    this.#input.focus();
    this.#parts.changed('');
  }

  async #submit(): Promise<void> {
    if (this.#sending) {
      this.#entered = this.line;
      return;
    }
    const line = this.#input.value.trim();
    if (!this.#command && !line.startsWith('/')) {
      this.#offer(line);
      return;
    }
    const parsed = this.#command ? undefined : parseLine(line, this.#commands);
    const [unknown = parsed?.stray] = parsed?.unknown ?? [];
    if (unknown) {
      this.#tell(`“${unknown}” belongs to no option of /${parsed?.name}.`, 'problem');
      return;
    }
    const command = this.#command ?? parsed?.command;
    // A command that the page does not know may still be one: the server answers.
    if (!command) return this.#dispatch(parsed?.name ?? '', {});
    const texts = parsed?.texts ?? this.#fields.texts;
    const { values, problems } = readValues(command, texts, parsed !== undefined);
    if (problems.size === 0) return this.#dispatch(command.name, values);
    if (parsed) this.#begin(command, texts);
    this.#fields.showProblems(problems);
  }

  /** Shows people who just describe a video how to ask for it. */
  #offer(text: string): void {
    const command = this.#commands.find(({ options }) =>
      options.some((option) => option.required && isFreeText(option)),
    );
    const option = command?.options.find(isFreeText);
    if (text === '' || !command || !option) {
      this.#tell(words.hint, 'problem');
      return;
    }
    this.#begin(command, new Map([[option.name, text]]));
    this.focus();
    this.#tell(`Put into /${command.name} for you. Press Enter once more to send it.`);
  }

  /** Sends a command. It stays in the composer until the server has taken it; text typed meanwhile stays after that. */
  async #dispatch(command: string, values: Readonly<Record<string, WireValue>>): Promise<void> {
    this.#sending = true;
    this.#entered = undefined;
    const { line } = this;
    const taken = await this.#parts.send(command, values);
    this.#sending = false;
    const now = this.line;
    if (!taken || !(this.#command ? now === line : now.startsWith(line))) return;
    this.#leave();
    if (now === line) return;
    this.#input.value = now.slice(line.length);
    this.#typed();
    if (this.#entered === now) void this.#submit();
  }
}
