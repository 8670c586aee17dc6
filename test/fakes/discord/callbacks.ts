import { livedMs } from '../../support/pace.ts';
import { modalProblems } from './command-rules.ts';
import { type Body, refusals } from './protocol.ts';
import type { Request } from './routes.ts';
import type { FakeInteraction, FakeMessage, FakeModal, State } from './state.ts';

/** A person's own installation may follow up so often (Discord documentation, "Followup Messages"). */
const MOST_FOLLOW_UPS = 5;

/** Kinds of answers to an interaction. */
const ANSWER = { message: 4, deferred: 5, deferredUpdate: 6, suggestions: 8, modal: 9 };

interface Answer {
  type: number;
  data?: { flags?: number; choices?: FakeInteraction['choices'] } & Partial<FakeModal>;
}

/** What answers interactions: the callback, and what follows it. */
export function createCallbacks(
  state: State,
  options: {
    acknowledgeMs: number;
    checkMessage: (body: Body, message?: FakeMessage) => void;
    interactionOf: (request: Request) => FakeInteraction;
  },
) {
  const { checkMessage, interactionOf } = options;

  const open = (interaction: FakeInteraction, { type, data }: Answer, body: Body): FakeMessage => {
    const message = state.createMessage(interaction);
    message.flags = interaction.mustBePrivate ? 64 : (data?.flags ?? 0) & 64;
    if (type === ANSWER.message) state.write(message, { ...body, json: data }, 'callback');
    else message.loading = true;
    interaction.original = message.id;
    return message;
  };

  const callback = (request: Request) => {
    const interaction = state.interactions.get(request.path.token ?? '');
    const afterMs = interaction ? livedMs() - interaction.createdAt : 0;
    if (!interaction || interaction.id !== request.path.interaction) throw refusals.unknownInteraction();
    if (interaction.acknowledged) throw refusals.alreadyAcknowledged();
    if (afterMs > options.acknowledgeMs) throw refusals.unknownInteraction();
    const answer = request.body.json as Answer;
    const { type, data } = answer;
    const wrong = problemsOf(interaction, answer);
    if (wrong.length > 0) {
      state.violations.push(...wrong);
      throw refusals.invalidBody(wrong);
    }
    if (type === ANSWER.message) checkMessage({ ...request.body, json: data });
    interaction.acknowledged = { type, afterMs };
    if (type === ANSWER.deferredUpdate && interaction.pressedOn) interaction.original = interaction.pressedOn;
    if (type === ANSWER.suggestions) interaction.choices = data?.choices ?? [];
    if (type === ANSWER.modal) interaction.modal = data as FakeModal;
    const opens = type === ANSWER.message || type === ANSWER.deferred;
    const message = opens ? open(interaction, answer, request.body) : undefined;
    if (request.query.get('with_response') !== 'true') return { status: 204 };
    const about = message && {
      response_message_id: message.id,
      response_message_loading: message.loading,
      response_message_ephemeral: (message.flags & 64) !== 0,
    };
    // By Discord's specification a message comes only with those answers that carry one.
    const resource = message && type === ANSWER.message && { type, message: state.toJson(message) };
    return {
      status: 200,
      body: { interaction: { id: interaction.id, type: interaction.type, ...about }, ...(resource && { resource }) },
    };
  };

  const followUp = (request: Request) => {
    const interaction = interactionOf(request);
    checkMessage(request.body);
    if (!interaction.botInChannel && interaction.followUps.length >= MOST_FOLLOW_UPS) throw refusals.tooManyFollowUps();
    const original = interaction.original ? state.messages.get(interaction.original) : undefined;
    // The first follow-up becomes the deferred reply, public or private as that was opened.
    const message = original?.loading && !original.deleted ? original : state.createMessage(interaction);
    const flags = Number((request.body.json as { flags?: number }).flags ?? 0) & 64;
    if (message !== original) message.flags = flags;
    state.write(message, request.body, 'webhook');
    interaction.followUps.push(message.id);
    return { status: 200, body: state.toJson(message) };
  };

  return { callback, followUp };
}

/** Which answers fit which interactions ("Interaction Callback Type"). */
function problemsOf({ type: asked, pressedOn }: FakeInteraction, { type, data }: Answer): string[] {
  if (asked === 4) return type === ANSWER.suggestions ? [] : [`an autocompletion was answered with type ${type}`];
  if (type === ANSWER.suggestions) return ['only autocompletions are answered with suggestions'];
  if (type === ANSWER.deferredUpdate && !pressedOn) return ['there is no message to update'];
  if (type !== ANSWER.modal) return [];
  return asked === 5 ? ['a form cannot be answered with a form'] : modalProblems(data ?? {});
}
