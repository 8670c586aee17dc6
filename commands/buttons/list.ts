import { DailiesError } from '../../src/domain/failure.ts';
import type { Button } from '../command.ts';
import { blockList } from '../moderate/block.ts';
import { channelList } from '../moderate/channel.ts';
import { type ListContext, type LongList, pageOf, TURN_LIST } from '../moderate/long-list.ts';
import { quotaList } from '../moderate/quota-list.ts';
import { wordList } from '../moderate/word.ts';

/** By the names that buttons have them by. */
const LISTS = new Map<string, (context: ListContext) => Promise<LongList>>([
  ['blocks', blockList],
  ['channels', channelList],
  ['quotas', quotaList],
  ['words', wordList],
]);

/** Turns a page of one of the moderators' lists, in the same reply; its target is `<list>:<page>`. */
export const turnList: Button = {
  action: TURN_LIST,
  answers: 'same reply',
  async run(context) {
    const [name = '', page] = context.target.split(':');
    const list = LISTS.get(name);
    if (!list) throw new DailiesError('command_unknown', { command: name.slice(0, 50) });
    return { kind: 'card', audience: 'everyone', card: pageOf(context.texts, await list(context), Number(page)) };
  },
};
