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
export function interactionOf(team: Team, userId: string, person: SlackPerson): SlackInteraction {
  return { team, userId, person, channelId: undefined, threadTs: null, responseUrl: undefined, triggerId: undefined };
}

/** A member's roles and rights, which Slack does not send along. */
export interface MemberRights {
  roles: readonly string[];
  moderator: boolean;
}

/** The address of a reply to an interaction. */
export function refIn(
  interaction: SlackInteraction,
  at: Pick<SlackRef, 'kind' | 'channelId' | 'ts'> & Partial<SlackRef>,
): SlackRef {
  return {
    platform: 'slack',
    teamId: interaction.team.teamId,
    enterpriseId: interaction.team.enterpriseId,
    userId: interaction.userId,
    locale: interaction.person.locale,
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
export function originIn(interaction: SlackInteraction, rights: MemberRights, reply: SlackRef, alone: boolean): Origin {
  return {
    community: communityOf(interaction.team),
    channel: channelId(interaction.channelId ?? reply.channelId),
    direct: isAlone(interaction),
    member: slackMember(interaction.team, interaction.userId),
    roles: rights.roles,
    moderator: rights.moderator,
    locale: interaction.person.locale,
    reply,
    alone: alone && !isAlone(interaction),
  };
}

/** A workspace, as in `Origin.community`. */
export function communityOf({ teamId }: Team): CommunityId {
  return communityId('slack', teamId);
}

/** A person of a workspace, as in `Origin.member`. */
export function slackMember({ teamId }: Team, userId: string): MemberId {
  return memberId('slack', userId, teamId);
}

/** Whether everything about the interaction is between the person and the app anyway. */
export function isAlone(interaction: SlackInteraction): boolean {
  return interaction.channelId === undefined || isDirect(interaction.channelId);
}
