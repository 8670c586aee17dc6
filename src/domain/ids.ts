/** The platform's own id of a member: `U1` of `slack:T1/U1`, `123` of `discord:123`. */
export function idOf(member: string): string {
  return member.split(/[:/]/).at(-1) ?? member;
}

/** A member of a community by the platform's own id: `slack:T1/U1` of `slack:T1` and `U1`, `discord:123` of `discord:9`. */
export function memberOf(community: string, id: string): string {
  const [platform] = community.split(':');
  return platform === 'slack' ? `${community}/${id}` : `${platform}:${id}`;
}
