import { parseLine } from '../../shared/command-line.ts';
import { isFreeText } from '../../shared/line.ts';
import type { MessagePart, WireCommand, WireMessage, WireMessageCommand } from '../wire.ts';
import { avatar, botAvatar } from './avatar.ts';
import { h, icon } from './dom.ts';
import { words } from './page-words.ts';
import type { PageReading } from './rich-text.ts';
import { timeElement } from './times.ts';

/** Everything needed to build a message's element, besides the message. */
export interface MessageParts {
  commands: readonly WireCommand[];
  messageCommands: readonly WireMessageCommand[];
  reading: PageReading;
  card: HTMLElement;
  /** Does something with a text of this message. */
  act(command: WireMessageCommand, part: MessagePart): void;
}

/** A message: somebody's words and the reply to them, or a message of the bot's own. */
export function messageElement(message: WireMessage, parts: MessageParts): HTMLElement {
  const { id, member, said, createdAt } = message;
  const { commands, card } = parts;
  const { ticker, names } = parts.reading;
  const actions = (part: MessagePart) =>
    h(
      'div',
      { class: 'actions', 'data-part': part, hidden: part === 'reply' || !holdsText(said, commands) },
      ...parts.messageCommands.map((command) => actionButton(command, () => parts.act(command, part))),
    );
  const name = names.ofMember(member ?? '');
  const when = timeElement(createdAt, 'moment', ticker);
  const saidRow = (by: string) =>
    row(avatar(by, name), [h('span', { class: 'name' }, name), when], actions('said'), saidElement(said, commands));
  return h(
    'li',
    { class: 'message', 'data-id': id, tabindex: '-1' },
    member === undefined ? undefined : saidRow(member),
    row(
      botAvatar(),
      [
        h('span', { class: 'name' }, 'Dailies'),
        h('span', { class: 'badge' }, words.bot),
        ...(member === undefined ? [when] : []),
        h('span', { class: 'only-you', hidden: true }, icon('eye'), words.onlyYou),
      ],
      actions('reply'),
      card,
    ),
  );
}

/** Updates the parts of a message's element that can change, besides its card. */
export function updateMessageElement(element: HTMLElement, { onlyYou, card }: WireMessage): void {
  const note = element.querySelector<HTMLElement>('.only-you');
  if (note) note.hidden = !onlyYou;
  const actions = element.querySelector<HTMLElement>('.actions[data-part="reply"]');
  if (actions) actions.hidden = card?.prompt === undefined;
}

function row(sign: HTMLElement, byline: HTMLElement[], actions: HTMLElement, content: HTMLElement): HTMLElement {
  return h(
    'div',
    { class: 'row' },
    sign,
    h('div', { class: 'row-body' }, h('div', { class: 'byline' }, ...byline, actions), content),
  );
}

function actionButton({ label }: WireMessageCommand, act: () => void): HTMLElement {
  const button = h('button', { type: 'button', class: 'action', title: label }, icon('clip'), h('span', {}, label));
  button.addEventListener('click', act);
  return button;
}

/** Whether the message has a text to make something from. */
function holdsText(said: string, commands: readonly WireCommand[]): boolean {
  const { command, texts } = parseLine(said, commands);
  return said.startsWith('/') && (command?.options.some((one) => isFreeText(one) && texts.has(one.name)) ?? false);
}

/** Shows a person's message, with the names of options set apart from their values. */
function saidElement(said: string, commands: readonly WireCommand[]): HTMLElement {
  const parsed = said.startsWith('/') ? parseLine(said, commands) : undefined;
  if (!parsed?.command || parsed.stray) return h('p', { class: 'said', dir: 'auto' }, said);
  const options = [...parsed.texts].flatMap(([name, text]) => [
    ' ',
    h('span', { class: 'said-option' }, h('span', { class: 'said-name' }, `${name}:`), h('bdi', {}, text)),
  ]);
  return h('p', { class: 'said' }, h('span', { class: 'said-command' }, `/${parsed.command.name}`), ...options);
}
