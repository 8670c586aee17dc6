import type { Failure } from './failure.ts';

/** Changes that a moderator can make, by the stable names under which they are in the audit. */
export const ACTIONS = [
  'quota.set',
  'quota.clear',
  'quota.grant',
  'quota.revoke',
  'budget.set',
  'budget.clear',
  'pace.set',
  'pace.clear',
  'block',
  'unblock',
  'channel.allow',
  'channel.deny',
  'channel.clear',
  'model.enable',
  'model.disable',
  'model.cost',
  'word.add',
  'word.remove',
  'moderators.add',
  'moderators.remove',
  'settings.timezone',
  'settings.private',
  'settings.log',
  'pause',
  'resume',
  'cancel',
  'delete',
  'forget',
  'report',
] as const;

/** One of the things that a moderator can change. */
export type Action = (typeof ACTIONS)[number];

/** Whom or what a change is about: somebody or something in the chat, or a word of ours (a model, a list's word). */
export type AuditSubject =
  | { kind: 'member' | 'role' | 'channel'; id: string }
  | { kind: 'text'; text: string }
  | { kind: 'everything' };

/** The subject of a change that concerns the whole community. */
export const EVERYTHING = { kind: 'everything' } as const satisfies AuditSubject;

/**
 * A value before or after a change, as it is written in the audit in every language: `20/day`, `unlimited`, `on`,
 * `Europe/Berlin`. A moment is in ISO 8601, a channel `#` with its id.
 */
export type AuditValue = string | undefined;

/** One change. */
export interface AuditEntry {
  /** In ms since 1970 UTC. */
  at: number;
  /** The id of the member who made it. */
  actor: string;
  action: Action;
  subject: AuditSubject;
  before: AuditValue;
  after: AuditValue;
}

/**
 * Something that happened in a community, for whoever reads the outbox: today its log channel. Prompts are not in it:
 * they are looked up when it is posted.
 */
export type CommunityEvent =
  | { kind: 'generation'; generation: string }
  /** `because`: what moderation found, such as the word of the list; never what the member wrote. */
  | { kind: 'refusal'; member: string; channel: string; failure: Failure; because?: string | undefined }
  | { kind: 'report'; generation: string; reporter: string }
  | { kind: 'change'; entry: AuditEntry }
  | { kind: 'budget'; percent: 80 | 100; used: number; credits: number; resetsAt: number };
