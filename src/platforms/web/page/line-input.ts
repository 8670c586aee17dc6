import { h } from './dom.ts';
import { words } from './page-words.ts';

/** The place to type a whole line, which opens the list of commands. */
export function lineInput(): HTMLInputElement {
  const input = h('input', {
    type: 'text',
    id: 'line',
    class: 'line',
    role: 'combobox',
    'aria-label': words.message,
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-expanded': 'false',
    'aria-describedby': 'hint',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    enterkeyhint: 'send',
    dir: 'auto',
  });
  input.addEventListener('paste', (event) => pasteAsOneLine(input, event));
  return input;
}

/** A field of one line drops line breaks, and so joins the words that they were between. */
function pasteAsOneLine(input: HTMLInputElement, event: ClipboardEvent): void {
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!/[\r\n]/.test(text)) return;
  event.preventDefault();
  const line = text.replace(/\s*[\r\n]+\s*/g, ' ');
  input.setRangeText(line, input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end');
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
