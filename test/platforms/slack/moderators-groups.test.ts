import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { boltLogger } from '../../../src/platforms/slack/bolt-logger.ts';
import { REMEMBERED_MS, UserGroups } from '../../../src/platforms/slack/moderators/user-groups.ts';
import { VirtualClock } from '../../support/clock.ts';
import { recordingLog } from '../../support/log.ts';

/** User groups as Slack tells of them; `hidden` ones come without their members. */
async function begin() {
  const groups = new Map<string, string[]>([
    ['SCREW1', ['UADA1', 'UBEN1']],
    ['SEMPTY1', []],
  ]);
  const hidden = new Set<string>();
  const calls: { method: string; team: string | null }[] = [];
  let refusal: string | undefined;
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const args = new URLSearchParams(body);
      const method = (request.url ?? '').replace('/api/', '');
      calls.push({ method, team: args.get('team_id') });
      const answers: Record<string, () => object> = {
        'usergroups.list': () => ({
          usergroups: [...groups].map(([id, users]) => ({
            id,
            user_count: users.length,
            ...(args.get('include_users') === 'true' && !hidden.has(id) && { users }),
          })),
        }),
        'usergroups.users.list': () => ({ users: groups.get(args.get('usergroup') ?? '') }),
      };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(refusal ? { ok: false, error: refusal } : { ok: true, ...answers[method]?.() }));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const clock = new VirtualClock();
  const { log, lines } = recordingLog();
  const client = new WebClient('xoxb', {
    slackApiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    retryConfig: { retries: 0 },
    logger: boltLogger(log),
  });
  const userGroups = new UserGroups({ clock, log });
  return {
    groups,
    hidden,
    calls,
    clock,
    lines,
    refuse: (error: string | undefined) => {
      refusal = error;
    },
    rolesOf: (user: string, team = 'T1') => userGroups.rolesOf(client, team, user),
  };
}

describe('the roles of a member', () => {
  it('are the user groups that they are in', async () => {
    const { groups, rolesOf } = await begin();
    groups.set('SCAST1', ['UADA1']);
    expect(await rolesOf('UADA1')).toEqual(['SCREW1', 'SCAST1']);
    expect(await rolesOf('UBEN1')).toEqual(['SCREW1']);
    expect(await rolesOf('UZOE1')).toEqual([]);
  });

  it('are asked for once in five minutes, however many ask, and then anew', async () => {
    const { groups, calls, clock, rolesOf } = await begin();
    await Promise.all([rolesOf('UADA1'), rolesOf('UBEN1'), rolesOf('UZOE1')]);
    groups.set('SCREW1', []);
    await clock.advance(REMEMBERED_MS - 1);
    expect(await rolesOf('UADA1')).toEqual(['SCREW1']);
    expect(calls).toEqual([{ method: 'usergroups.list', team: 'T1' }]);
    await clock.advance(1);
    expect(await rolesOf('UADA1')).toEqual([]);
    expect(calls).toHaveLength(2);
  });

  it('are each workspace’s own', async () => {
    const { calls, rolesOf } = await begin();
    await rolesOf('UADA1', 'T1');
    await rolesOf('UADA1', 'T2');
    expect(calls.map(({ team }) => team)).toEqual(['T1', 'T2']);
  });

  it('are found where Slack names a group without its members', async () => {
    const { hidden, calls, rolesOf } = await begin();
    hidden.add('SCREW1');
    hidden.add('SEMPTY1');
    expect(await rolesOf('UADA1')).toEqual(['SCREW1']);
    expect(calls.map(({ method }) => method)).toEqual(['usergroups.list', 'usergroups.users.list']);
  });

  it('stay what they were while Slack refuses, which is logged and not asked again at once', async () => {
    const { calls, clock, lines, refuse, rolesOf } = await begin();
    await rolesOf('UADA1');
    refuse('missing_scope');
    await clock.advance(REMEMBERED_MS);
    expect(await rolesOf('UADA1')).toEqual(['SCREW1']);
    expect(await rolesOf('UADA1')).toEqual(['SCREW1']);
    expect(calls).toHaveLength(2);
    expect(lines.join('')).toContain('Slack did not say who is in which user group');
    refuse(undefined);
    await clock.advance(60_000);
    expect(await rolesOf('UBEN1')).toEqual(['SCREW1']);
    expect(calls).toHaveLength(3);
  });

  it('are none while Slack has never answered', async () => {
    const { refuse, rolesOf } = await begin();
    refuse('paid_teams_only');
    expect(await rolesOf('UADA1')).toEqual([]);
  });
});
