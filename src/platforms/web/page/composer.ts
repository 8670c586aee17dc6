import type { WireCommand, WireOption, WireValue } from '../wire.ts';
import { h, icon } from './dom.ts';
import { createField, type Field, type FieldEvents, removeButton } from './fields.ts';
import { formatLine, isFreeText, parseLine } from './line.ts';
import { lineInput } from './line-input.ts';
import { Popup } from './popup.ts';
import { foresee, readValues } from './values.ts';

const HINT = 'Type / to see what you can say.';

/** What the composer is connected to. */
export interface ComposerParts {
  form: HTMLFormElement;
  /** @returns whether it was taken; if not, it stays in the composer. */
  send(command: string, options: Readonly<Record<string, WireValue>>): Promise<boolean>;
  /** What is in it has changed; `line` is the same as text. */
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
  readonly #fieldRow = h('div', { class: 'fields', role: 'group' });
  readonly #chips = h('div', { class: 'chips', role: 'group', 'aria-label': 'More options', hidden: true });
  readonly #hint = h('p', { class: 'hint', id: 'hint' }, HINT);
  readonly #send = h('button', { type: 'submit', class: 'send', 'aria-label': 'Send' }, icon('send'));
  #commands: readonly WireCommand[] = [];
  #command: WireCommand | undefined;
  #fields: Field[] = [];

  constructor(parts: ComposerParts) {
    this.#parts = parts;
    parts.form.replaceChildren(
      this.#popup.element,
      h('div', { class: 'box' }, this.#pill, this.#input, this.#fieldRow, this.#send),
      this.#chips,
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

  /** The commands that can be chosen from now on. */
  setCommands(commands: readonly WireCommand[]): void {
    this.#commands = commands;
  }

  /** What is in it, as a line. */
  get line(): string {
    if (!this.#command) return this.#input.value;
    const texts = this.#fields.filter(({ text }) => text !== '').map(({ option, text }) => [option.name, text]);
    return formatLine(this.#command.name, Object.fromEntries(texts), this.#command.options);
  }

  /** Puts a line into it: as fields, if it is a whole command, else as text. */
  fill(line: string): void {
    const parsed = line.startsWith('/') ? parseLine(line, this.#commands) : undefined;
    if (parsed?.command && !parsed.stray) {
      this.#begin(parsed.command, parsed.texts);
    } else {
      this.#clear();
      this.#input.value = line;
    }
  }

  focus(): void {
    (this.#fields[0]?.control ?? this.#input).focus();
  }

  #typed(): void {
    const typed = this.#input.value.toLowerCase();
    const found = typed.startsWith('/')
      ? this.#commands.filter(
          ({ name }) => `/${name}`.startsWith(typed) || (typed.length > 2 && name.includes(typed.slice(1))),
        )
      : [];
    if (found.length > 0) {
      const items = found.map(({ name, description }) => ({ value: name, label: `/${name}`, detail: description }));
      this.#popup.open(this.#input, 'Commands', items, ({ value }) => this.#choose(value));
    } else {
      this.#popup.close();
    }
    this.#tell(HINT);
    this.#parts.changed(this.line);
  }

  #choose(name: string): void {
    const command = this.#commands.find((one) => one.name === name);
    if (!command) return;
    this.#begin(command, new Map());
    this.focus();
  }

  /** Shows a command with its required options and those that have a text. */
  #begin(command: WireCommand, texts: ReadonlyMap<string, string>): void {
    this.#clear();
    this.#command = command;
    this.#pill.replaceChildren(
      `/${command.name}`,
      removeButton('Leave this command', () => this.#leave()),
    );
    this.#pill.hidden = false;
    this.#input.hidden = true;
    this.#fieldRow.hidden = false;
    this.#fieldRow.setAttribute('aria-label', `Options of ${command.name}`);
    for (const option of command.options) {
      const text = texts.get(option.name);
      if (option.required || text !== undefined) this.#add(option).text = text ?? '';
    }
    this.#showChips();
    this.#tell(command.options.length > 0 ? command.description : `${command.description}. Enter sends it.`);
    if (this.#fields.length === 0) this.#send.focus();
    this.#parts.changed(this.line);
  }

  #add(option: WireOption): Field {
    const field = createField(option, this.#popup, this.#events);
    this.#fields.push(field);
    this.#fieldRow.append(field.element);
    return field;
  }

  readonly #events: FieldEvents = {
    changed: (field) => {
      field.mark(false);
      this.#tell(foresee(field.option, field.text) ?? field.option.description);
      this.#parts.changed(this.line);
    },
    focused: (field) => {
      if (!field.element.classList.contains('wrong')) this.#tell(field.option.description);
    },
    removed: (field) => this.#remove(field),
    submitted: () => void this.#submit(),
  };

  #remove(field: Field): void {
    if (field.option.required) {
      if (this.#fields.every(({ text }) => text === '')) this.#leave();
      return;
    }
    const index = this.#fields.indexOf(field);
    this.#popup.close();
    this.#fields.splice(index, 1);
    field.element.remove();
    this.#showChips();
    (this.#fields[index - 1]?.control ?? this.#fields[0]?.control ?? this.#send).focus();
    this.#parts.changed(this.line);
  }

  #showChips(): void {
    const missing = (this.#command?.options ?? []).filter(
      ({ name }) => !this.#fields.some((f) => f.option.name === name),
    );
    this.#chips.hidden = missing.length === 0;
    this.#chips.replaceChildren(
      ...missing.map((option) => {
        const chip = h('button', { type: 'button', class: 'chip', title: option.description }, `+ ${option.name}`);
        chip.addEventListener('click', () => {
          const { control } = this.#add(option);
          this.#showChips();
          control.focus();
          if (control instanceof HTMLButtonElement) control.click();
        });
        return chip;
      }),
    );
  }

  #tell(text: string, kind = ''): void {
    this.#hint.textContent = text;
    this.#hint.dataset.kind = kind;
  }

  /** Back to an empty line. */
  #clear(): void {
    this.#popup.close();
    this.#command = undefined;
    this.#fields = [];
    this.#fieldRow.replaceChildren();
    this.#fieldRow.hidden = true;
    this.#pill.hidden = true;
    this.#input.hidden = false;
    this.#input.value = '';
    this.#showChips();
    this.#tell(HINT);
  }

