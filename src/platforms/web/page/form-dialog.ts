import type { WireForm } from '../wire.ts';
import { h } from './dom.ts';
import { createFormField, type FormFieldView } from './form-fields.ts';
import { words } from './page-words.ts';

/** Dependencies of a dialog. */
export interface FormDialogParts {
  form: WireForm;
  /**
   * @param values by field name; empty fields are left out.
   * @returns why it was not taken, in a sentence, or undefined when it was.
   */
  send(values: Readonly<Record<string, string>>): Promise<string | undefined>;
}

/**
 * Opens a form above the page. The browser keeps the focus in it, closes it at Escape and gives the focus back. It
 * stays open until the server has taken its values.
 */
export function openFormDialog({ form, send }: FormDialogParts): void {
  // A second press while the form was on its way.
  if (document.querySelector('dialog[open]')) return;
  const title = h('h2', { id: 'form-title' }, form.title);
  const problem = h('p', { class: 'form-problem', role: 'alert' });
  const submit = h(
    'button',
    { type: 'submit', class: 'button primary' },
    form.costs ? `${form.send} · ${form.costs}` : form.send,
  );
  const cancel = h('button', { type: 'button', class: 'button plain' }, words.cancel);
  const fields = form.fields.map(createFormField);
  const element = h(
    'form',
    { novalidate: true, autocomplete: 'off' },
    title,
    ...fields.map((field) => field.element),
    problem,
    h('div', { class: 'form-buttons' }, cancel, submit),
  );
  const dialog = h('dialog', { class: 'form', 'aria-labelledby': 'form-title' }, element);

  const trySend = async () => {
    if (submit.disabled) return;
    problem.textContent = '';
    if (!checkAll(fields)) return;
    submit.disabled = true;
    const refused = await send(valuesOf(fields));
    submit.disabled = false;
    if (refused === undefined) dialog.close();
    else problem.textContent = refused;
  };
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void trySend();
  });
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void trySend();
  });
  cancel.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  for (const field of fields) field.shown();
  fields[0]?.control.focus();
}

/** Shows the problem at each field, and goes to the first one. @returns whether there is none. */
function checkAll(fields: readonly FormFieldView[]): boolean {
  const wrong = fields.filter((field) => !field.check());
  wrong[0]?.control.focus();
  return wrong.length === 0;
}

function valuesOf(fields: readonly FormFieldView[]): Record<string, string> {
  return Object.fromEntries(
    fields.filter(({ control }) => control.value !== '').map(({ name, control }) => [name, control.value]),
  );
}
