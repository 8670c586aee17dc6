import type { ErrorCode, ErrorParams, Failure, RuleName } from '../domain/failure.ts';
import { mention, type Text } from '../domain/text.ts';
import { writeExpected } from './expected.ts';
import type { Values } from './format.ts';
import type { Texts } from './texts.ts';
import { sentence } from './wording.ts';

/** Values that a failure's sentence needs beyond its facts, or in another form. */
const FACTS: { [C in ErrorCode]?: (params: ErrorParams[C], texts: Texts) => Values } = {
  option_value: ({ expected }, texts) => ({ expected: writeExpected(expected, texts) }),
  quota_exhausted: ({ rule, quota, used, granted }) => ({
    ...ruleOf(rule),
    left: Math.max(0, quota - used) + granted,
  }),
  quota_forbidden: ({ rule }) => ruleOf(rule),
  paused: ({ reason }) => ({ reason: sentence(reason) }),
  blocked: ({ reason }) => ({ reason: sentence(reason) }),
  word_invalid: ({ reason }) => ({ reason: reason === 'matches everything' ? 'everything' : reason }),
  cancel_too_late: ({ state }) => ({ why: whyTooLate(state) }),
  rejected: ({ hint }) => ({ hint: sentence(hint) }),
  moderated: ({ hint }) => ({ hint: sentence(hint) }),
  provider_failed: ({ hint }) => ({ hint: sentence(hint) }),
};

/** The sentence for a failure. */
export function describeFailure(texts: Texts, failure: Failure): Text {
  const { code } = failure;
  const params = failure.params as unknown as Values;
  const message = texts.errors[code] as string | ((values: Values) => Text);
  const facts = FACTS[code] as ((params: Values, texts: Texts) => Values) | undefined;
  return typeof message === 'string' ? message : message({ ...params, ...facts?.(params, texts) });
}

function ruleOf({ scope, subject }: RuleName): Values {
  return { scope, subject: scope === 'role' ? mention('role', subject) : subject };
}

/** Why a generation in this state can't be cancelled. */
function whyTooLate(state: string): 'cancelled' | 'running' | 'finished' {
  if (state === 'cancelled') return 'cancelled';
  return ['submitting', 'generating', 'delivering'].includes(state) ? 'running' : 'finished';
}
