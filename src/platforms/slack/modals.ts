import type { Dispatch } from '../../../commands/command.ts';
import { promptFailure } from '../../domain/request.ts';
import { describeFailure } from '../../locales/failures.ts';
import { textsFor } from '../../locales/languages.ts';
import type { Texts } from '../../locales/texts.ts';
import type { Clients, Team } from './clients.ts';
import { loggable } from './errors.ts';
import { type IncomingParts, MAIN_COMMAND, type SlackIncoming } from './incoming.ts';
import { communityOf, interactionOf, originIn, type SlackInteraction } from './interaction.ts';
import { blockIdOf, CHANNEL_BLOCK, type Memory, type ModalPlace, readMemory, readView } from './modal.ts';
import { plainText } from './mrkdwn.ts';
import { toPlain } from './plain-input.ts';
import type { SeenEvents } from './seen-events.ts';
import { type FieldProblem, fillVideo, readVideo } from './video-modal.ts';

/** A view as it comes back (Slack documentation, "view_submission payload"). */
export interface SentView {
  id: string;
  hash: string;
  callback_id: string;
  private_metadata: string;
  blocks: { block_id?: string }[];
  state: Parameters<typeof readView>[0]['state'];
}

/** A shortcut, global or of a message (Slack documentation, "Shortcuts payloads"). */
export interface UsedShortcut {
  user: { id: string };
  trigger_id: string;
  channel?: { id: string };
  message?: { ts?: string; thread_ts?: string; text?: string };
  response_url?: string;
}

/** Payload of a submitted modal. */
export interface Submitted {
  user: { id: string };
  view: SentView;
  response_urls?: { response_url: string; channel_id: string }[];
}

/** Errors that Slack shows at the fields; undefined closes the modal. */
export type FieldErrors = { response_action: 'errors'; errors: Record<string, string> };

/** More checks of a modal's values, each of one field. */
export type CheckInput = (
  values: Readonly<Record<string, string | true>>,
  locale: string,
) => { field: string; message: string }[];

