import { at } from '../../domain/marks.ts';
import { formatsFor } from '../wording.ts';

const { number, count } = formatsFor('en');

/** What only Slack says, in English; here the names of commands are known, and are the same in every language. */
export const enSlack = {
  /** The tab of the app in which a member sees their own videos. */
  home: {
    running: 'Waiting and being made',
    community: 'This workspace',
    /** `more`: there are more than these. */
    counts: (running: number, waiting: number, more: boolean) =>
      `${more ? 'More than ' : ''}${number(running)} being made, ${number(waiting)} waiting.`,
    usedToday: (value: number) => `${count(value, 'credit', 'credits')} used today.`,
    moderators: 'Say who moderates with /video-moderate moderators.',
    asOf: (ms: number) => `As of ${at(ms, 'time')}.`,
    /** The shortcut has its English name in every language, as Slack translates none. */
    hint: 'Make a video with /video anywhere, or with the shortcut “Make a video”.',
  },
  /** The pages on which somebody installs the app. */
  install: {
    done: { title: 'Dailies is installed', text: 'Type /video in any channel to make your first video.' },
    denied: { title: 'Nothing was installed', text: 'You said no to Slack, so nothing has changed.' },
    stale: {
      title: 'This page is too old',
      text: 'The installation was begun too long ago or in another browser. Begin again.',
    },
    failed: { title: 'That did not work', text: 'Slack did not complete the installation. Try again in a minute.' },
    open: 'Open Dailies in Slack',
    again: 'Begin again',
  },
  slack: {
    /** A reply before there is anything to say. */
    opening: 'One moment…',
    inDirectMessage: 'I have answered you in a direct message.',
    notMember:
      'I am not in this channel, so I answer you in a direct message. To have videos here, invite me: type /invite @Dailies in the channel.',
    closed:
      'This channel takes no messages from me (archived, or only some may post), so I answer you in a direct message.',
    noDirectMessage: 'I can write neither here nor to you directly. Nothing was started and nothing was charged.',
    disconnected: 'This workspace has withdrawn my access. An admin has to install me again.',
    filesInDirectMessage: 'I have put the files into our direct message.',
    filesLost: 'Slack did not take the files that belong here. Please try again.',
    /** What an option takes that names somebody or something. */
    wanted: {
      member: 'somebody, as @name',
      role: 'a user group, as @group',
      channel: 'a channel, as #channel',
      mention: 'somebody or a user group, as @name',
    },
    /** A form has to be opened within three seconds. */
    expired: 'That took too long, so Slack did not let me open the form. Please try again.',
    /** A button; at most 75 characters. */
    showAll: 'Show all',
    /** A form's title; at most 24 characters. */
    prompt: 'Prompt',
    watch: 'Watch the video',
    /** A form's button; at most 24 characters. */
    close: 'Close',
    channel: 'Where to post it',
  },
} as const;
