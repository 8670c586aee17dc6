import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/domain/event.ts';
import { at, compose, mention, type Text } from '../../src/domain/text.ts';
import { entryText } from '../../src/moderation/entry-text.ts';
import { grantCredits } from '../../src/moderation/extra-credits.ts';
import { setLogChannel } from '../../src/moderation/general-settings.ts';
import { setBlock } from '../../src/moderation/member-blocks.ts';
import { pause } from '../../src/moderation/pausing.ts';
import { addWord } from '../../src/moderation/word-list.ts';
import { beginModerating, MO } from '../support/moderating.ts';
import { en } from '../support/texts.ts';

const BEN = 'slack:T1/UBEN1';
const [mo, ben] = [mention('member', MO.member), mention('member', BEN)];
const END = Date.UTC(2026, 5, 1, 12);
/** What a moderator may write to make a moment or a mention of it. */
const TYPED = '2026-06-01T12:00:00.000Z \u0002member:discord:1\u0003 \u00025:date\u0003 <@1> <!channel> #C1';
const KEPT = TYPED.replace(/[\u0002\u0003 ]+/g, ' ');

describe('an entry of the audit', () => {
  it('names moments and channels, and has what moderators wrote on one line', async () => {
    const { as, store } = await beginModerating([]);
    await setBlock(as(MO), BEN, { reason: TYPED, until: END });
    await setBlock(as(MO), BEN, { reason: TYPED });
    await grantCredits(as(MO), BEN, 10, END);
    await setLogChannel(as(MO), 'C1');
    await pause(as(MO), TYPED);
    await addWord(as(MO), TYPED);
    const entries = await store.audit.list(MO.community, 10, 0);
    expect(entries.map((entry) => entryText(en, entry)).reverse()).toEqual([
      compose`${mo} blocked ${ben} (${at(END, 'date')}: ${KEPT}).`,
      compose`${mo} blocked ${ben} (∞: ${KEPT}).`,
      compose`${mo} gave ${ben} extra credits: +10 → ${at(END, 'date')}.`,
      compose`${mo} set the log channel to ${mention('channel', 'C1')} (was off).`,
      compose`${mo} paused video requests (${KEPT}).`,
      compose`${mo} forbade “${KEPT}” in prompts.`,
    ]);
  });

  it.each<[AuditEntry['action'], AuditEntry['subject'], string, Text]>([
    ['block', { kind: 'member', id: BEN }, `\u0002${END}:date\u0003: rude`, compose`${at(END, 'date')}: rude`],
    ['block', { kind: 'member', id: BEN }, `\u0002${END}:date\u0003`, at(END, 'date')],
    ['block', { kind: 'member', id: BEN }, '∞: rude', '∞: rude'],
    ['quota.grant', { kind: 'member', id: BEN }, `+5 → \u0002${END}:date\u0003`, compose`+5 → ${at(END, 'date')}`],
    ['settings.log', { kind: 'everything' }, '\u0002channel:C1\u0003', mention('channel', 'C1')],
    ['settings.log', { kind: 'everything' }, 'off', 'off'],
  ])('of an earlier version: %s', (action, subject, after, shown) => {
    const say = en.audit.entries[action] as (values: Record<string, Text>) => Text;
    const entry = { at: 1, actor: MO.member, action, subject, before: undefined, after };
    expect(entryText(en, entry)).toEqual(say({ actor: mo, subject: ben, after: shown }));
  });
});
