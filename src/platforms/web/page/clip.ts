import { h } from './dom.ts';
import { fill, words } from './page-words.ts';

/** The clip, played in place; automatically and without sound unless people prefer reduced motion. */
export function clipElement(url: string, name: string): HTMLElement {
  const video = h('video', {
    controls: true,
    playsinline: true,
    preload: 'metadata',
    'aria-label': fill(words.clip, { name }),
  });
  video.muted = true;
  video.loop = true;
  video.autoplay = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  const frame = h('div', { class: 'clip' }, video);
  video.addEventListener('error', () => {
    frame.replaceChildren(h('p', { class: 'clip-gone' }, words.clipGone));
  });
  video.src = url;
  return frame;
}

/** The address if it is one that a link may lead to. */
export function safeLink(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  return /^https?:$/.test(new URL(address).protocol) ? address : undefined;
}
