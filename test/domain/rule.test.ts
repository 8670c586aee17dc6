import { describe, expect, it } from 'vitest';
import type { Period } from '../../src/domain/period.ts';
import { countingRule, inOrder, type Rule, type Scope } from '../../src/domain/rule.ts';

const rule = (text: string): Rule => {
  const [, scope, subject = '', credits, period] = /^(\w+)(?: (\w+))? (\d+|unlimited)\/(\w+)$/.exec(text) ?? [];
  return {
    scope: scope as Scope,
    subject: scope === 'member' ? `web:${subject}` : subject,
    credits: credits === 'unlimited' ? null : Number(credits),
    period: period as Period,
  };
};
const ADA = { member: 'web:ada', roles: ['crew', 'extras'] };

describe('the rule that counts for a member', () => {
  it.each<[string, string[], string | undefined]>([
    ['none where there is none', [], undefined],
    ['none of somebody else', ['member ben 9/day', 'role stars 9/day'], undefined],
    ['none of a channel or the budget', ['channel stage 5/day', 'community 50/day'], undefined],
    ['everyone’s', ['everyone 5/day'], 'everyone 5/day'],
    ['the role’s before everyone’s, even if it gives less', ['everyone 5/day', 'role crew 2/day'], 'role crew 2/day'],
    ['the most generous role’s', ['role crew 2/day', 'role extras 3/day'], 'role extras 3/day'],
    ['in the long run', ['role crew 20/week', 'role extras 3/day'], 'role extras 3/day'],
    ['of equals the one with more at once', ['role crew 1/day', 'role extras 7/week'], 'role extras 7/week'],
    ['without limit before all others', ['role crew unlimited/day', 'role extras 999/hour'], 'role crew unlimited/day'],
    [
      'a forbidding role only if no other gives more',
      ['role crew 0/day', 'role extras 1/month'],
      'role extras 1/month',
    ],
    ['a forbidding role', ['everyone 5/day', 'role crew 0/day'], 'role crew 0/day'],
    ['the member’s own before all', ['member ada 1/month', 'role crew unlimited/day'], 'member ada 1/month'],
    ['the member’s own, that forbids', ['member ada 0/day', 'role crew 9/day', 'everyone 9/day'], 'member ada 0/day'],
    ['the member’s own, that exempts', ['member ada unlimited/day', 'everyone 0/day'], 'member ada unlimited/day'],
  ])('is %s', (_, rules, counting) => {
    expect(countingRule(rules.map(rule), ADA)).toEqual(counting && rule(counting));
    expect(countingRule(rules.map(rule).reverse(), ADA)).toEqual(counting && rule(counting));
  });

  it('is not a role’s for a member who has lost the role', () => {
    const rules = [rule('role crew 9/day'), rule('everyone 1/day')];
    expect(countingRule(rules, { ...ADA, roles: [] })).toEqual(rule('everyone 1/day'));
  });
});

it('rules are listed in the order in which they count, the ones that limit in addition last', () => {
  const order = [
    'member ada 1/day',
    'role extras 9/day',
    'role crew 2/day',
    'everyone 5/day',
    'channel stage 5/day',
    'community 50/day',
  ].map(rule);
  expect(inOrder(order.toReversed())).toEqual(order);
});
