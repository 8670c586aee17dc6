import type { RuleName } from '../../src/domain/failure.ts';
import { leftOf } from '../../src/domain/quota-status.ts';
import { compose, join, mention, type Text } from '../../src/domain/text.ts';
import type { Texts } from '../../src/locales/texts.ts';
import { writeLimit, writePace } from '../../src/locales/wording.ts';
import { limitsOf } from '../../src/moderation/limit-rules.ts';
import type { Answer, CommandContext } from '../command.ts';
import type { ListContext } from './long-list.ts';
import { answer } from './moderators-answer.ts';

/** Shows which limits apply to a named member and why, what is used and left, and how fast they may go. */
export async function memberLimits(
  context: ListContext & Pick<CommandContext, 'rolesOf'>,
  member: string,
): Promise<Answer> {
  const { texts, rolesOf } = context;
  const { standing: words, standingTitle } = texts.limits;
  const roles = rolesOf?.[member];
  const { status, pace } = await limitsOf(context, { member, roles: roles ?? [] });
  const { rule, credits, period, used, resetsAt, granted, grantsEnd, budget } = status;
  const left = leftOf(status);
  const leftOfBudget = budget && leftOf(budget);
  const lines = [
    compose`${words.has({ member: mention('member', member), limit: writeLimit(texts, { credits, period }) })} ${whyOf(rule, words.why)}`,
    left === null
      ? words.used({ credits: used })
      : compose`${words.used({ credits: used })} ${words.left({ credits: left, at: used > 0 ? resetsAt : undefined })}`,
    ...(granted > 0 ? [words.granted({ credits: granted, ends: grantsEnd })] : []),
    ...(typeof leftOfBudget === 'number' ? [words.budget({ left: leftOfBudget, of: budget?.credits ?? 0 })] : []),
    words.pace({ pace: writePace(texts, pace) }),
  ];
  return answer('info', standingTitle, join(lines, '\n'), roles === undefined ? [words.rolesUnknown] : []);
}

function whyOf({ scope, subject }: RuleName, why: Texts['limits']['standing']['why']): Text {
  if (scope === 'role') return why.role({ role: mention('role', subject) });
  return scope === 'member' || scope === 'everyone' ? why[scope] : why.default;
}
