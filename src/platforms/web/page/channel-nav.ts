import type { WireChannelEntry } from '../wire.ts';
import { h } from './dom.ts';
import { words } from './page-words.ts';

const REMEMBERED = 'dailies.read';
/** Prefix of a channel's id in the page's address. */
const ADDRESS = '#/';

/**
 * The channels to choose from. Which one is open is in the page's address, so that it can be gone back from; up to where
 * each person has read each channel is remembered in this browser.
 */
export class ChannelNav {
  readonly #list: HTMLElement;
  readonly #links = new Map<string, HTMLElement>();

  /** @param list the element that the links are in. @param change another one was chosen. */
  constructor(list: HTMLElement, change: (id: string) => void) {
    this.#list = list;
    addEventListener('hashchange', () => {
      if (location.hash === '' || location.hash.startsWith(ADDRESS)) change(this.chosen);
    });
  }

  /** The id of the one that the page's address names, or ''. */
  get chosen(): string {
    return location.hash.startsWith(ADDRESS) ? location.hash.slice(ADDRESS.length) : '';
  }

  /** The address names a channel that is not there: now it names none. */
  forget(): void {
    history.replaceState(null, '', location.pathname);
  }

  /** Shows the channels that there are for a person. @param open id of the one that is on the page. */
  show(channels: readonly WireChannelEntry[], open: string, person: string): void {
    this.#links.clear();
    this.#list.replaceChildren(
      ...channels.map(({ id, name }, index) => {
        const link = h(
          'a',
          { href: index === 0 ? '#/' : `${ADDRESS}${id}`, 'aria-current': id === open && 'page' },
          h('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
          h('span', { class: 'channel-name' }, name),
          h('span', { class: 'unread', hidden: true }, h('span', { class: 'visually-hidden' }, words.newMessages)),
        );
        this.#links.set(id, link);
        return link;
      }),
    );
    for (const { id, latest } of channels) if (latest !== undefined) this.note(id, latest, id === open, person);
  }

  /** A message was said at `moment` (ms). @param read it is on the page. */
  note(id: string, moment: number, read: boolean, person: string): void {
    const key = `${person} ${id}`;
    const seen = readMoments();
    const fresh = moment > (seen[key] ?? 0);
    if (read && fresh) localStorage.setItem(REMEMBERED, JSON.stringify({ ...seen, [key]: moment }));
    const mark = this.#links.get(id)?.querySelector<HTMLElement>('.unread');
    if (mark && (read || fresh)) mark.hidden = read;
  }
}

function readMoments(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(REMEMBERED) ?? '{}');
  } catch {
    return {};
  }
}
