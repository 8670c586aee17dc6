import { isFreeText } from '../../shared/line.ts';
import type { WireCommand, WireOption, WireValue } from '../wire.ts';
import { h } from './dom.ts';
import { createField, type FieldEvents, itemOf, type PageField } from './fields.ts';
import { fill, words } from './page-words.ts';
import type { Popup } from './popup.ts';
import { foresee, readValues } from './values.ts';

/** Dependencies of the fields. */
export interface CommandFieldsParts {
  popup: Popup;
  /** Asks which choices fit an option, in view of what else is filled in. */
  complete(
    command: string,
    option: string,
    options: Readonly<Record<string, WireValue>>,
  ): Promise<{ name: string; value: string | number }[]>;
  changed(): void;
  /** Something is to be said about the fields. */
  tell(text: string, kind?: string): void;
  submit(): void;
  /** The last field was left empty, and the one before it is no field. */
  left(): void;
  /** There is no field left to have the focus. */
  focusLost(): void;
}

/** The options of one command: a field for each that is in use, a chip for each that could be. */
export class CommandFields {
  readonly row = h('div', { class: 'fields', role: 'group', hidden: true });
  readonly chips = h('div', { class: 'chips', role: 'group', 'aria-label': words.moreOptions, hidden: true });
  readonly #parts: CommandFieldsParts;
  #command: WireCommand | undefined;
  #fields: PageField[] = [];
  /** How often choices were asked for; only the latest answer counts. */
  #asked = 0;

  constructor(parts: CommandFieldsParts) {
    this.#parts = parts;
  }

  /** Shows a command's required options and those that have a text; none without a command. */
  show(command: WireCommand | undefined, texts: ReadonlyMap<string, string> = new Map()): void {
    this.#command = command;
    this.#fields = [];
    this.row.replaceChildren();
    this.row.hidden = !command;
    if (command) this.row.setAttribute('aria-label', fill(words.optionsOf, { command: command.name }));
    for (const option of command?.options ?? []) {
      const text = texts.get(option.name);
      if (option.required || text !== undefined) this.#add(option).text = text ?? '';
    }
    this.#showChips();
    this.#narrow();
  }

  /** Updates the choices of pickers to those that fit now. */
  offerAnew(): void {
    this.#narrow();
  }

  /** Current values by option name; '' for an empty field. */
  get texts(): Map<string, string> {
    return new Map(this.#fields.map(({ option, text }) => [option.name, text]));
  }

  /** The first control, if there is one. */
  get first(): HTMLElement | undefined {
    return this.#fields[0]?.control;
  }

  /** Marks the fields that something is wrong with, and goes to the first of them. */
  showProblems(problems: ReadonlyMap<string, string>): void {
    for (const field of this.#fields) field.mark(problems.has(field.option.name));
    const wrong = this.#fields.find(({ option }) => problems.has(option.name));
    this.#parts.tell(problems.get(wrong?.option.name ?? '') ?? '', 'problem');
    wrong?.control.focus();
  }

  #add(option: WireOption): PageField {
    const field = createField(option, this.#parts.popup, this.#events);
    this.#fields.push(field);
    this.row.append(field.element);
    return field;
  }

  readonly #events: FieldEvents = {
    changed: (field) => {
      field.mark(false);
      this.#parts.tell(foresee(field.option, field.text) ?? field.option.description);
      this.#parts.changed();
      // Free text does not change which choices fit; a choice may.
      if (!isFreeText(field.option)) this.#narrow();
    },
    focused: (field) => {
      if (!field.element.classList.contains('wrong')) this.#parts.tell(field.option.description);
    },
    removed: (field) => this.#remove(field),
    submitted: () => this.#parts.submit(),
  };

  /** Limits pickers to the choices that fit. Until the answer is there, they offer everything. */
  #narrow(): void {
    const asked = ++this.#asked;
    const command = this.#command;
    if (!command) return;
    const { values } = readValues(command, this.texts);
    for (const field of this.#fields.filter(({ option, offer }) => option.completes && offer)) {
      this.#parts
        .complete(command.name, field.option.name, values)
        .then((choices) => {
          if (asked !== this.#asked) return;
          field.offer?.(choices.map((choice) => itemOf(String(choice.value), choice.name)));
        })
        // All choices stay, and the server objects on sending if one does not fit.
        .catch(() => undefined);
    }
  }

  #remove(field: PageField): void {
    if (field.option.required) {
      if (this.#fields.every(({ text }) => text === '')) this.#parts.left();
      return;
    }
    const index = this.#fields.indexOf(field);
    this.#parts.popup.close();
    this.#fields.splice(index, 1);
    field.element.remove();
    this.#showChips();
    this.#narrow();
    const next = this.#fields[index - 1]?.control ?? this.first;
    if (next) next.focus();
    else this.#parts.focusLost();
    this.#parts.changed();
  }

  #showChips(): void {
    const missing = (this.#command?.options ?? []).filter(
      ({ name }) => !this.#fields.some((field) => field.option.name === name),
    );
    this.chips.hidden = missing.length === 0;
    this.chips.replaceChildren(
      ...missing.map((option) => {
        const chip = h('button', { type: 'button', class: 'chip', title: option.description }, `+ ${option.name}`);
        chip.addEventListener('click', () => {
          const { control } = this.#add(option);
          this.#showChips();
          this.#narrow();
          control.focus();
          if (control instanceof HTMLButtonElement) control.click();
        });
        return chip;
      }),
    );
  }
}
