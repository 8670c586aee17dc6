import type { WireOption } from '../wire.ts';
import { h, icon } from './dom.ts';
import { fill, words } from './page-words.ts';
import type { Popup, PopupItem } from './popup.ts';
import { namesSomebody } from './values.ts';

/** Events that a field reports to the composer. */
export interface FieldEvents {
  /** Something was typed or chosen. */
  changed(field: PageField): void;
  focused(field: PageField): void;
  /** Asks for its removal: by its button, or by Backspace when it is empty. */
  removed(field: PageField): void;
  /** Enter. */
  submitted(): void;
}

/** One option of the command that is being put together. */
export interface PageField {
  option: WireOption;
  element: HTMLElement;
  /** The element inside it that takes the focus. */
  control: HTMLElement;
  /** As text, '' when there is nothing yet. */
  text: string;
  /** Replaces the choices of a field that has any: with these, or with all if there are none. */
  offer?(items: PopupItem[]): void;
  /** Marks it as wrong, or not. */
  mark(wrong: boolean): void;
}

/** Makes the field for an option: a list to choose from where there is a choice, else a place to type. */
export function createField(option: WireOption, popup: Popup, events: FieldEvents): PageField {
  const items = itemsOf(option);
  return items ? pickerField(option, items, popup, events) : typedField(option, events);
}

/** Choices for an option; undefined if there is nothing to choose. */
export function itemsOf({ type, choices }: WireOption): PopupItem[] | undefined {
  if (choices) return choices.map(({ name, value }) => itemOf(String(value), name));
  return type === 'boolean' ? ['true', 'false'].map((value) => ({ value, label: value })) : undefined;
}

/** A choice's name often begins with its value: `pro: Seedance 1.0 Pro`. It is not to be read twice. */
export function itemOf(value: string, name: string): PopupItem {
  if (name === value) return { value, label: value };
  return name.startsWith(`${value}: `)
    ? { value, label: value, detail: name.slice(value.length + 2) }
    : { value, label: name };
}

/** Label, control and, where it may go, a button that removes it. */
function frame(option: WireOption, control: HTMLElement, remove: () => void): HTMLElement {
  control.id = `option-${option.name}`;
  control.setAttribute('aria-describedby', 'hint');
  const label = h('label', { for: control.id, id: `label-${option.name}` }, option.name);
  const element = h('div', { class: `field ${option.required ? 'required' : 'optional'}` }, label, control);
  if (option.required) {
    control.setAttribute('aria-required', 'true');
  } else {
    const button = h(
      'button',
      { type: 'button', class: 'remove', 'aria-label': fill(words.remove, { option: option.name }) },
      icon('close'),
    );
    button.addEventListener('click', remove);
    element.append(button);
  }
  return element;
}

/** A small cross. @param label its purpose, for screen readers. */
export function removeButton(label: string, remove: () => void): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'remove', 'aria-label': label }, icon('close'));
  button.addEventListener('click', remove);
  return button;
}

function mark(control: HTMLElement, element: HTMLElement, wrong: boolean): void {
  element.classList.toggle('wrong', wrong);
  if (wrong) control.setAttribute('aria-invalid', 'true');
  else control.removeAttribute('aria-invalid');
}

function typedField(option: WireOption, events: FieldEvents): PageField {
  const { type, minimum, maximum } = option;
  const control =
    type === 'integer'
      ? h('input', { type: 'number', inputmode: 'numeric', step: 1, min: minimum, max: maximum, autocomplete: 'off' })
      : h('textarea', { rows: 1, dir: 'auto', enterkeyhint: 'send', autocomplete: 'off' });
  const grow = () => {
    if (control instanceof HTMLInputElement) return;
    control.style.height = 'auto';
    control.style.height = `${control.scrollHeight}px`;
  };
  const field: PageField = {
    option,
    element: frame(option, control, () => events.removed(field)),
    control,
    get text() {
      // A number field that holds something else than a number has the value ''.
      const unread = control instanceof HTMLInputElement && control.validity.badInput;
      return unread ? '?' : control.value;
    },
    set text(text) {
      control.value = text;
      grow();
    },
    mark: (wrong) => mark(control, field.element, wrong),
  };
  control.addEventListener('input', () => {
    grow();
    events.changed(field);
  });
  control.addEventListener('focus', () => events.focused(field));
  control.addEventListener('keydown', (event: Event) => {
    if (!(event instanceof KeyboardEvent) || event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      events.submitted();
    } else if (event.key === 'Backspace' && field.text === '' && !event.repeat) {
      event.preventDefault();
      events.removed(field);
    }
  });
  return field;
}

/** @param byName it may be named as people know it as well. */
function findItem(value: string, items: readonly PopupItem[], byName: boolean): PopupItem | undefined {
  const name = value.replace(/^[@#]/, '').toLowerCase();
  const byValue = items.find((item) => item.value === value);
  return byValue ?? (byName ? items.find(({ label }) => label.toLowerCase() === name) : undefined);
}

/** Handles keys while the list is closed; while it is open, the list gets them first. */
function addKeys(control: HTMLElement, popup: Popup, keys: ReadonlyMap<string, () => void>): void {
  control.addEventListener('keydown', (event) => {
    if (popup.owner === control) {
      if (popup.handleKey(event)) return;
      if (event.key.length === 1 && event.key !== ' ') popup.seek(event.key);
    }
    const action = keys.get(event.key);
    if (!action || event.shiftKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    action();
  });
}

function pickerControl(name: string, shown: HTMLElement): HTMLButtonElement {
  const control = h('button', {
    type: 'button',
    class: 'picker',
    role: 'combobox',
    'aria-haspopup': 'listbox',
    'aria-expanded': 'false',
    'aria-labelledby': `label-${name} picked-${name}`,
  });
  control.append(shown);
  return control;
}

function pickerField(option: WireOption, all: PopupItem[], popup: Popup, events: FieldEvents): PageField {
  let items = all;
  const shown = h('span', { class: 'picked', id: `picked-${option.name}` });
  const control = pickerControl(option.name, shown);
  let text = '';
  const set = (value: string) => {
    const item = findItem(value, [...items, ...all], namesSomebody(option.type));
    text = item?.value ?? value;
    shown.textContent = item?.label ?? (value || words.choose);
    control.classList.toggle('empty', value === '');
  };
  const choose = ({ value }: PopupItem) => {
    set(value);
    events.changed(field);
  };
  const open = (active = text) => popup.open(control, option.name, items, choose, active);
  const field: PageField = {
    option,
    element: frame(option, control, () => events.removed(field)),
    control,
    get text() {
      return text;
    },
    set text(value) {
      set(value.trim());
    },
    offer(fitting) {
      items = fitting.length > 0 ? fitting : all;
      set(text);
      if (popup.owner === control) open(popup.active);
    },
    mark: (wrong) => mark(control, field.element, wrong),
  };
  set('');
  const remove = () => {
    if (text === '') return events.removed(field);
    set('');
    events.changed(field);
  };
  const submit = () => (text === '' ? open() : events.submitted());
  const keys = { Enter: submit, ' ': open, ArrowDown: open, ArrowUp: open, Backspace: remove };
  addKeys(control, popup, new Map(Object.entries(keys).map(([key, action]) => [key, () => action()])));
  control.addEventListener('click', () => (popup.owner === control ? popup.close() : open()));
  control.addEventListener('blur', () => popup.close());
  control.addEventListener('focus', () => events.focused(field));
  return field;
}
