import { leftOf, type QuotaStatus, spendable, type Usage } from '../src/domain/quota-status.ts';
import { join, mention, type Text } from '../src/domain/text.ts';
import type { Texts } from '../src/locales/texts.ts';
import { writeLimit } from '../src/locales/wording.ts';
import { plainPrice } from './choices.ts';
import { createCommand } from './command.ts';

/** `/quota`: how much the member has left, when it is renewed, and which rule applies. */
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
      return words.cost({ label: model.label, credits, seconds });
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

function describe(status: QuotaStatus, texts: Texts): Text {
  const { quota: words } = texts;
  const { credits, used, resetsAt, granted, grantsEnd, channel, budget } = status;
  const left = leftOf(status);
  const own = () => {
    if (credits === null || left === null) return [words.unlimited];
    if (credits === 0) return granted > 0 ? [] : [words.forbidden];
    const spendable = left + granted;
    return [
      granted > 0
        ? words.spendable({ spendable, credits: granted, left, of: credits, ends: grantsEnd })
        : words.left({ left, of: credits }),
      ...(used > 0 ? [words.resets({ at: resetsAt })] : []),
    ];
  };
  return join(
    [
      ...own(),
      ruleOf(status, texts),
      ...(granted > 0 && credits === 0 ? [words.granted({ credits: granted, ends: grantsEnd })] : []),
      ...further(channel, status, words.channel),
      ...further(budget, status, words.budget),
    ],
    ' ',
  );
}

function ruleOf({ rule, credits, period }: QuotaStatus, texts: Texts): Text {
  const { quota: words } = texts;
  const limit = writeLimit(texts, { credits, period });
  if (rule.scope === 'role') return words.roleRule({ role: mention('role', rule.subject), limit });
  return rule.scope === 'member' ? words.ownRule({ limit }) : words.rule({ limit });
}

/** Mentions the credits left to everyone together, if they are fewer than the member could spend alone. */
function further(usage: Usage | undefined, status: QuotaStatus, say: Texts['quota']['channel']): Text[] {
  const left = usage && leftOf(usage);
  if (!usage || typeof left !== 'number') return [];
  return left < (spendable(status) ?? Number.POSITIVE_INFINITY)
    ? [say({ left, of: usage.credits ?? 0, at: usage.resetsAt })]
    : [];
}
