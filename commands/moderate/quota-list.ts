import type { Pace, PaceRule } from '../../src/domain/pace.ts';
import { unitOf } from '../../src/domain/rate.ts';
import { listLimits } from '../../src/moderation/limit-rules.ts';
import type { ListContext, LongList } from './long-list.ts';

/** All limits in the order in which they count, open extra credits and the pace, with what counts where none is set. */
export async function quotaList(context: ListContext): Promise<LongList> {
  const { moderation, texts } = context;
  const { list: words, title } = texts.limits;
  const { rules, grants, paces } = await listLimits(context);
  const { quota, pace } = moderation.tools.limits;
  const ruleLines = rules.map(({ scope, subject, credits, period }, index) =>
    words.rule(index + 1, scope, subject, credits, period),
  );
  if (!rules.some(({ scope }) => scope === 'everyone')) ruleLines.push(words.fallback(quota.credits, quota.period));
  return {
    name: 'quotas',
    title,
    empty: '',
    lines: [
      ...section(words.rules, ruleLines),
      ...section(
        words.grants,
        grants.map(({ member, left, credits, expiresAt }) => words.grant(member, left, credits, expiresAt)),
      ),
      ...section(words.paces, [
        ...paces.map((rule) => words.pace(rule.subject, partsOf(rule))),
        words.paceFallback(partsOf(pace)),
      ]),
    ],
  };
}

/** What the texts need of a pace. */
export function partsOf({ concurrency, waiting, rate }: Omit<PaceRule, 'subject'> | Pace) {
  return { concurrency, waiting, ...(rate && { starts: rate.count, per: unitOf(rate) }) };
}

/** Lines below a heading, which stays with the first of them; nothing without lines. */
function section(heading: string, lines: readonly string[]): string[] {
  const [first, ...others] = lines;
  return first === undefined ? [] : [`${heading}\n${first}`, ...others];
}
