import { compose, mention, type Text } from '../../src/domain/text.ts';
import { writeLimit, writePace } from '../../src/locales/wording.ts';
import { listLimits } from '../../src/moderation/limit-rules.ts';
import type { ListContext, LongList } from './long-list.ts';
import { mentionOf } from './target.ts';

/** Lists all limits in the order in which they apply, open extra credits and the pace, with the defaults if unset. */
export async function quotaList(context: ListContext): Promise<LongList> {
  const { moderation, texts } = context;
  const { list: words, title } = texts.limits;
  const { rules, grants, paces } = await listLimits(context);
  const { quota, pace } = moderation.tools.limits;
  const ruleLines: Text[] = rules.map(({ scope, subject, credits, period }, index) =>
    words.rule({
      number: index + 1,
      scope,
      subject: mentionOf(scope, subject),
      limit: writeLimit(texts, { credits, period }),
    }),
  );
  if (!rules.some(({ scope }) => scope === 'everyone'))
    ruleLines.push(words.fallback({ limit: writeLimit(texts, quota) }));
  return {
    name: 'quotas',
    title,
    empty: '',
    lines: [
      ...section(words.rules, ruleLines),
      ...section(
        words.grants,
        grants.map(({ member, left, credits, expiresAt }) =>
          words.grant({ member: mention('member', member), left, of: credits, ends: expiresAt }),
        ),
      ),
      ...section(words.paces, [
        ...paces.map((rule) =>
          words.pace({ role: rule.subject && mention('role', rule.subject), pace: writePace(texts, rule) }),
        ),
        words.paceFallback({ pace: writePace(texts, pace) }),
      ]),
    ],
  };
}

/** Lines below a heading, which stays with the first of them; nothing without lines. */
function section(heading: string, lines: readonly Text[]): Text[] {
  const [first, ...others] = lines;
  return first === undefined ? [] : [compose`${heading}\n${first}`, ...others];
}
