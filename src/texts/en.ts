import type { ErrorCode, ErrorParams } from '../errors.ts';
import type { Period } from '../limits/periods.ts';
import { enSlack } from './en-slack.ts';
import { at } from './marks.ts';
import { formatsFor, sentence, shortDuration, whyTooLate, writeOption } from './wording.ts';

const { number, count, bytes } = formatsFor('en');
const credits = (value: number) => count(value, 'credit', 'credits');
const PER: Record<Period, string> = { hour: 'an hour', day: 'a day', week: 'a week', month: 'a month' };
const TOO_LATE = {
  cancelled: 'This video has already been cancelled.',
  running: 'This video is already being made and can’t be stopped any more.',
  finished: 'This video is already finished.',
};

/** One sentence or two for each way in which something can go wrong. */
const errors: { [C in ErrorCode]: (params: ErrorParams[C]) => string } = {
  prompt_empty: () => 'The prompt is empty. Say what the video should show.',
  prompt_too_long: ({ length, max }) =>
    `The prompt is ${number(length)} characters long; the limit is ${number(max)}. Shorten it and try again.`,
  prompt_characters: ({ character, position }) =>
    `The prompt contains an invisible control character (${character}, at character ${number(position)}). Remove it and try again.`,
  model_unknown: ({ model, models }) => `There is no model “${model}”. Choose one of: ${models.join(', ')}.`,
  option_unknown: ({ option, options }) => `There is no option “${option}”. The options are: ${options.join(', ')}.`,
  option_unsupported: ({ option, model }) => `The model ${model} has no option “${option}”.`,
  option_value: ({ option, value, expected }) =>
    `“${value}” does not fit the option ${option}. Possible values: ${expected}.`,
  queue_full: ({ running, waiting, max, roomAt }) =>
    `You have ${count(running, 'video', 'videos')} being made and ${number(waiting)} waiting; at most ${number(max)} can wait. ` +
    (roomAt === null
      ? 'There will be room as soon as one is done.'
      : `There should be room ${at(roomAt, 'relative')}.`),
  quota_exhausted: ({ cost, used, quota, resetsAt }) =>
    `This video costs ${credits(cost)}, and you have used ${number(used)} of your ${number(quota)}. ` +
    `Your credits come back ${at(resetsAt, 'relative')}.`,
  moderators_only: () => 'Only moderators may do this.',
  requester_only: () => 'Only the person who asked for this video may do this.',
  generation_unknown: () => 'This video is not known here any more.',
  cancel_too_late: ({ state }) => TOO_LATE[whyTooLate(state)],
  remove_too_early: () => 'This video is not finished yet. Cancel it, or wait until it’s done.',
  video_forgotten: () => 'This video is no longer kept here.',
  prompt_forgotten: () => 'The prompt of this video has been removed, so it can’t be made again from here.',
  command_unknown: ({ command }) => `There is no command “${command}”.`,
  rejected: ({ hint }) => `The video service did not accept this request: ${sentence(hint)}`,
  moderated: ({ hint }) =>
    `The video service refused this prompt by its content rules${hint ? `: ${sentence(hint)}` : '.'} Change the prompt and try again.`,
  provider_failed: ({ hint }) => `The video service could not make this video${hint ? `: ${sentence(hint)}` : '.'}`,
  operator_must_look: () =>
    'The video service does not accept this bot’s account at the moment. The operator must look at this.',
  provider_unavailable: () => 'The video service has been out of order for too long.',
  submission_lost: () =>
    'The connection broke while the video was being ordered, and the video service has no trace of it.',
  generation_lost: () => 'The video service no longer knows this video.',
  timed_out: ({ minutes }) => `The video was not ready after ${count(minutes, 'minute', 'minutes')}.`,
  video_unusable: () => 'The video service delivered a file that is not a complete video.',
  undelivered: () => 'The video is ready, but it could not be put into this chat.',
  stopping: () => 'The bot is being restarted. Please try again in a minute.',
  internal: () => 'Something went wrong on our side. Nothing was charged; please try again.',
};

