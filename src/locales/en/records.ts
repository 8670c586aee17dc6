import type { Action } from '../../domain/event.ts';
import { at } from '../../domain/marks.ts';
import { sentence } from '../wording.ts';
import { count, credits, number } from './words.ts';

const videos = (value: number) => count(value, 'video', 'videos');
/** A change: "+3", "−3", "±0". */
const signed = (value: number) => (value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${number(Math.abs(value))}`);

/** What each change is called. */
const actions: Record<Action, string> = {
  'quota.set': 'Limit set',
  'quota.clear': 'Limit taken away',
  'quota.grant': 'Extra credits given',
  'quota.revoke': 'Extra credits taken back',
  'budget.set': 'Budget set',
  'budget.clear': 'Budget taken away',
  'pace.set': 'Pace set',
  'pace.clear': 'Pace taken away',
  block: 'Member blocked',
  unblock: 'Member unblocked',
  'channel.allow': 'Channel allowed',
  'channel.deny': 'Channel forbidden',
  'channel.clear': 'Channel taken off the list',
  'model.enable': 'Model turned on',
  'model.disable': 'Model turned off',
  'model.cost': 'Price changed',
  'word.add': 'Word forbidden',
  'word.remove': 'Word allowed again',
  'moderators.add': 'Moderator named',
  'moderators.remove': 'Moderator removed',
  'settings.timezone': 'Time zone changed',
  'settings.private': 'Private replies changed',
  'settings.log': 'Log channel changed',
  pause: 'Paused',
  resume: 'Resumed',
  cancel: 'Videos cancelled',
  delete: 'Video deleted',
  forget: 'Videos forgotten',
  report: 'Video reported',
};

/** What is said of what happened, and of its end, in English. */
export const enRecords = {
  audit: {
    title: 'Changes',
    empty: 'Nothing has been changed here yet.',
    actions,
  },
  usage: {
    title: { day: 'Usage today', week: 'Usage this week', month: 'Usage this month' },
    since: (ms: number, timeZone: string) => `Since ${at(ms, 'date')} (${timeZone}).`,
    brackets: {
      day: 'In brackets: how much more or less than on the whole day before.',
      week: 'In brackets: how much more or less than in the whole week before.',
      month: 'In brackets: how much more or less than in the whole month before.',
    },
    videos: 'Videos',
    credits: 'Credits',
    refusals: 'Refused',
    failures: 'Without a video',
    figure: (value: number, change: number) => `${number(value)} (${signed(change)})`,
    models: 'Models',
    members: 'Most videos',
    share: (name: string, made: number, spent: number) => `${name}: ${videos(made)}, ${credits(spent)}`,
    periods: { day: 'today', week: 'this week', month: 'this month' },
    picture: {
      legend: {
        day: 'Bars: videos each hour. Lines: the day before.',
        week: 'Bars: videos each day. Lines: the week before.',
        month: 'Bars: videos each day. Lines: the month before.',
      },
      alt: (made: number, before: number) =>
        `A bar chart of ${videos(made)}, with a line for the ${number(before)} of the time before.`,
    },
    export: {
      title: 'Export',
      text: (rows: number) => `The file lists ${videos(rows)}, without prompts.`,
      omitted: (rows: number) => `It would be too large with the ${number(rows)} before them.`,
      nothing: 'There is nothing to export yet.',
      alt: (rows: number) => `A table of ${videos(rows)}`,
    },
  },
  forget: {
    title: 'Forget videos',
    ask: (who: string) => `This removes all prompts and kept videos of ${who} here. It can’t be undone.`,
    askOwn: 'This removes all your prompts and kept videos here. It can’t be undone.',
    chat: 'Messages may stay in the chat; they can be deleted there.',
    done: (who: string, value: number) => `${videos(value)} of ${who} forgotten: no prompt, no file.`,
    doneOwn: (value: number) => `${videos(value)} of yours forgotten: no prompt, no file.`,
    nothing: 'There was nothing to forget.',
    unfinished: (value: number) =>
      `${count(value, 'video is', 'videos are')} still being made. The prompt is needed until then; forget again afterwards.`,
  },
  cancelling: {
    title: 'Waiting videos',
    all: (value: number) => `${count(value, 'waiting video was', 'waiting videos were')} cancelled.`,
    of: (who: string, value: number) =>
      `${count(value, 'waiting video', 'waiting videos')} of ${who} ${value === 1 ? 'was' : 'were'} cancelled.`,
    none: 'No video is waiting.',
    noneOf: (who: string) => `No video of ${who} is waiting.`,
  },
  reporting: {
    /** A field in a form; at most 45 characters, as all of them. */
    reason: 'What is wrong with it?',
    title: 'Reported',
    done: 'Thank you. The moderators can see your report.',
    known: 'You have already reported this video; the moderators can see it.',
  },
  blocking: {
    for: 'For how long? Empty: for good',
    reason: 'Why? The member can read it',
  },
  log: {
    video: 'Video request',
    refused: 'Refused request',
    reported: 'Reported video',
    budget: 'Budget of this place',
    made: (who: string, where: string, model: string, cost: number) =>
      `${who} made a video with ${model} in ${where}, for ${credits(cost)}.`,
    ended: (who: string, where: string, model: string, outcome: string, why: string) =>
      `${who} asked for a video with ${model} in ${where}: ${outcome}.${why ? ` ${sentence(why)}` : ''}`,
    refusal: (who: string, where: string, why: string) => `${who} was refused a video in ${where}: ${why}.`,
    report: (who: string, whose: string, reason: string) =>
      `${who} reported a video of ${whose}${reason ? `: ${sentence(reason)}` : '.'}`,
    spent: (percent: number, used: number, of: number, resetsAt: number) =>
      `${number(percent)} % of the budget is used: ${number(used)} of ${credits(of)}. It is renewed ${at(resetsAt, 'relative')}, on ${at(resetsAt, 'date')}.`,
    deleted: 'Deleted video',
    deletedBy: (who: string) => `${who} deleted this video, with its prompt and its reply.`,
    /** Why a request was refused, for moderators. */
    why: {
      queue_full: 'too many videos of this member are waiting',
      quota_exhausted: 'no credits left',
      quota_forbidden: 'a limit allows no credits',
      channel_exhausted: 'the credits of the channel are used up',
      budget_exhausted: 'the budget is used up',
      paused: 'the making of videos is paused',
      blocked: 'the member is blocked',
      channel_denied: 'videos are not allowed there',
      model_disabled: 'the model is turned off',
      private_denied: 'private replies are not allowed',
      words_refused: 'a forbidden word in the prompt',
      other: 'the request was not accepted',
    },
  },
} as const;
