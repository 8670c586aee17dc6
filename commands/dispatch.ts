import { DailiesError, toFailure } from '../src/domain/failure.ts';
import { platformOf } from '../src/domain/ids.ts';
import type { Origin } from '../src/domain/origin.ts';
import type { GenerationService } from '../src/generations/service.ts';
import type { Clock } from '../src/lib/clock.ts';
import type { Log } from '../src/lib/log.ts';
import { textsFor } from '../src/locales/languages.ts';
import type { Texts } from '../src/locales/texts.ts';
import type { Moderation } from '../src/moderation/door.ts';
import { getTimeZone } from '../src/moderation/general-settings.ts';
import { failureCard } from '../src/replies/problem-card.ts';
import type { FormHandler } from './command.ts';
import {
  type Answer,
  type Button,
  type Command,
  type Dispatch,
  HANDLED,
  type Invocation,
  type MessageCommand,
} from './command.ts';
import type { ReadingPlace } from './options.ts';
import { readOptions } from './read-options.ts';

/** Dependencies of the dispatcher: the handlers it chooses from, and the services it passes to them. */
export interface DispatchParts {
  commands: readonly Command[];
  buttons: readonly Button[];
  forms: readonly FormHandler[];
  messageCommands: readonly MessageCommand[];
  service: GenerationService;
  moderation: Moderation;
  clock: Clock;
  log: Log;
}

/** No chat shows more at once. */
const MOST_CHOICES = 25;

/** @returns the answer; a refusal becomes a card, and an unexpected error is logged with its cause. */
async function answer(log: Log, origin: Origin, what: object, run: (texts: Texts) => Promise<Answer | undefined>) {
  const texts = textsFor(origin.locale, platformOf(origin.community));
  try {
    return (await run(texts)) ?? HANDLED;
  } catch (error) {
    const known = error instanceof DailiesError;
    const line = { ...what, member: origin.member, community: origin.community, err: error };
    if (known) log.debug(line, 'a request was refused');
    else log.error(line, 'a request went wrong');
    const card = failureCard(texts, toFailure(error));
    return { kind: 'card', card, audience: 'requester' } satisfies Answer;
  }
}

/** The named one of commands, buttons or forms. @throws {DailiesError} `command_unknown`. */
function findNamed<T>(all: readonly T[], nameOf: (one: T) => string, name: string): T {
  const found = all.find((one) => nameOf(one) === name);
  if (!found) throw new DailiesError('command_unknown', { command: name.slice(0, 50) });
  return found;
}

/**
 * Routes commands, presses and forms to their handlers. It never throws: a refusal becomes a card for the person
 * who asked, and an unexpected error is logged with its cause.
 */
export function createDispatch(parts: DispatchParts): Dispatch {
  const { commands, buttons, forms, messageCommands, service, moderation, clock, log } = parts;
  const handed = { service, moderation, clock };
  const placeOf = (asker: Origin & Pick<Invocation, 'rolesOf'>, texts: Texts): ReadingPlace => ({
    community: asker.community,
    rolesOf: asker.rolesOf,
    texts,
    now: clock.now(),
    timeZone: () => getTimeZone({ ...asker, moderation }),
  });
  return {
    command: (invocation) =>
      answer(log, invocation, { command: invocation.command }, async (texts) => {
        const command = findNamed(commands, ({ name }) => name, invocation.command);
        if (command.who === 'moderators') await moderation.mustModerate(invocation);
        const moderates = await moderation.isModerator(invocation);
        const usable = commands.filter(({ who }) => who === 'members' || moderates);
        const options = await readOptions(command.options, invocation.options, placeOf(invocation, texts));
        return await command.run({ ...invocation, ...handed, options, texts, commands: usable });
      }),
    press: (press) =>
      answer(log, press, { action: press.action, target: press.target }, async (texts) =>
        findNamed(buttons, ({ action }) => action, press.action).run({ ...press, ...handed, texts }),
      ),
    submit: (submission) =>
      answer(log, submission, { form: submission.form, target: submission.target }, async (texts) => {
        const form = findNamed(forms, ({ name }) => name, submission.form);
        const { values, ...sent } = submission;
        const options = await readOptions(form.options, values, placeOf(submission, texts));
        return await form.run({ ...sent, ...handed, options, texts });
      }),
    async message(name, text, { community, locale }) {
      const command = messageCommands.find((one) => one.name === name);
      return command?.open(text, textsFor(locale, platformOf(community)), await service.models({ community }));
    },
    async complete({ command, option, typed, options, locale, community }) {
      const found = commands.find(({ name }) => name === command)?.options.find(({ name }) => name === option);
      if (!found?.complete) return [];
      const start = typed.trim().toLowerCase();
      return found
        .complete(options, textsFor(locale, platformOf(community)), await service.models({ community }))
        .filter(({ name, value }) => [name, String(value)].some((text) => text.toLowerCase().includes(start)))
        .slice(0, MOST_CHOICES);
    },
  };
}
