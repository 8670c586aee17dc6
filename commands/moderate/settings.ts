import { DEFAULT_TIME_ZONE } from '../../src/domain/community.ts';
import { mention } from '../../src/domain/marks.ts';
import { TIME_ZONES } from '../../src/domain/time-zones.ts';
import type { Command } from '../command.ts';
import { answer, CHANNEL, channelOf, FOR_MODERATORS } from './answers.ts';
import { badValue } from './values.ts';

const ZONES = TIME_ZONES.map((zone) => ({ name: zone, value: zone }));

/** `/moderate settings timezone · private · show` and `/moderate log`: what holds for the whole community. */
export const settingsCommands: readonly Command[] = [
  {
    ...FOR_MODERATORS,
    name: 'moderate settings timezone',
    description: (texts) => texts.commands['moderate settings timezone'],
    options: [
      {
        name: 'zone',
        description: (texts) => texts.options.zone,
        type: 'string',
        required: true,
        complete: () => ZONES,
        minimumLength: 1,
        maximumLength: 50,
      },
    ],
    async run(context) {
      const { texts, desk, options } = context;
      const { settings: words } = texts.conduct;
      const result = await desk.conduct.settings.setTimeZone(context, String(options.zone ?? ''));
      if ('timeZone' in result) return answer('done', words.title, words.timeZoneSet(result.timeZone));
      throw badValue('zone', options.zone ?? '', result.nearest.join(', ') || words.zoneExpected);
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate settings private',
    description: (texts) => texts.commands['moderate settings private'],
    options: [{ name: 'allowed', description: (texts) => texts.options.allowed, type: 'boolean', required: true }],
    async run(context) {
      const { texts, desk, options } = context;
      const { settings: words } = texts.conduct;
      const { allowed } = options;
      if (typeof allowed !== 'boolean') throw badValue('allowed', allowed ?? '', 'true, false');
      await desk.conduct.settings.setPrivateReplies(context, allowed);
      return answer('done', words.title, allowed ? words.privateOn : words.privateOff);
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate settings show',
    description: (texts) => texts.commands['moderate settings show'],
    options: [],
    async run(context) {
      const { settings: words } = context.texts.conduct;
      const { timeZone, privateReplies, logChannel, paused } = await context.desk.conduct.settings.get(context);
      const fields = [
        { label: words.timeZone, value: timeZone ?? DEFAULT_TIME_ZONE },
        { label: words.privateReplies, value: privateReplies === false ? words.notAllowed : words.allowed },
        { label: words.logChannel, value: logChannel === undefined ? words.none : mention('channel', logChannel) },
        { label: words.paused, value: paused ? words.isPaused(paused.reason) : words.isNotPaused },
      ];
      const card = { tone: 'info', title: words.title, fields, notes: [], buttons: [] } as const;
      return { kind: 'card', audience: 'requester', card: { ...card, notes: [], buttons: [] } };
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate log',
    description: (texts) => texts.commands['moderate log'],
    options: [{ ...CHANNEL, required: false }],
    async run(context) {
      const { texts, desk, options } = context;
      const { log: words } = texts.conduct;
      const channel = options.channel === undefined ? undefined : channelOf(context);
      await desk.conduct.settings.setLogChannel(context, channel);
      if (channel === undefined) return answer('done', words.title, words.off);
      return answer('done', words.title, words.on(channel), [words.readers]);
    },
  },
];
