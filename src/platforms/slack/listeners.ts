import type { App, types } from '@slack/bolt';
import type { MessageCommand } from '../../../commands/command.ts';
import type { Log } from '../../lib/log.ts';
import type { Clients, Team } from './clients.ts';
import { loggable } from './errors.ts';
import type { Viewer } from './home/home.ts';
import type { Pressed, SlackIncoming } from './incoming.ts';
import { interactionOf, originIn } from './interaction.ts';
import { FORM_CALLBACK, STEER_ACTION, VIDEO_CALLBACK } from './modal.ts';
import type { Modals, SentView, Submitted, UsedShortcut } from './modals.ts';
import type { People } from './people.ts';
import { eventIdOf, type SeenEvents } from './seen-events.ts';

/** Matches every slash command of ours: `/video`, `/video-queue`, and their names after a renaming. */
const COMMANDS = /^\/[a-z0-9_]+(-[a-z]+)?$/i;
/** The global shortcut. */
export const GLOBAL_SHORTCUT = 'video_generate';

/** Shows Home tabs: `publish` puts a view into the viewer's. */
export interface HomeTab {
  show(viewer: Viewer, publish: (view: types.View) => Promise<unknown>): Promise<void>;
}

/** Handles an event of the Events API. */
export type EventHandler = (event: {
  event: unknown;
  teamId: string | undefined;
  enterpriseId: string | undefined;
  body: unknown;
}) => Promise<void>;

/** Dependencies of the listeners. */
export interface ListenerParts {
  incoming: SlackIncoming;
  modals: Modals;
  people: People;
  clients: Clients;
  seen: SeenEvents;
  messageCommands: readonly MessageCommand[];
  home?: HomeTab | undefined;
  log: Log;
}

/**
 * Registers all listeners. Everything is acknowledged before it is carried out, as Slack waits 3 seconds; repeated
 * deliveries are only acknowledged.
 */
export function registerListeners(app: App, parts: ListenerParts): void {
  const { incoming, modals, people, clients, home, log } = parts;

  const acknowledge = (ack: () => Promise<void>) => acknowledging(ack, log);

  const publishHome = async (team: Team, userId: string): Promise<void> => {
    if (!home) return;
    const interaction = interactionOf(team, userId, await people.find(team, userId));
    const viewer = originIn(interaction, await incoming.rights(interaction), incoming.nowhere(interaction), true);
    await home.show(viewer, (view) =>
      clients.patiently(team, (client) => client.views.publish({ user_id: userId, view })),
    );
  };

  skipRepeats(app, parts);

  app.command(COMMANDS, async ({ command, ack, context }) => {
    await acknowledge(() => ack());
    await incoming.command(teamOf(context, command.team_id), command);
  });

  app.shortcut(GLOBAL_SHORTCUT, async ({ shortcut, ack, context }) => {
    await acknowledge(() => ack());
    await modals.globalShortcut(teamOf(context), shortcut as UsedShortcut);
  });

  for (const { name } of parts.messageCommands) {
    app.shortcut({ callback_id: name, type: 'message_action' }, async ({ shortcut, ack, context }) => {
      await acknowledge(() => ack());
      await modals.messageShortcut(teamOf(context), name, shortcut as UsedShortcut);
    });
  }

  app.action(STEER_ACTION, async ({ body, ack, context }) => {
    await acknowledge(() => ack());
    const { view } = body as unknown as { view: SentView };
    await modals.modelChosen(teamOf(context), body.user.id, view);
  });

  app.action(/^d:/, async ({ body, action, ack, context }) => {
    await acknowledge(() => ack());
    const { action_id: actionId, value } = action as { action_id: string; value?: string };
    const team = teamOf(context);
    await incoming.press(team, body as unknown as Pressed, actionId, value ?? '');
    const { view } = body as { view?: { type?: string } };
    if (view?.type === 'home') await publishHome(team, body.user.id);
  });

  for (const callback of [VIDEO_CALLBACK, FORM_CALLBACK]) {
    app.view({ callback_id: callback, type: 'view_submission' }, async ({ body, ack, context }) => {
      const outcome = await modals.submitted(teamOf(context), body as unknown as Submitted);
      if (typeof outcome !== 'function') return ack(outcome);
      await acknowledge(() => ack());
      await outcome();
    });
  }

  app.event('app_home_opened', async ({ event, context }) => {
    if (event.tab === 'home') await publishHome(teamOf(context), event.user);
  });
}

/** A lost acknowledgement makes Slack send the same again, which is recognised then. */
async function acknowledging(ack: () => Promise<void>, log: Log): Promise<void> {
  await ack().catch((error: unknown) => log.warn(loggable(error), 'an acknowledgement was lost'));
}

function skipRepeats(app: App, { seen, log }: ListenerParts): void {
  app.use(async ({ body, next, ...rest }) => {
    const eventId = eventIdOf(body as unknown as Record<string, unknown>);
    // Events have none: Bolt has acknowledged them already.
    const { ack } = rest as { ack?: () => Promise<void> };
    if (eventId === undefined || (await seen.isNew(eventId))) return next();
    log.debug({ eventId }, 'something came a second time');
    if (ack) await acknowledging(ack, log);
  });
}

function teamOf(context: { teamId?: string; enterpriseId?: string }, fallback = ''): Team {
  return { teamId: context.teamId ?? fallback, enterpriseId: context.enterpriseId ?? null };
}
