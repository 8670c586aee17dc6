import type { types } from '@slack/bolt';
import type { Command, Dispatch } from '../../../commands/command.ts';
import type { Choice, OptionValue } from '../../../commands/options.ts';
import { type Place, videoView } from './modal.ts';
import { originIn, refIn, type Scene } from './scene.ts';

/**
 * A new request as a modal, with the models that the community offers, at its prices. It has to be there within three
 * seconds, so nothing is asked of Slack meanwhile.
 * @param parts `given` is what is filled in already; a model is always chosen, so that the rest can follow it.
 */
export async function fillVideo(parts: {
  scene: Scene;
  dispatch: Dispatch;
  command: Command;
  given: Readonly<Record<string, OptionValue>>;
  place: Place;
}): Promise<types.ModalView> {
  const { scene, dispatch, command, place } = parts;
  const reply = refIn(scene, { kind: 'none', channelId: scene.channelId ?? '', ts: '' });
  const origin = originIn(scene, { roles: [], moderator: false }, reply, true);
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
  return videoView({ command, given, choices, place, locale: scene.person.locale });
}