/** Everything that people read, in English. Every other language has the same shape. */
export const en = {
  errors,
  /** Descriptions, by name; at most 100 characters. */
  commands: {
    video: 'Make a video from a description',
    queue: 'Your videos that are waiting or being made',
    history: 'Your latest videos',
    quota: 'How many credits you have left, and when they come back',
    help: 'What you can do here, and what it costs',
    moderate: 'For moderators',
    'moderate queue': 'The videos that are waiting or being made in this server',
    'moderate moderators add': 'Make a member or a group a moderator of this bot',
    'moderate moderators remove': 'Take that back from a member or a group',
    'moderate moderators list': 'Who has been made a moderator of this bot',
  },
  /** The words that commands are made of: lower case, without spaces, at most 32 characters. */
  commandWords: {
    video: 'video',
    queue: 'queue',
    history: 'history',
    quota: 'quota',
    help: 'help',
    moderate: 'moderate',
    moderators: 'moderators',
    add: 'add',
    remove: 'remove',
    list: 'list',
  },
  /** What the menu of a message offers; at most 32 characters. */
  messageCommands: {
    video_from_message: 'Make a video from this',
  },
  /** Titles have at most 45 characters. */
  forms: {
    edit: { title: 'Edit the prompt', send: 'Make it' },
    video: { title: 'Make a video', send: 'Make it' },
  },
  /** Descriptions, at most 100 characters; `prompt` and `model` are labels in forms too, at most 45. */
  options: {
    prompt: 'What the video should show',
    private: 'Only you can see the reply',
    page: 'Which page, 1 for the latest',
    who: 'A member or a group, mentioned with @',
    model: 'Which model makes it',
    resolution: 'How sharp: the short side of the picture',
    aspect_ratio: 'The shape of the picture',
    duration: 'How long, in seconds',
    seed: 'The same seed and prompt give a similar video again',
    camera_fixed: 'Keep the camera still',
    watermark: 'Put the provider’s watermark on it',
  },
  /** A model in a list of choices; at most 100 characters. */
  modelChoice: (id: string, label: string, cost: number, duration: number) =>
    `${id}: ${label}, ${credits(cost)} for ${number(duration)} s`,
  /** At most 80 characters, as all buttons. */
  buttons: {
    cancel: 'Cancel',
    again: 'Again',
    edit: 'Edit prompt',
    pro: 'Same shot in pro',
    delete: 'Delete',
    check: 'Check again',
    deliver: 'Deliver again',
    newer: 'Newer',
    older: 'Older',
  },
  cards: {
    queued: 'Waiting',
    queuedText: (position: number) => (position <= 1 ? 'Next in line.' : `Number ${number(position)} in line.`),
    queuedNotBefore: (ms: number) => `You have started many videos lately; the next one starts ${at(ms, 'relative')}.`,
    providerBusy: 'The video service is busy; I’ll keep trying.',
    submitting: 'Ordering the video',
    submissionUnclear: 'The order got no answer; I’m checking whether it arrived.',
    generating: 'Making the video',
    delivering: 'Fetching the video',
    deliveringAgain: 'The chat has not taken the video yet; I’ll keep trying.',
    delivered: 'Your video',
    tooLarge: (size: string, limit: string) =>
      `The file is ${size}, more than the ${limit} that this chat takes, so here is a link.`,
    linkExpires: (ms: number) => `The link works until ${at(ms, 'date')}.`,
    failed: 'No video this time',
    cancelled: 'Cancelled',
    timedOut: 'It takes too long',
    undelivered: 'Could not deliver',
    checkPending: 'Still not ready. Check again in a minute.',
    refused: 'That did not work',
    refund: (value: number) => `The ${credits(value)} went back to you.`,
    heldNote: (value: number) =>
      `${count(value, 'credit stays', 'credits stay')} set aside until the video is delivered.`,
    restarting: 'The bot is being restarted; this goes on by itself in a moment.',
    dropped: (option: string, model: string) => `${model} does not take the option ${option} here, so it was left out.`,
    forgotten: '(removed)',
  },
  /** A generation's state in a list. */
  states: {
    queued: 'waiting',
    submitting: 'being ordered',
    generating: 'being made',
    delivering: 'being delivered',
    delivered: 'delivered',
    failed: 'no video',
    cancelled: 'cancelled',
    timed_out: 'took too long',
    undelivered: 'not delivered yet',
  },
  queue: {
    title: 'Your queue',
    communityTitle: 'The queue of this server',
    empty: 'Nothing is waiting or being made.',
    place: (position: number) => `number ${number(position)} in line`,
    notBefore: (ms: number) => `starts ${at(ms, 'relative')}`,
    since: (ms: number) => `since ${at(ms, 'time')}`,
    ready: (ms: number) => `expected ${at(ms, 'relative')}`,
    more: (value: number) => `And ${number(value)} more.`,
    /** A button, with the number of the thing in the list. */
    cancel: (place: number) => `Cancel ${number(place)}`,
  },
  history: {
    title: 'Your latest videos',
    page: (page: number) => `Page ${number(page)}`,
    empty: 'You have not made any videos here yet.',
    emptyPage: 'There is nothing on this page.',
    /** A button, with the number of the thing in the list. */
    deliver: (place: number) => `Show ${number(place)} again`,
  },
  quota: {
    title: 'Your credits',
    left: (left: number, of: number) => `${number(left)} of ${credits(of)} left.`,
    resets: (ms: number) => `All of them come back ${at(ms, 'relative')}, on ${at(ms, 'date')}.`,
    rule: (quota: number, period: Period) => `Everybody here has ${credits(quota)} ${PER[period]}.`,
    costs: 'What a video costs',
    cost: (label: string, cost: number, duration: number) => `${label}: ${credits(cost)} for ${number(duration)} s`,
  },
  help: {
    title: 'What you can do here',
    text: 'I make short videos from a description. Say what the video should show, and I answer with one message that I keep up to date until your video is in it.',
    models: 'Models',
    buttons: 'Buttons',
    buttonsText:
      'Under a video you can have it made again, change its prompt, or delete it; while it waits, you can cancel it. A lite video can be made again in pro with the same seed.',
    credits: 'Credits',
    creditsText: 'They are set aside when I accept a request, and come back to you if there is no video.',
  },
  moderators: {
    title: 'Moderators of this bot',
    text: 'Those who run this place are moderators anyway. Besides them, these were named:',
    empty: 'Nobody was named. Those who run this place are moderators anyway.',
    added: (name: string) => `${name} can moderate this bot now.`,
    known: (name: string) => `${name} could already moderate this bot.`,
    removed: (name: string) => `${name} can’t moderate this bot any more, except by running this place.`,
    unknown: (name: string) => `${name} was not named as a moderator.`,
    full: (max: number) => `At most ${number(max)} can be named. Name a group instead, or remove somebody first.`,
    adminsOnly: 'Only those who run this place may say who moderates this bot.',
    /** What the option `who` takes. */
    expected: 'a member or a group, mentioned with @',
  },
  ...enSlack,
  fields: {
    model: 'Model',
    options: 'Options',
    seed: 'Seed',
    took: 'Took',
    cost: 'Cost',
    left: 'Left',
  },
  /** A value of an option in the row of options on a card; undefined leaves it out. */
  optionValue: (name: string, value: string | number | boolean): string | undefined =>
    writeOption(name, value, {
      duration: (seconds) => `${number(seconds)} s`,
      cameraFixed: 'fixed camera',
      watermark: 'watermark',
    }),
  /** On a card: the credits that are left after it. */
  left: (left: number, of: number) => `${number(left)} of ${credits(of)}`,
  took: shortDuration,
  credits,
  bytes,
  /** How long it takes; from and to, in ms. */
  expected: (low: number, high: number) =>
    shortDuration(low) === shortDuration(high)
      ? `usually ${shortDuration(high)}`
      : `usually ${shortDuration(low)} to ${shortDuration(high)}`,
  /** Before the moment at which it began: "Running: 2 minutes ago". */
  elapsed: 'Running',
} as const;
