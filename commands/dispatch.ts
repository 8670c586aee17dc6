import { DailiesError, toFailure } from '../src/errors.ts';
import type { Origin } from '../src/generation/origin.ts';
import type { GenerationService } from '../src/generation/service.ts';
import type { Log } from '../src/log.ts';
import type { Dispatch } from '../src/platforms/platform.ts';
import { problemCard } from '../src/replies/generation-card.ts';
import { describeFailure, type Texts, textsFor } from '../src/texts/texts.ts';
import { type Answer, type Button, type Command, HANDLED } from './command.ts';

/** What the dispatcher chooses from, and what it hands over. */
export interface DispatchParts {
  commands: readonly Command[];
  buttons: readonly Button[];
  service: GenerationService;
  log: Log;
}

/**
 * Leads what people say and press to its command or button. It never throws: a refusal becomes a card for the person
 * who asked, and what nobody foresaw goes to the log with its cause.
 */
export function createDispatch({ commands, buttons, service, log }: DispatchParts): Dispatch {
  const answer = async (origin: Origin, what: object, run: (texts: Texts) => Promise<Answer | undefined>) => {
    const texts = textsFor(origin.locale);
    try {
      return (await run(texts)) ?? HANDLED;
    } catch (error) {
      const known = error instanceof DailiesError;
      const line = { ...what, member: origin.member, community: origin.community, err: error };
      if (known) log.debug(line, 'a request was refused');
      else log.error(line, 'a request went wrong');
      const card = problemCard(texts, describeFailure(texts, toFailure(error)));
      return { kind: 'card', card, audience: 'requester' } satisfies Answer;
    }
  };
  return {
    command: (invocation) =>
      answer(invocation, { command: invocation.command }, async (texts) => {
        const command = commands.find(({ name }) => name === invocation.command);
        if (!command) throw new DailiesError('command_unknown', { command: invocation.command.slice(0, 50) });
        if (command.who === 'moderators' && !invocation.moderator) throw new DailiesError('moderators_only');
        return await command.run({ ...invocation, service, texts });
      }),
    press: (press) =>
      answer(press, { action: press.action, target: press.target }, async (texts) => {
        const button = buttons.find(({ action }) => action === press.action);
        if (!button) throw new DailiesError('command_unknown', { command: press.action.slice(0, 50) });
        return await button.run({ ...press, service, texts });
      }),
  };
}
