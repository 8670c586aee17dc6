import { type CommunityId, channelId, communityId, type MemberId, memberId } from '../../domain/ids.ts';
import type { Origin } from '../../domain/origin.ts';
import type { Team } from './clients.ts';
import type { SlackPerson } from './people.ts';
import { isDirect, type SlackRef } from './ref.ts';

/** Somebody does something in Slack: who, where, and how they can be answered. */
export interface SlackInteraction {
  team: Team;
  userId: string;
  person: SlackPerson;
  /** Undefined where nothing carries a channel: a global shortcut, the Home tab. */
  channelId: string | undefined;
  /** The thread that an answer belongs into. */
  threadTs: string | null;
  /** Answers the person alone. */
  responseUrl: string | undefined;
  /** Opens a modal, for 3 seconds. */
  triggerId: string | undefined;
}

/** Somebody, with nothing known yet of where they are. */
export function sceneOf(team: Team, userId: string, person: SlackPerson): SlackInteraction {
  return { team, userId, person, channelId: undefined, threadTs: null, responseUrl: undefined, triggerId: undefined };
}

/** What the platform says of a member besides what Slack tells by itself. */
export interface MemberRights {
  roles: readonly string[];
  moderator: boolean;
}

/** A reply's address in this scene. */
export function refIn(
  scene: SlackInteraction,
  at: Pick<SlackRef, 'kind' | 'channelId' | 'ts'> & Partial<SlackRef>,
): SlackRef {
  return {
    platform: 'slack',
    teamId: scene.team.teamId,
    enterpriseId: scene.team.enterpriseId,
    userId: scene.userId,
    locale: scene.person.locale,
    threadTs: null,
    responseUrl: null,
    fileIds: '',
    ...at,
  };
}

/**
 * Who said something, where: an answer in a direct message still belongs to the channel that it was asked in.
 * @param alone nobody else was to see the answer.
 */
export function originIn(scene: SlackInteraction, standing: MemberRights, reply: SlackRef, alone: boolean): Origin {
  return {
    community: communityOf(scene.team),
    channel: channelId(scene.channelId ?? reply.channelId),
    direct: isAlone(scene),
    member: memberOf(scene.team, scene.userId),
    roles: standing.roles,
    moderator: standing.moderator,
    locale: scene.person.locale,
    reply,
    alone: alone && !isAlone(scene),
  };
}

/** A workspace, as in `Origin.community`. */
export function communityOf({ teamId }: Team): CommunityId {
  return communityId('slack', teamId);
}

/** A person of a workspace, as in `Origin.member`. */
export function memberOf({ teamId }: Team, userId: string): MemberId {
  return memberId('slack', userId, teamId);
}

/** Whether everything in this scene is between the person and the app anyway. */
export function isAlone(scene: SlackInteraction): boolean {
  return scene.channelId === undefined || isDirect(scene.channelId);
}
