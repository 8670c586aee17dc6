import type { WireForm } from '../wire.ts';
import { h } from './dom.ts';
import { fill, words } from './page-words.ts';

type FormField = WireForm['fields'][number];

/** From this part of the longest text on, the characters are counted where one can see it. */
const NEARLY_FULL = 0.8;

/** One field of a form. */
export interface FormFieldView {
  name: string;
  element: HTMLElement;
  control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
  /** It is on the page now, and can be measured. */
  shown(): void;
  /** Shows the problem with its value, if any. @returns whether there is none. */
  check(): boolean;
}

/** Label, control, count and problem. */
export function createFormField(field: FormField): FormFieldView {
  const { name, label, required, maximumLength } = field;
  const control = createControl(field);
  const [id, counter, problem] = [`form-${name}`, h('span', { class: 'count' }), h('span', { class: 'wrong' })];
  control.id = id;
  control.setAttribute('aria-describedby', `${id}-about`);
  if (required) control.setAttribute('aria-required', 'true');
  const optional = required ? undefined : h('span', { class: 'optional' }, words.optional);
  const element = h(
    'div',
    { class: 'form-field' },
    h('label', { for: id }, label, optional),
    control,
    h('p', { class: 'about', id: `${id}-about`, 'aria-live': 'polite' }, problem, counter),
  );

  const say = (text: string | undefined) => {
    problem.textContent = text ?? '';
    element.classList.toggle('wrong', text !== undefined);
    if (text === undefined) control.removeAttribute('aria-invalid');
    else control.setAttribute('aria-invalid', 'true');
  };
  const count = () => {
    const length = lengthOf(control.value);
    const near = maximumLength !== undefined && length >= maximumLength * NEARLY_FULL;
    counter.textContent = near ? fill(words.count, { length, most: maximumLength }) : '';
    element.classList.toggle('over', maximumLength !== undefined && length > maximumLength);
    if (element.classList.contains('wrong')) say(problemOf(field, control.value));
  };
  control.addEventListener('input', () => {
    count();
    grow(control);
  });
  count();
  return {
    name,
    element,
    control,
    shown: () => grow(control),
    check() {
      const found = problemOf(field, control.value);
      say(found);
      return found === undefined;
    },
  };
}

/** The reason why the server would refuse a value, as a sentence. */
function problemOf(field: FormField, value: string): string | undefined {
  const length = lengthOf(value.trim());
  if (length === 0) return field.required ? words.needed : undefined;
  const { minimumLength = 0, maximumLength = Number.POSITIVE_INFINITY } = field;
  if (length < minimumLength) return fill(words.atLeast, { least: minimumLength });
  return lengthOf(value) > maximumLength ? fill(words.atMost, { most: maximumLength }) : undefined;
}

/** In characters as people count them, and not in the units that browsers store. */
function lengthOf(text: string): number {
  return [...text].length;
}

function createControl(field: FormField): FormFieldView['control'] {
  const { type, required, value = '', choices = [], multiline } = field;
  if (type === 'choice') {
    // Without an empty choice the first one would look chosen.
    const empty = required && value !== '' ? [] : [h('option', { value: '' }, '–')];
    const known = choices.map((choice) => h('option', { value: choice.value }, choice.name));
    const select = h('select', {}, ...empty, ...known);
    select.value = value;
    return select;
  }
  const control = multiline ? h('textarea', { rows: 3, dir: 'auto' }) : h('input', { type: 'text', dir: 'auto' });
  control.value = value;
  return control;
}

function grow(control: FormFieldView['control']): void {
  if (!(control instanceof HTMLTextAreaElement)) return;
  control.style.height = 'auto';
  control.style.height = `${control.scrollHeight + 2}px`;
}
