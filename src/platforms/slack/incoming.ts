import type { Button, Command, Dispatch, Invocation } from '../../../commands/command.ts';
import { join } from '../../domain/text.ts';
import type { Log } from '../../lib/log.ts';
import { describeFailure } from '../../locales/failures.ts';
import { textsFor } from '../../locales/languages.ts';
import { problemCard } from '../../replies/problem-card.ts';
import { renderPrivately, type SlackAnswers } from './answers.ts';
import type { Team } from './clients.ts';
import { loggable } from './errors.ts';
import { type MemberRights, originIn, refIn, type SlackInteraction, slackMember } from './interaction.ts';
import { detailsView } from './modal.ts';
import { namedIn, withMembers } from './naming.ts';
import { parseSlash } from './parse.ts';
import type { People } from './people.ts';
import type { SlackRef } from './ref.ts';
import { DETAILS_ACTION, parseActionId } from './render.ts';
import { failureOf, type ParseProblem } from './values.ts';
import { fillVideo } from './video-modal.ts';

/** The command whose options a modal is made of, and that takes a prompt. */
export const MAIN_COMMAND = 'video';

/** Sources of a member's rights, in place of Slack's own word. */
export interface RightsParts {
  rolesOf?: ((team: Team, userId: string) => Promise<readonly string[]>) | undefined;
  /** @default the workspace's admins and owners */
  isModerator?: ((team: Team, userId: string) => Promise<boolean>) | undefined;
}

/** Dependencies of `SlackIncoming`. */
export interface IncomingParts extends RightsParts {
  answers: SlackAnswers;
  people: People;
  commands: readonly Command[];
  buttons: readonly Button[];
  log: Log;
}

/** Payload of a slash command (Slack documentation, "Slash commands"). */
export interface SlashCommand {
  command: string;
  text: string;
  user_id: string;
  channel_id: string;
  response_url: string;
  trigger_id: string;
}

/** Payload of a pressed button (Slack documentation, "block_actions payload"). */
export interface Pressed {
  user: { id: string };
  channel?: { id: string } | undefined;
  container: {
    type: string;
    message_ts?: string;
    channel_id?: string;
    thread_ts?: string;
    is_ephemeral?: boolean;
  };
  message?: { thread_ts?: string } | undefined;
  response_url?: string | undefined;
  trigger_id: string;
}

/** Translates commands and presses, passes them on and shows the answers. Everything was acknowledged before. */
export class SlackIncoming {
  readonly #parts: IncomingParts;
  readonly #running = new Set<Promise<void>>();
  #dispatch: Dispatch | undefined;

  constructor(parts: IncomingParts) {
    this.#parts = parts;
  }

  start(dispatch: Dispatch): void {
    this.#dispatch = dispatch;
  }

  get dispatch(): Dispatch | undefined {
    return this.#dispatch;
  }

  /** Takes no more input, and waits until everything taken is answered. */
  async stop(): Promise<void> {
    this.#dispatch = undefined;
    await Promise.all(this.#running);
  }

  /** Carries out an interaction. Never rejects: failures are logged and reported to the person. */
  async run(
    findInteraction: () => Promise<SlackInteraction>,
    work: (interaction: SlackInteraction, dispatch: Dispatch) => Promise<void>,
  ): Promise<void> {
    const running = (async () => {
      const interaction = await findInteraction();
      const texts = textsFor(interaction.person.locale, 'slack');
      const dispatch = this.#dispatch;
      const refuse = (code: 'stopping' | 'internal') =>
        this.#parts.answers.whisper(
          interaction,
          renderPrivately(interaction, problemCard(texts, describeFailure(texts, { code, params: {} }))),
        );
      if (!dispatch) return refuse('stopping');
      try {
        await work(interaction, dispatch);
      } catch (error) {
        this.#parts.log.error(
          { team: interaction.team.teamId, ...loggable(error) },
          'an interaction could not be answered',
        );
        await refuse('internal');
      }
    })();
    this.#running.add(running);
    await running.finally(() => this.#running.delete(running));
  }

