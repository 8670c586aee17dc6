import type { types } from '@slack/bolt';
import type { Command, Dispatch } from '../../../commands/command.ts';
import { readValue } from '../../../commands/option-values.ts';
import type { Choice, OptionValue } from '../../../commands/options.ts';
import { wrongValue } from '../../../commands/read-options.ts';
import type { Failure } from '../../domain/failure.ts';
import { promptFailure } from '../../domain/request.ts';
import type { Texts } from '../../locales/texts.ts';
import { originIn, refIn, type SlackInteraction } from './interaction.ts';
import { type ModalPlace, videoView } from './modal.ts';

/**
 * A new request as a modal, with the models that the community offers, at its prices. It has to be there within three
 * seconds, so nothing is asked of Slack meanwhile.
 * @param parts `given` holds the values filled in already; a model is always chosen, so that the rest can follow it.
 */
export async function fillVideo(parts: {
  interaction: SlackInteraction;
  dispatch: Dispatch;
  command: Command;
  given: Readonly<Record<string, OptionValue>>;
  place: ModalPlace;
}): Promise<types.ModalView> {
  const { interaction, dispatch, command, place } = parts;
  const reply = refIn(interaction, { kind: 'none', channelId: interaction.channelId ?? '', ts: '' });
  const origin = originIn(interaction, { roles: [], moderator: false }, reply, true);
  const choose = (option: string, options: Readonly<Record<string, OptionValue>>): Promise<Choice[]> =>
    dispatch.complete({ ...origin, command: command.name, options, option, typed: '' });

  const choices = new Map<string, readonly Choice[]>();
  const completing = command.options.filter(({ complete }) => complete).map(({ name }) => name);
  let { given } = parts;
  if (completing.includes('model')) {
    const models = await choose('model', given);
    choices.set('model', models);
    const [first] = models;
    const offered = models.some(({ value }) => value === given.model);
    if (first && !offered) given = { ...given, model: first.value };
  }
  const others = completing.filter((name) => name !== 'model');
  const found = await Promise.all(others.map((name) => choose(name, given)));
  others.forEach((name, index) => {
    choices.set(name, found[index] ?? []);
  });
  return videoView({ command, given, choices, place, locale: interaction.person.locale });
}

/** A field of a modal whose value can't be accepted. */
export interface FieldProblem {
  field: string;
  failure: Failure;
}

/** Reads the values as the command's options, along with any problems in them. */
export function readVideo(
  command: Command,
  values: Readonly<Record<string, string | true>>,
  texts: Texts,
): { options: Record<string, OptionValue>; problems: FieldProblem[] } {
  const options: Record<string, OptionValue> = {};
  const problems: FieldProblem[] = [];
  for (const option of command.options) {
    const { name: field, required } = option;
    const given = values[field];
    const failure = required ? promptFailure(String(given ?? '')) : undefined;
    if (failure) problems.push({ field, failure });
    if (failure || given === undefined) continue;
    // There is a list to choose from, so nothing else is a choice.
    const value = readValue({ ...option, suggested: false }, given);
    if (value === undefined) problems.push({ field, failure: wrongValue(option, given, { texts }).failure });
    else options[field] = value;
  }
  return { options, problems };
}
