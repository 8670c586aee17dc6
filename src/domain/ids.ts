declare const KIND: unique symbol;

/** Text that was made or checked as an id of one kind; it is no id of another kind. */
type Id<Kind extends string> = string & { readonly [KIND]: Kind };

/** A server, a workspace or the playground: `discord:9`, `slack:T1`, `web:local`; `discord:user:5` is one person's own. */
export type CommunityId = Id<'community'>;

/** A person in a community: `discord:5`, `slack:T1/U1`, `web:ada`. */
export type MemberId = Id<'member'>;

/** The platform's own id of a channel, or of a thread in one. */
export type ChannelId = Id<'channel'>;

/** A generation, of whatever platform; also the client request id at the provider and the key of its hold and delivery. */
export type GenerationId = Id<'generation'>;

/** The parts of a community's or a member's id. */
export interface IdParts {
  /** As in `ReplyRef.platform`. */
  platform: string;
  /** The workspace that a member's id counts in; undefined where people have one id on the whole platform. */
  team: string | undefined;
  /** Whether the community is one person's own: direct messages, and the app in places without the bot. */
  personal: boolean;
  /** The platform's own id of the server, the workspace or the person. */
  own: string;
}

/** Platforms whose ids of people count in one workspace only. */
const BY_TEAM: readonly string[] = ['slack'];

const FORM = /^(?<platform>[a-z]+):(?:(?<personal>user):|(?<team>[\w-]+)\/)?(?<own>[\w-]*\w)$/;

const LONGEST = 100;

/**
 * Takes the id of a community or a member apart.
 * @returns undefined for anything else, such as the platform's own id of a role or a channel.
 */
export function parseId(id: string): IdParts | undefined {
  const { platform, personal, team, own } = (id.length <= LONGEST && FORM.exec(id)?.groups) || {};
  if (platform === undefined || own === undefined) return undefined;
  if (team !== undefined && !BY_TEAM.includes(platform)) return undefined;
  return { platform, team, personal: personal !== undefined, own };
}

/** The community by the platform's own id of a server or workspace: `discord:9` of `discord` and `9`. */
export function communityId(platform: string, own: string): CommunityId {
  return `${platform}:${own}` as CommunityId;
}

/** The community that is one person's own: `discord:user:5` of `discord` and `5`. */
export function personalCommunityId(platform: string, user: string): CommunityId {
  return `${platform}:user:${user}` as CommunityId;
}

/** A member by the platform's own id: `discord:5`; with the workspace where people's ids count in it: `slack:T1/U1`. */
export function memberId(platform: string, user: string, team?: string): MemberId {
  return `${platform}:${team === undefined ? '' : `${team}/`}${user}` as MemberId;
}

/** A member of a community by the platform's own id: `slack:T1/U1` of `slack:T1` and `U1`, `discord:5` of `discord:9`. */
export function memberOf(community: CommunityId, user: string): MemberId {
  const { platform = '', own } = parseId(community) ?? {};
  return memberId(platform, user, BY_TEAM.includes(platform) ? own : undefined);
}

/** The platform's own id of a channel, as it came from the platform. */
export function channelId(own: string): ChannelId {
  return own as ChannelId;
}

/** The id of a new generation, or of one that is stored. */
export function generationId(id: string): GenerationId {
  return id as GenerationId;
}

/** The platform of a community or a member; '' of anything else, which no platform is called. */
export function platformOf(id: string): string {
  return parseId(id)?.platform ?? '';
}

/**
 * The platform's own id of a member: `U1` of `slack:T1/U1`, `5` of `discord:5`. The platform's own id of something else
 * stays as it is.
 */
export function idOf(id: string): string {
  return parseId(id)?.own ?? id;
}

/** The platform's own id of a server or workspace; undefined for a person's own community and on another platform. */
export function placeOf(community: string, platform: string): string | undefined {
  const parts = parseId(community);
  return parts?.platform === platform && !parts.personal && parts.team === undefined ? parts.own : undefined;
}
