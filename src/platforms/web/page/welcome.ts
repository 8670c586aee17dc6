import { botAvatar } from './avatar.ts';
import { h } from './dom.ts';
import { words } from './page-words.ts';

/** The line that makes a channel the moderators' log. */
const LOG_LINE = '/moderate log channel:';

/**
 * The first message of the channel: introduces the bot and shows how to begin.
 * @param fillLine puts a line into the composer.
 */
export function welcomeElement(fillLine: (line: string) => void): HTMLElement {
  const { title, text, examples, ...prompts } = words.welcome;
  const [before, after] = text.split(' / ');
  const buttons = Object.values(prompts).map((prompt) => {
    const button = h('button', { type: 'button', class: 'example' }, prompt);
    button.addEventListener('click', () => fillLine(`/video prompt:${prompt}`));
    return button;
  });
  return firstMessage(
    h('h2', {}, title),
    h('p', {}, `${before} `, h('kbd', {}, '/'), ` ${after}`),
    h('div', { class: 'examples', role: 'group', 'aria-label': examples }, ...buttons),
  );
}

/**
 * The first message of a channel that is not for everyone: explains its use.
 * @param channel its name. @param fillLine puts a line into the composer.
 */
export function logWelcomeElement(channel: string, fillLine: (line: string) => void): HTMLElement {
  const line = `${LOG_LINE}${channel}`;
  const button = h('button', { type: 'button', class: 'example' }, line);
  button.addEventListener('click', () => fillLine(line));
  return firstMessage(
    h('h2', {}, words.logWelcome.title),
    h('p', {}, words.logWelcome.text),
    h('div', { class: 'examples', role: 'group', 'aria-label': words.welcome.examples }, button),
  );
}

function firstMessage(...content: HTMLElement[]): HTMLElement {
  const byline = [h('span', { class: 'name' }, 'Dailies'), h('span', { class: 'badge' }, words.bot)];
  return h(
    'li',
    { class: 'message welcome' },
    h(
      'div',
      { class: 'row' },
      botAvatar(),
      h('div', { class: 'row-body' }, h('div', { class: 'byline' }, ...byline), ...content),
    ),
  );
}
