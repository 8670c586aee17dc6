import type { MentionKind } from '../../../domain/text.ts';
import type { WireChannel } from '../wire.ts';

/** The names of people, roles and channels, as far as the page knows them. */
export class Names {
  readonly #names = new Map<string, string>();

  /** Replaces the names known before. */
  know({ people, roles, channels }: Pick<WireChannel, 'people' | 'roles' | 'channels'>): void {
    this.#names.clear();
    const all = { member: people, role: roles, channel: channels };
    for (const [kind, named] of Object.entries(all)) {
      for (const { id, name } of named) this.#names.set(`${kind} ${id}`, name);
    }
  }

  /** A person's name; the id of somebody unknown. */
  ofMember(id: string): string {
    return this.#names.get(`member ${id}`) ?? id;
  }

  /** "@Ada", "#general"; undefined if it is not known. */
  mentionOf(kind: MentionKind, id: string): string | undefined {
    const name = this.#names.get(`${kind} ${id}`);
    return name === undefined ? undefined : `${kind === 'channel' ? '#' : '@'}${name}`;
  }
}
