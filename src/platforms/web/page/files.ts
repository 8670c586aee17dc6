import type { WireFile } from '../wire.ts';
import { h, icon } from './dom.ts';

/** A file on a card: a picture is shown and opens in full, anything else is a link that saves it. */
export function fileElement({ name, type, alt, url }: WireFile): HTMLElement {
  if (type.startsWith('image/')) {
    return h('a', { class: 'picture', href: url, target: '_blank' }, h('img', { src: url, alt }));
  }
  return h('a', { class: 'file', href: url, download: name, title: alt }, icon('save'), h('span', {}, name));
}
