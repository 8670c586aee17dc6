import { at, mention } from '../../domain/marks.ts';
import { sentence } from '../wording.ts';
import { credits, number } from './words.ts';

const member = (id: string) => mention('member', id);
const channel = (id: string) => mention('channel', id);
const because = (reason: string) => (reason ? `: ${sentence(reason)}` : '.');

/** What moderators read about who may make videos, where, with which model, and of what, in English. */
export const enConduct = {
  conduct: {
    /** After a list's title. */
    page: (page: number, of: number) => `Page ${number(page)} of ${number(of)}`,
    /** What options take; after a colon. */
    memberExpected: 'a member of this place',
    channelExpected: 'a channel of this place',
    lengthExpected: 'a length such as 12h, 7d or 2w, at most ten years; nothing at all means for good',
    reasonExpected: (max: number) => `at most ${number(max)} characters long`,
    blocks: {
      title: 'Blocked members',
      /** `until` in ms; null: for good. */
      blocked: (id: string, until: number | null, reason: string) =>
        `${member(id)} can’t make videos here ${until === null ? 'any more' : `until ${at(until, 'date')}`}${because(reason)}`,
      waiting: 'Videos of theirs that already wait are still made, unless you cancel them.',
      unblocked: (id: string) => `${member(id)} can make videos here again.`,
      notBlocked: (id: string) => `${member(id)} is not blocked.`,
      yourself: 'You can’t block yourself.',
      none: 'Nobody is blocked.',
      line: (id: string, until: number | null, reason: string, by: string) =>
        `${member(id)}: ${until === null ? 'for good' : `until ${at(until, 'date')}`}, by ${member(by)}${reason && `: ${reason}`}`,
    },
    channels: {
      title: 'Where videos are allowed',
      allowed: (id: string) => `Videos can be made in ${channel(id)} now.`,
      denied: (id: string) => `No videos can be made in ${channel(id)} now.`,
      cleared: (id: string) => `${channel(id)} is neither allowed nor denied by name now.`,
      unlisted: (id: string) => `${channel(id)} was neither allowed nor denied by name.`,
      noNumber: (place: number) => `There is no channel with the number ${number(place)} in the list.`,
      isAllowed: 'allowed',
      isDenied: 'denied',
      onlyAllowed: 'As long as channels are allowed by name, all others are not.',
      allOthers: 'All other channels are allowed.',
      everywhere: 'Videos can be made in all channels.',
      threads: 'A thread follows its channel.',
    },
    models: {
      title: 'Models',
      enabled: (id: string) => `The model ${id} can be used here now.`,
      disabled: (id: string) => `The model ${id} can’t be used here any more.`,
      last: (id: string) => `${id} is the only model that is on. Turn another one on first.`,
      /** `resolution`: the only one that it counts for; undefined: all that have no price of their own. */
      cost: (id: string, cost: number, duration: number, resolution: string | undefined) =>
        `A ${number(duration)} s video by ${id}${resolution === undefined ? '' : ` in ${resolution}`} now costs ${credits(cost)}.`,
      /** `prices` as `480p 1 · 720p 2`. */
      line: (id: string, prices: string, duration: number) => `${id}: ${prices} credits for ${number(duration)} s`,
      rounded: 'Other lengths cost the same per second, rounded up to whole credits.',
      accepted: 'Videos that were already requested keep their price.',
      goneLine: (id: string) => `${id}: no longer available`,
      on: 'on',
      off: 'off',
    },
    words: {
      title: 'Forbidden words',
      added: (word: string) => `Prompts with “${word}” are refused now.`,
      known: (word: string) => `Prompts with “${word}” are already refused.`,
      removed: (word: string) => `“${word}” is not on the list any more.`,
      unknown: (word: string) => `“${word}” is not on the list.`,
      full: (max: number) => `The list is full: it has ${number(max)} entries. Take one off first.`,
      patternsFull: (max: number) =>
        `The list has ${number(max)} patterns, and cannot take more of them. Take one off first, or add words.`,
      none: 'No words are forbidden.',
    },
    settings: {
      title: 'What is set for this place',
      timeZoneSet: (zone: string) => `Hours, days, weeks and months of credits begin by the clock of ${zone} now.`,
      zoneExpected: 'a name such as Europe/Berlin, America/New_York or Asia/Tokyo',
      privateOn: 'Replies may be private here now.',
      privateOff: 'Videos can’t be made in private replies here any more.',
      timeZone: 'Time zone',
      privateReplies: 'Private replies',
      allowed: 'allowed',
      notAllowed: 'not allowed',
      logChannel: 'Log channel',
      none: 'none',
      paused: 'Paused',
      isPaused: (reason: string) => (reason ? `yes: ${reason}` : 'yes'),
      isNotPaused: 'no',
    },
    log: {
      title: 'Log channel',
      on: (id: string) =>
        `I log videos, refusals, reports and changes in ${channel(id)} now. This change is the first line there; if it does not appear, I can’t write there.`,
      readers: 'Whoever can read that channel reads the prompts, too.',
      off: 'I don’t log in any channel now.',
    },
    pause: {
      title: 'Pause',
      paused: (reason: string) => `No new videos are accepted here now${because(reason)}`,
      accepted: 'What was already asked for is still made.',
      resumed: 'Videos can be made here again.',
      notPaused: 'Nothing is paused here.',
    },
  },
} as const;
