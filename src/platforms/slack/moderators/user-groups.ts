import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../../lib/clock.ts';
import type { Log } from '../../../lib/log.ts';

/** How long the members of user groups are remembered, in ms: so long may a change take to count. */
export const REMEMBERED_MS = 5 * 60_000;
/** How long Slack is left alone after it has refused, in ms. */
const REFUSED_MS = 60_000;

/** By user group, who is in it. */
type Groups = ReadonlyMap<string, ReadonlySet<string>>;

interface Known {
  groups: Groups;
  until: number;
}

/** The user groups of workspaces, Slack's counterpart of roles. */
export class UserGroups {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<Groups>>();

  constructor(options: { clock: Clock; log: Log }) {
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /**
   * The ids of the user groups that somebody is in. Never throws: while Slack refuses, the last known state counts,
   * and nobody is in a group that was never seen.
   * @param client with the token of the workspace.
   */
  async rolesOf(client: WebClient, team: string, user: string): Promise<string[]> {
    const groups = await this.#groupsOf(client, team);
    return [...groups].filter(([, users]) => users.has(user)).map(([id]) => id);
  }

  #groupsOf(client: WebClient, team: string): Promise<Groups> | Groups {
    const known = this.#known.get(team);
    if (known && this.#clock.now() < known.until) return known.groups;
    const asking = this.#asking.get(team);
    if (asking) return asking;
    const answer = this.#ask(client, team, known?.groups ?? new Map()).finally(() => this.#asking.delete(team));
    this.#asking.set(team, answer);
    return answer;
  }

  async #ask(client: WebClient, team: string, last: Groups): Promise<Groups> {
    try {
      const groups = await readGroups(client, team);
      this.#known.set(team, { groups, until: this.#clock.now() + REMEMBERED_MS });
      return groups;
    } catch (error) {
      this.#log.warn({ err: error, team }, 'Slack did not say who is in which user group');
      this.#known.set(team, { groups: last, until: this.#clock.now() + REFUSED_MS });
      return last;
    }
  }
}

/** One request for all groups; Slack leaves out the members of some, which are then asked for. */
async function readGroups(client: WebClient, team: string): Promise<Groups> {
  const { usergroups = [] } = await client.usergroups.list({ include_users: true, team_id: team });
  const groups = new Map<string, ReadonlySet<string>>();
  for (const { id, users, user_count } of usergroups) {
    if (!id) continue;
    const complete = users ?? (user_count === 0 ? [] : undefined);
    groups.set(id, new Set(complete ?? (await usersOf(client, team, id))));
  }
  return groups;
}

async function usersOf(client: WebClient, team: string, usergroup: string): Promise<string[]> {
  const { users = [] } = await client.usergroups.users.list({ usergroup, team_id: team });
  return users;
}
