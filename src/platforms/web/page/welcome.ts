import { botAvatar } from './avatar.ts';
import { h } from './dom.ts';

const EXAMPLES = [
  'a paper boat sailing down a rainy street at dusk, close-up',
  'a red fox waking up in fresh snow, morning light, slow dolly in',
  'neon koi swimming through the air of an empty subway station',
];

/** The line that makes a channel the moderators' log. */
const LOG_LINE = '/moderate log channel:';

/**
 * The first message of the channel: what this is and how to begin.
 * @param fill puts a line into the composer.
 */
export function welcomeElement(fill: (line: string) => void): HTMLElement {
  const buttons = EXAMPLES.map((prompt) => {
    const button = h('button', { type: 'button', class: 'example' }, prompt);
    button.addEventListener('click', () => fill(`/video prompt:${prompt}`));
    return button;
  });
  return firstMessage(
    h('h2', {}, 'Say what you would like to see.'),
    h(
      'p',
      {},
      'I make short videos from a description. Type ',
      h('kbd', {}, '/'),
      ' below to see what you can say, or begin with one of these:',
    ),
    h('div', { class: 'examples', role: 'group', 'aria-label': 'Examples' }, ...buttons),
  );
}

/**
 * The first message of a channel that is not for everyone: what can be done with it.
 * @param channel its name. @param fill puts a line into the composer.
 */
export function logWelcomeElement(channel: string, fill: (line: string) => void): HTMLElement {
  const line = `${LOG_LINE}${channel}`;
  const button = h('button', { type: 'button', class: 'example' }, line);
  button.addEventListener('click', () => fill(line));
  return firstMessage(
    h('h2', {}, 'Only moderators see this channel.'),
    h('p', {}, 'I can write down here what happens everywhere: each video, refusal, report and change of rules.'),
    h('div', { class: 'examples', role: 'group', 'aria-label': 'Examples' }, button),
  );
}

function firstMessage(...content: HTMLElement[]): HTMLElement {
  const byline = [h('span', { class: 'name' }, 'Dailies'), h('span', { class: 'badge' }, 'Bot')];
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
