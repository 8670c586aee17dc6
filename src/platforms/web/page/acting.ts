import { PEOPLE, type WebPerson } from '../people.ts';
import { avatar } from './avatar.ts';
import { h } from './dom.ts';
import { words } from './page-words.ts';

const REMEMBERED = 'dailies.as';

/** The choice of who to act as, remembered in this browser. */
export class Acting {
  readonly #group: HTMLElement;
  readonly #change: (id: string) => void;

  /** @param group the element of the radio group. */
  constructor(group: HTMLElement, change: (id: string) => void) {
    this.#group = group;
    this.#change = change;
  }

  /** Who was chosen last, or whoever comes first. */
  get remembered(): string {
    return localStorage.getItem(REMEMBERED) ?? PEOPLE[0]?.id ?? '';
  }

  /** Shows the people there are, once. */
  show(people: readonly WebPerson[], chosen: string): void {
    if (this.#group.childElementCount > 0) return;
    this.#group.append(...people.map((person) => this.#option(person, person.id === chosen)));
  }

  #option({ id, name, moderator, roles }: WebPerson, checked: boolean): HTMLElement {
    const radio = h('input', { type: 'radio', name: 'as', value: id, checked, class: 'visually-hidden' });
    radio.addEventListener('change', () => {
      localStorage.setItem(REMEMBERED, id);
      this.#change(id);
    });
    const role = h('span', { class: 'role' }, [...(moderator ? [words.moderator] : []), ...roles].join(', '));
    return h('label', { class: 'person' }, radio, avatar(id, name), h('span', { class: 'person-name' }, name), role);
  }
}
