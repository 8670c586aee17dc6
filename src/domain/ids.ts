/** The platform's own id of a member: `U1` of `slack:T1/U1`, `123` of `discord:123`. */
export function idOf(member: string): string {
  return member.split(/[:/]/).at(-1) ?? member;
}
