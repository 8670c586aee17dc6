import { communityId, type MemberId, memberId } from '../../domain/ids.ts';
import type { Texts } from '../../locales/texts.ts';

/** The playground's only community. */
export const COMMUNITY = communityId('web', 'local');

/** Somebody to act as. */
export interface WebPerson {
  /** The member's id. */
  id: MemberId;
  name: string;
  moderator: boolean;
  /** Ids of roles. */
  roles: readonly string[];
}

/** A role that several people share. */
export interface Role {
  id: string;
  name: string;
}

/** Where messages are. */
export interface Channel {
  id: keyof Texts['page']['topics'];
  name: string;
  /** Nobody else sees it. */
  moderatorsOnly: boolean;
}

/** Everybody there is to act as, the first one to begin with. */
export const PEOPLE: readonly WebPerson[] = [
  { id: memberId('web', 'ada'), name: 'Ada', moderator: false, roles: ['crew'] },
  { id: memberId('web', 'ben'), name: 'Ben', moderator: false, roles: ['guests'] },
  { id: memberId('web', 'mo'), name: 'Mo', moderator: true, roles: ['crew'] },
];

export const ROLES: readonly Role[] = [
  { id: 'crew', name: 'crew' },
  { id: 'guests', name: 'guests' },
];

/** The channel of all messages that have no other. */
export const GENERAL: Channel = {
  id: 'general',
  name: 'general',
  moderatorsOnly: false,
};

export const CHANNELS: readonly Channel[] = [
  GENERAL,
  {
    id: 'moderators-log',
    name: 'moderators-log',
    moderatorsOnly: true,
  },
];

/** The channels that a person sees. */
export function channelsOf({ moderator }: WebPerson): Channel[] {
  return CHANNELS.filter(({ moderatorsOnly }) => moderator || !moderatorsOnly);
}