/** Modals: opened by shortcuts, changed while they are filled in, taken when they are sent. */
export class Modals {
  readonly #parts: IncomingParts & {
    incoming: SlackIncoming;
    clients: Clients;
    seen: SeenEvents;
    check?: CheckInput | undefined;
  };

  constructor(
    parts: IncomingParts & {
      incoming: SlackIncoming;
      clients: Clients;
      seen: SeenEvents;
      check?: CheckInput | undefined;
    },
  ) {
    this.#parts = parts;
  }

  /** "Make a video", from anywhere. */
  async globalShortcut(team: Team, used: UsedShortcut): Promise<void> {
    await this.#parts.incoming.run(
      () => this.#interactionFor(team, used),
      (interaction, dispatch) =>
        this.#open(interaction, dispatch, '', { channel: undefined, thread: null, alone: false }),
    );
  }

  /** "Make a video from this": its result goes into the message's thread. */
  async messageShortcut(team: Team, name: string, used: UsedShortcut): Promise<void> {
    await this.#parts.incoming.run(
      () => this.#interactionFor(team, used),
      async (interaction, dispatch) => {
        const { locale } = interaction.person;
        const community = communityOf(team);
        const form = await dispatch.message(name, toPlain(used.message?.text ?? ''), { community, locale });
        const prompt = form?.fields.find((field) => field.name === 'prompt')?.value ?? '';
        const thread = used.message?.thread_ts ?? used.message?.ts ?? null;
        await this.#open(interaction, dispatch, prompt, { channel: interaction.channelId, thread, alone: false });
      },
    );
  }

  /** Updates the options after another model was chosen; values stay as far as they fit. */
  async modelChosen(team: Team, userId: string, view: SentView): Promise<void> {
    const { incoming, people, commands, clients, log } = this.#parts;
    const findInteraction = async () => interactionOf(team, userId, await people.find(team, userId));
    await incoming.run(findInteraction, async (interaction, dispatch) => {
      const command = commands.find(({ name }) => name === MAIN_COMMAND);
      const memory = readMemory(view.private_metadata);
      if (!command || !memory) return;
      const { place } = memory;
      const next = await fillVideo({ interaction, dispatch, command, given: readView(view), place });
      try {
        const client = await clients.of(team);
        await client.views.update({ view_id: view.id, hash: view.hash, view: next });
      } catch (error) {
        // The person has made another choice or closed it meanwhile.
        log.debug(loggable(error), 'a modal could not follow what was chosen');
      }
    });
  }

  /**
   * Reads a submitted modal.
   * @returns the problems by field, to acknowledge it with; or the work to do once it is acknowledged.
   */
  async submitted(team: Team, sent: Submitted): Promise<FieldErrors | (() => Promise<void>)> {
    const { people, seen } = this.#parts;
    const person = await people.find(team, sent.user.id);
    const memory = readMemory(sent.view.private_metadata);
    const values = readView(sent.view);
    const texts = textsFor(person.locale, 'slack');
    const { problems, run } = this.#understand(memory, values, sent.view, texts);
    const errors = [
      ...problems.map(({ field, failure }) => ({ field, message: plainText(describeFailure(texts, failure)) })),
      ...(this.#parts.check?.(values, person.locale) ?? []),
    ];
    if (errors.length > 0) {
      const byBlock = errors.map(({ field, message }) => [blockIdOf(sent.view, field), message]);
      return { response_action: 'errors', errors: Object.fromEntries(byBlock) };
    }
    // A second click, or the same once more because our acknowledgement was lost.
    if (!run || !memory || !(await seen.isNew(`view ${sent.view.id}`))) return async () => {};
    const interaction = interactionAfter(interactionOf(team, sent.user.id, person), memory.place, values, sent);
    return () => this.#parts.incoming.run(async () => interaction, run);
  }

  #understand(
    memory: Memory | undefined,
    values: ReturnType<typeof readView>,
    view: SentView,
    texts: Texts,
  ): Understood {
    const { commands, incoming, answers } = this.#parts;
    if (memory?.kind === 'form') {
      const field = view.blocks.some(({ block_id: id }) => id === 'prompt');
      const failure = field ? promptFailure(String(values.prompt ?? '')) : undefined;
      const filled = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
      return {
        problems: failure ? [{ field: 'prompt', failure }] : [],
        run: async (interaction, dispatch) => {
          const reply = await answers.open(interaction, memory.place.alone);
          if (!reply) return;
          const origin = originIn(interaction, await incoming.rights(interaction), reply, memory.place.alone);
          const answer = await dispatch.submit({ ...origin, form: memory.form, target: memory.target, values: filled });
          await answers.show(interaction, answer, reply, 'new reply');
        },
      };
    }
    const command = commands.find(({ name }) => name === MAIN_COMMAND);
    if (memory?.kind !== 'video' || !command) return { problems: [], run: undefined };
    const { options, problems } = readVideo(command, values, texts);
    return { problems, run: (interaction, dispatch) => incoming.invoke(interaction, dispatch, command.name, options) };
  }

  async #interactionFor(team: Team, used: UsedShortcut): Promise<SlackInteraction> {
    const { ts, thread_ts: threadTs } = used.message ?? {};
    return {
      ...interactionOf(team, used.user.id, await this.#parts.people.find(team, used.user.id)),
      channelId: used.channel?.id,
      threadTs: threadTs ?? ts ?? null,
      responseUrl: used.response_url,
      triggerId: used.trigger_id,
    };
  }

  async #open(interaction: SlackInteraction, dispatch: Dispatch, prompt: string, place: ModalPlace): Promise<void> {
    const { commands, answers } = this.#parts;
    const command = commands.find(({ name }) => name === MAIN_COMMAND);
    if (!command) return;
    const given = prompt === '' ? {} : { prompt };
    await answers.openModal(interaction, await fillVideo({ interaction, dispatch, command, given, place }));
  }
}

interface Understood {
  problems: FieldProblem[];
  run: Parameters<SlackIncoming['run']>[1] | undefined;
}

/** Where a submitted modal's answer belongs: the place remembered, or the one chosen in it. */
function interactionAfter(
  interaction: SlackInteraction,
  place: ModalPlace,
  values: ReturnType<typeof readView>,
  sent: Submitted,
): SlackInteraction {
  const chosen = values[CHANNEL_BLOCK];
  return {
    ...interaction,
    channelId: place.channel ?? (typeof chosen === 'string' ? chosen : undefined),
    threadTs: place.thread,
    responseUrl: sent.response_urls?.[0]?.response_url,
  };
}