  /** A slash command. */
  async command(team: Team, said: SlashCommand): Promise<void> {
    const findInteraction = async () => ({
      team,
      userId: said.user_id,
      person: await this.#parts.people.find(team, said.user_id),
      channelId: said.channel_id,
      threadTs: null,
      responseUrl: said.response_url,
      triggerId: said.trigger_id,
    });
    await this.run(findInteraction, async (interaction, dispatch) => {
      const { commands } = this.#parts;
      const spoken = parseSlash(said.command.replace(/^\//, ''), said.text ?? '', commands);
      const main = commands.find(({ name }) => name === MAIN_COMMAND);
      if (spoken.kind === 'nothing') {
        if (main) await this.#openVideo(interaction, dispatch, main);
        return;
      }
      const { command, problems } = spoken;
      const definition = commands.find(({ name }) => name === command);
      if (problems.length > 0) return this.#refuse(interaction, problems, definition?.options ?? []);
      await this.invoke(interaction, dispatch, command, withMembers(spoken.options, definition?.options ?? [], team));
    });
  }

  /** Runs a command: opens its reply first, so that the answer has a place. */
  async invoke(
    interaction: SlackInteraction,
    dispatch: Dispatch,
    command: string,
    options: Invocation['options'],
  ): Promise<void> {
    const { answers, commands } = this.#parts;
    const definition = commands.find(({ name }) => name === command);
    const alone = definition?.audience(options) !== 'everyone';
    const lasts = definition?.options.some(({ name }) => name === 'private') ?? false;
    const reply = alone && !lasts ? answers.openPrivately(interaction) : await answers.open(interaction, alone);
    if (!reply) return;
    const rights = await this.rights(interaction);
    const rolesOf = definition && (await this.#rolesNamedIn(interaction, options, definition));
    const origin = originIn(interaction, rights, reply, alone);
    const answer = await dispatch.command({ ...origin, command, options, ...(rolesOf && { rolesOf }) });
    await answers.show(interaction, answer, reply, alone && !lasts ? 'private word' : 'new reply');
  }

  /** A pressed button of a card. */
  async press(team: Team, pressed: Pressed, actionId: string, target: string): Promise<void> {
    const { answers, buttons, people } = this.#parts;
    const action = parseActionId(actionId);
    const { container } = pressed;
    const findInteraction = async (): Promise<SlackInteraction> => ({
      team,
      userId: pressed.user.id,
      person: await people.find(team, pressed.user.id),
      channelId: pressed.channel?.id ?? container.channel_id,
      threadTs: container.thread_ts ?? pressed.message?.thread_ts ?? null,
      responseUrl: pressed.response_url,
      triggerId: pressed.trigger_id,
    });
    await this.run(findInteraction, async (interaction, dispatch) => {
      if (actionId === DETAILS_ACTION)
        return answers.openModal(interaction, detailsView(target, interaction.person.locale));
      if (action === undefined) return;
      const button = buttons.find((one) => one.action === action);
      const how = button?.answers ?? 'same reply';
      const on = this.#refOf(interaction, pressed);
      const alone = button?.audience ? button.audience(target) === 'requester' : on.kind !== 'message';
      const reply = how === 'new reply' ? await answers.open(interaction, alone) : on;
      if (!reply) return;
      const rights = await this.rights(interaction);
      const answer = await dispatch.press({
        ...originIn(interaction, rights, reply, alone),
        action,
        target,
      });
      await answers.show(interaction, answer, reply, how);
    });
  }

  async rights({ team, userId, person }: SlackInteraction): Promise<MemberRights> {
    const { rolesOf, isModerator, log } = this.#parts;
    try {
      return {
        roles: (await rolesOf?.(team, userId)) ?? [],
        moderator: isModerator ? await isModerator(team, userId) : person.admin,
      };
    } catch (error) {
      log.warn(loggable(error), 'what a member may do could not be found out');
      return { roles: [], moderator: false };
    }
  }

  /** The roles of the members whom a command names, as far as they can be found out. */
  async #rolesNamedIn({ team }: SlackInteraction, options: Invocation['options'], { options: all }: Command) {
    const { rolesOf, log } = this.#parts;
    const ids = namedIn(options, all, team);
    if (!rolesOf || ids.length === 0) return undefined;
    try {
      const found = await Promise.all(ids.map(async (id) => [slackMember(team, id), await rolesOf(team, id)] as const));
      return Object.fromEntries(found);
    } catch (error) {
      log.warn(loggable(error), 'the roles of a named member could not be found out');
      return undefined;
    }
  }

  /** The address of a reply that is in no channel. */
  nowhere(interaction: SlackInteraction): SlackRef {
    return refIn(interaction, { kind: 'none', channelId: interaction.channelId ?? '', ts: '' });
  }

  /** The message that a pressed button is on. */
  #refOf(interaction: SlackInteraction, { container, response_url: responseUrl = '' }: Pressed): SlackRef {
    const at = {
      channelId: interaction.channelId ?? '',
      ts: container.message_ts ?? '',
      threadTs: container.thread_ts ?? null,
    };
    if (container.type !== 'message' || !container.message_ts) return refIn(interaction, { kind: 'none', ...at });
    if (container.is_ephemeral) return refIn(interaction, { kind: 'ephemeral', ...at, responseUrl });
    const threadTs = interaction.threadTs === container.message_ts ? null : interaction.threadTs;
    return refIn(interaction, { kind: 'message', ...at, threadTs });
  }

  async #openVideo(interaction: SlackInteraction, dispatch: Dispatch, command: Command): Promise<void> {
    const place = { channel: interaction.channelId, thread: null, alone: false };
    await this.#parts.answers.openModal(
      interaction,
      await fillVideo({ interaction, dispatch, command, given: {}, place }),
    );
  }

  async #refuse(
    interaction: SlackInteraction,
    problems: readonly ParseProblem[],
    options: Command['options'],
  ): Promise<void> {
    const texts = textsFor(interaction.person.locale, 'slack');
    const lines = problems.slice(0, 5).map((problem) => describeFailure(texts, failureOf(problem, options, texts)));
    await this.#parts.answers.whisper(interaction, renderPrivately(interaction, problemCard(texts, join(lines, '\n'))));
  }
}
