import { DEFAULT_TIME_ZONE } from '../../src/domain/community.ts';
import { mention } from '../../src/domain/text.ts';
import { TIME_ZONES } from '../../src/domain/time-zones.ts';
import { getSettings, setLogChannel, setPrivateReplies, setTimeZone } from '../../src/moderation/general-settings.ts';
import { type Command, createCommand } from '../command.ts';
import { option } from '../options.ts';
import { badValue } from '../read-options.ts';
import { ANY_CHANNEL, FOR_MODERATORS, settingAnswer } from './moderators-answer.ts';

const ZONES = TIME_ZONES.map((zone) => ({ name: zone, value: zone }));

/** `/moderate settings timezone · private · show` and `/moderate log`: settings of the whole community. */
export const settingsCommands: readonly Command[] = [
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate settings timezone',
    description: (texts) => texts.commands['moderate settings timezone'],
    options: [
      option.words('zone', {
        description: (texts) => texts.options.zone,
        required: true,
        complete: () => ZONES,
        minimumLength: 1,
        maximumLength: 50,
      }),
    ],
    async run(context) {
      const { texts, options } = context;
      const { settings: words } = texts.conduct;
      const result = await setTimeZone(context, options.zone);
      if ('timeZone' in result) {
        return settingAnswer(texts, result.changed, words.title, words.timeZoneSet({ zone: result.timeZone }));
      }
      throw badValue('zone', options.zone, result.nearest.join(', ') || words.zoneExpected);
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate settings private',
    description: (texts) => texts.commands['moderate settings private'],
    options: [option.boolean('allowed', { description: (texts) => texts.options.allowed, required: true })],
    async run(context) {
      const { texts, options } = context;
      const { settings: words } = texts.conduct;
      const { allowed } = options;
      const changed = await setPrivateReplies(context, allowed);
      return settingAnswer(texts, changed, words.title, allowed ? words.privateOn : words.privateOff);
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate settings show',
    description: (texts) => texts.commands['moderate settings show'],
    options: [],
    async run(context) {
      const { settings: words } = context.texts.conduct;
      const { timeZone, privateReplies, logChannel, paused } = await getSettings(context);
      const fields = [
        { label: words.timeZone, value: timeZone ?? DEFAULT_TIME_ZONE },
        { label: words.privateReplies, value: privateReplies === false ? words.notAllowed : words.allowed },
        { label: words.logChannel, value: logChannel === undefined ? words.none : mention('channel', logChannel) },
        { label: words.paused, value: paused ? words.isPaused({ reason: paused.reason }) : words.isNotPaused },
      ];
      const card = { tone: 'info', title: words.title, fields, notes: [], buttons: [] } as const;
      return { kind: 'card', audience: 'requester', card: { ...card, notes: [], buttons: [] } };
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate log',
    description: (texts) => texts.commands['moderate log'],
    options: [ANY_CHANNEL],
    async run(context) {
      const { texts, options } = context;
      const { log: words } = texts.conduct;
      const { channel } = options;
      const changed = await setLogChannel(context, channel);
      if (channel === undefined) return settingAnswer(texts, changed, words.title, words.off);
      const on = changed ? words.on : words.isOn;
      return settingAnswer(texts, changed, words.title, on({ channel: mention('channel', channel) }), [words.readers]);
    },
  }),
];
