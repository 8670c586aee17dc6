/** The playground's only community and channel. */
export const COMMUNITY = 'web:local';
export const CHANNEL = 'general';

/** Somebody to act as. */
export interface Person {
  /** The member's id. */
  id: string;
  name: string;
  moderator: boolean;
}

/** Everybody there is to act as, the first one to begin with. */
export const PEOPLE: readonly Person[] = [
  { id: 'web:ada', name: 'Ada', moderator: false },
  { id: 'web:ben', name: 'Ben', moderator: false },
  { id: 'web:mo', name: 'Mo', moderator: true },
];