  #leave(): void {
    this.#clear();
    this.#input.focus();
    this.#parts.changed('');
  }

  async #submit(): Promise<void> {
    const line = this.#input.value.trim();
    if (!this.#command && !line.startsWith('/')) {
      this.#offer(line);
      return;
    }
    const parsed = this.#command ? undefined : parseLine(line, this.#commands);
    if (parsed?.stray) {
      this.#tell(`“${parsed.stray}” belongs to no option of /${parsed.name}.`, 'problem');
      return;
    }
    const command = this.#command ?? parsed?.command;
    // A command that the page does not know may still be one: the server answers.
    if (!command) return this.#dispatch(parsed?.name ?? '', {});
    const texts = parsed?.texts ?? new Map(this.#fields.map(({ option, text }) => [option.name, text]));
    const { values, problems } = readValues(command, texts);
    if (problems.size === 0) return this.#dispatch(command.name, values);
    if (parsed) this.#begin(command, texts);
    this.#showProblems(problems);
  }

  #showProblems(problems: ReadonlyMap<string, string>): void {
    for (const field of this.#fields) field.mark(problems.has(field.option.name));
    const wrong = this.#fields.find(({ option }) => problems.has(option.name));
    this.#tell(problems.get(wrong?.option.name ?? '') ?? '', 'problem');
    wrong?.control.focus();
  }

  /** Somebody who just says what they want to see is shown how. */
  #offer(text: string): void {
    const command = this.#commands.find(({ options }) =>
      options.some((option) => option.required && isFreeText(option)),
    );
    const option = command?.options.find(isFreeText);
    if (text === '' || !command || !option) {
      this.#tell(HINT, 'problem');
      return;
    }
    this.#begin(command, new Map([[option.name, text]]));
    this.focus();
    this.#tell(`Put into /${command.name} for you. Press Enter once more to send it.`);
  }

  /** Empties the composer at once, for whatever is said next; what the server did not take comes back. */
  async #dispatch(command: string, values: Readonly<Record<string, WireValue>>): Promise<void> {
    const { line } = this;
    this.#leave();
    if ((await this.#parts.send(command, values)) || this.line !== '') return;
    this.fill(line);
    this.focus();
    this.#parts.changed(line);
  }
}
