import { z } from 'zod';

/** Which installation is meant, as Bolt asks for it. */
export interface InstallationQuery {
  teamId?: string | undefined;
  /** The Enterprise Grid organisation that the workspace belongs to. */
  enterpriseId?: string | undefined;
  /** The app was installed for the whole organisation. */
  isEnterpriseInstall: boolean;
}

/** The events that end an installation. */
export const REMOVAL_EVENTS = ['app_uninstalled', 'tokens_revoked'] as const;

/** An installation is over. */
export interface Removal extends InstallationQuery {
  /** If given, only the tokens of these bot users are revoked. */
  botUsers?: readonly string[];
  /** An installation made later than this (ms) is another one. */
  before: number;
}

/** Slack documentation, "Events API": the wrapper of an event; `app_uninstalled` and `tokens_revoked` in it. */
const EVENT = z.looseObject({
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  /** In seconds. */
  event_time: z.number(),
  authorizations: z.array(z.looseObject({ is_enterprise_install: z.boolean().nullish() })).nullish(),
  event: z.discriminatedUnion('type', [
    z.looseObject({ type: z.literal('app_uninstalled') }),
    z.looseObject({
      type: z.literal('tokens_revoked'),
      tokens: z.looseObject({ bot: z.array(z.string()).nullish() }),
    }),
  ]),
});

/** Which installation an event from Slack ends, or undefined when it ends none. */
export function readRemoval(body: unknown): Removal | undefined {
  const parsed = EVENT.safeParse(body);
  if (!parsed.success) return undefined;
  const { team_id, enterprise_id, event_time, authorizations, event } = parsed.data;
  const botUsers = event.type === 'tokens_revoked' ? (event.tokens.bot ?? []) : undefined;
  if (botUsers?.length === 0) return undefined;
  return {
    teamId: team_id ?? undefined,
    enterpriseId: enterprise_id ?? undefined,
    // Nobody is authorised any more after an uninstall; then an event without a workspace is about the organisation.
    isEnterpriseInstall: authorizations?.[0]?.is_enterprise_install ?? !team_id,
    ...(botUsers && { botUsers }),
    before: (event_time + 1) * 1000,
  };
}
