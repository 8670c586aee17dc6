import { h } from './dom.ts';

/** A round badge for a person: the first letter in a colour of its own, shown beside the name. */
export function avatar(id: string, name: string): HTMLElement {
  const element = h('span', { class: 'avatar', 'aria-hidden': 'true' }, name.charAt(0));
  element.style.setProperty('--hue', String(hueOf(id)));
  return element;
}

/** The sign of the bot. */
export function botAvatar(): HTMLElement {
  return h('span', { class: 'avatar bot', 'aria-hidden': 'true' }, h('img', { src: '/icon.svg', alt: '' }));
}

/** The same colour for the same person, in degrees on the colour wheel. */
function hueOf(id: string): number {
  let hash = 7;
  for (const char of id) hash = (hash * 31 + char.charCodeAt(0)) % 360;
  return hash;
}
