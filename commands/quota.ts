import { leftOf, type QuotaStatus, spendable, type Usage } from '../src/domain/quota.ts';
import type { Texts } from '../src/locales/texts.ts';
import { plainPrice } from './choices.ts';
import { createCommand } from './command.ts';

/** `/quota`: what the member has left, when it comes back, and which rule counts. */
export const quota = createCommand({
  name: 'quota',
  description: (texts) => texts.commands.quota,
  who: 'members',
  audience: () => 'requester',
  options: [],
  async run(context) {
    const { service, texts } = context;
    const { quota: words } = texts;
    const status = await service.quota(context);
    const models = await service.models(context);
    const prices = models.map((model) => {
      const { credits, seconds } = plainPrice(model);
      return words.cost(model.label, credits, seconds);
    });
    return {
      kind: 'card',
      audience: 'requester',
      card: {
        tone: 'info',
        title: words.title,
        text: describe(status, texts),
        fields: prices.length > 0 ? [{ label: words.costs, value: prices.join('\n') }] : [],
        notes: [],
        buttons: [],
      },
    };
  },
});

function describe(status: QuotaStatus, { quota: words }: Texts): string {
  const { credits, used, resetsAt, granted, grantsEnd, channel, budget } = status;
  const left = leftOf(status);
  const own = () => {
    if (credits === null || left === null) return [words.unlimited];
    if (credits === 0) return granted > 0 ? [] : [words.forbidden];
    return [words.left(left, credits), ...(used > 0 ? [words.resets(resetsAt)] : [])];
  };
  return [
    ...own(),
    ruleOf(status, words),
    ...(granted > 0 && credits !== null ? [words.granted(granted, grantsEnd)] : []),
    ...further(channel, status, words.channel),
    ...further(budget, status, words.budget),
  ].join(' ');
}

function ruleOf({ rule, credits, period }: QuotaStatus, words: Texts['quota']): string {
  if (rule.scope === 'role') return words.roleRule(rule.subject, credits, period);
  return rule.scope === 'member' ? words.ownRule(credits, period) : words.rule(credits, period);
}

/** What all together have left, where that is less than what the member could spend alone. */
function further(usage: Usage | undefined, status: QuotaStatus, say: Texts['quota']['channel']): string[] {
  const left = usage && leftOf(usage);
  if (!usage || typeof left !== 'number') return [];
  return left < (spendable(status) ?? Number.POSITIVE_INFINITY) ? [say(left, usage.credits ?? 0, usage.resetsAt)] : [];
}
