import { describe, expect, test } from 'vitest';
import type { Command } from '../../../commands/command.ts';
import { commands } from '../../../commands/index.ts';
import type { CommandOption } from '../../../commands/options.ts';
import { video } from '../../../commands/video.ts';
import { nearest } from '../../../src/lib/nearest.ts';
import { parseSlash } from '../../../src/platforms/slack/parse.ts';
import { toPlain } from '../../../src/platforms/slack/plain-input.ts';
import { failureOf } from '../../../src/platforms/slack/values.ts';
import { AT_ONCE_MS, processorMs } from '../../support/processor.ts';
import { en } from '../../support/texts.ts';

const say = (text: string, slash = 'video') => parseSlash(slash, text, commands);
const options = (text: string) => {
  const spoken = say(text);
  if (spoken.kind !== 'command') throw new Error('expected a command');
  expect(spoken.problems).toEqual([]);
  expect(spoken.command).toBe('video');
  return spoken.options;
};
/** What is wrong, as it is told. */
const problems = (text: string) => {
  const spoken = say(text);
  return spoken.kind === 'command'
    ? spoken.problems.map((problem) => failureOf(problem, video.options, en).params)
    : [];
};

describe('options in free text', () => {
  test.each([
    ['a dragon model:pro duration:10', { prompt: 'a dragon', model: 'pro', duration: 10 }],
    ['model:pro a dragon over the peaks', { prompt: 'a dragon over the peaks', model: 'pro' }],
    ['a dragon model:pro over the peaks', { prompt: 'a dragon over the peaks', model: 'pro' }],
    ['a dragon --model pro --duration=10', { prompt: 'a dragon', model: 'pro', duration: 10 }],
    ['a dragon --aspect-ratio 9:16', { prompt: 'a dragon', aspect_ratio: '9:16' }],
    ['a dragon MODEL:Pro', { prompt: 'a dragon', model: 'pro' }],
    ['a dragon seed:42', { prompt: 'a dragon', seed: 42 }],
    ['a dragon model: pro', { prompt: 'a dragon', model: 'pro' }],
    ['model:"pro" a dragon', { prompt: 'a dragon', model: 'pro' }],
    ['a dragon model:“pro” resolution:‘720p’', { prompt: 'a dragon', model: 'pro', resolution: '720p' }],
    ['a dragon —model pro', { prompt: 'a dragon', model: 'pro' }],
    ['a dragon –duration 10', { prompt: 'a dragon', duration: 10 }],
    ['a dragon -duration 10', { prompt: 'a dragon', duration: 10 }],
    ['a dragon model=pro', { prompt: 'a dragon', model: 'pro' }],
    ['a dragon model：pro', { prompt: 'a dragon', model: 'pro' }],
    ['a dragon model ： pro', { prompt: 'a dragon', model: 'pro' }],
    ['a dragon model = pro over the peaks', { prompt: 'a dragon over the peaks', model: 'pro' }],
    ['a dragon ratio:16:9', { prompt: 'a dragon', aspect_ratio: '16:9' }],
    ['a dragon ar=9:16 length:10', { prompt: 'a dragon', aspect_ratio: '9:16', duration: 10 }],
    ['a dragon --ar 9:16 –length 10', { prompt: 'a dragon', aspect_ratio: '9:16', duration: 10 }],
    [
      'prompt:a dragon over the peaks model:pro in the snow',
      { prompt: 'a dragon over the peaks in the snow', model: 'pro' },
    ],
    ['prompt: a dragon', { prompt: 'a dragon' }],
  ])('%s', (text, expected) => {
    expect(options(text)).toEqual(expected);
  });

  test.each([
    ['--private a dog', { private: true, prompt: 'a dog' }],
    ['a dog --private', { private: true, prompt: 'a dog' }],
    ['a dog private:yes', { private: true, prompt: 'a dog' }],
    ['a dog private:on', { private: true, prompt: 'a dog' }],
    ['a dog --private no', { private: false, prompt: 'a dog' }],
    ['a dog camera_fixed:true', { camera_fixed: true, prompt: 'a dog' }],
  ])('a switch: %s', (text, expected) => {
    expect(options(text)).toEqual(expected);
  });

  test.each([
    'the clock shows 12:30',
    'as seen on https://example.com/a?b=c',
    'note: this is a still life',
    'the model: a tall woman in red',
    'ratio 16:9 of the screen',
    'a well-known -- or not -- painter',
    'a ship —model of the Titanic— at sea',
    'a man –seen from above– walks',
    'a low-resolution photo, e=mc2 on the wall',
    'a painting, model = muse of the painter',
    'a banner that reads Prompt: go',
    'model://viewer',
  ])('what only looks like an option stays in the prompt: %s', (text) => {
    expect(options(text)).toEqual({ prompt: text });
  });

  test('text in quotation marks is never looked into, and loses them when they are all around it', () => {
    expect(options('"a sign that says model:pro" model:lite')).toEqual({
      prompt: 'a sign that says model:pro',
      model: 'lite',
    });
    expect(options('“a sign --fast”')).toEqual({ prompt: 'a sign --fast' });
    expect(options('a man says "model:pro" twice')).toEqual({ prompt: 'a man says "model:pro" twice' });
  });

  test('a quotation that never ends and an apostrophe are text', () => {
    expect(options('a 5" disk isn’t a dragon\'s')).toEqual({ prompt: 'a 5" disk isn’t a dragon\'s' });
    expect(options('"a dragon')).toEqual({ prompt: '"a dragon' });
  });

  test('an unknown key is named with the nearest right one', () => {
    expect(problems('a dragon --modle pro')).toMatchObject([{ option: '--modle', nearest: 'model' }]);
    expect(problems('a dragon modle=pro')).toMatchObject([{ option: 'modle', nearest: 'model' }]);
    expect(problems('a dragon modle:pro')).toMatchObject([{ option: 'modle', nearest: 'model' }]);
    expect(problems('a dragon --sparkles')).toMatchObject([{ option: '--sparkles', nearest: null }]);
  });

  test('a value of the wrong kind is named with what is wanted', () => {
    expect(problems('a dragon seed:many')).toMatchObject([{ option: 'seed', value: 'many' }]);
    expect(problems('a dragon duration:3')).toMatchObject([
      { option: 'duration', expected: expect.arrayContaining([4, 5, 30]) },
    ]);
    expect(problems('a dragon private:perhaps')).toMatchObject([{ expected: ['true', 'false'] }]);
  });

  test.each(['a dragon model:', 'a dragon model: duration:10', 'a dragon duration:', 'a dragon model=""'])(
    '%j says that an option has no value',
    (text) => {
      const [problem] = problems(text);
      expect(problem).toMatchObject({ value: '', expected: expect.arrayContaining([expect.anything()]) });
    },
  );

  test('only options leave the prompt out, for the command to say so', () => {
    expect(options('model:pro duration:10')).toEqual({ model: 'pro', duration: 10 });
  });

  test('40,000 characters are read in no time', () => {
    const text = `"${'a:b '.repeat(10_000)}`;
    const taken = processorMs(() => expect(options(text).prompt).toHaveLength(40_000));
    expect(taken).toBeLessThan(AT_ONCE_MS);
  });
});

describe('which command', () => {
  test('nothing opens the modal', () => {
    expect(say('  ')).toEqual({ kind: 'nothing' });
  });

  test.each([
    ['queue', 'queue', {}],
    ['history 2', 'history', { page: 2 }],
    ['history page:3', 'history', { page: 3 }],
    ['history forget', 'history', { forget: true }],
    ['Quota', 'quota', {}],
    ['help', 'help', {}],
    ['moderate queue', 'moderate queue', {}],
  ])('/video %s', (text, command, expected) => {
    expect(say(text)).toEqual({ kind: 'command', command, options: expected, problems: [], left: '' });
  });

  test.each(['queue of penguins at a bakery', 'help is on its way', 'moderate wind over the sea'])(
    'a prompt that begins like a command is a prompt: %s',
    (text) => {
      expect(options(text)).toEqual({ prompt: text });
    },
  );

  test.each([
    ['video-queue', '', 'queue'],
    ['video-history', '2', 'history'],
    ['video-moderate', 'queue', 'moderate queue'],
    ['video-moderate', 'juggle <b>', 'moderate juggle <b>'],
  ])('/%s %s', (slash, text, command) => {
    expect(say(text, slash)).toMatchObject({ kind: 'command', command });
  });
});

describe('options that name somebody or something, and others by their type', () => {
  const option = (name: string, type: CommandOption['type'], more: Partial<CommandOption> = {}): CommandOption => ({
    name,
    description: () => name,
    type,
    required: false,
    ...more,
  });
  const per = { choices: ['day', 'week'].map((value) => ({ name: () => value, value })) };
  const made: readonly Command[] = [
    [
      'moderate block',
      [option('member', 'member', { required: true }), option('for', 'string'), option('reason', 'string')],
    ],
    [
      'moderate quota set',
      [
        option('credits', 'integer', { required: true }),
        option('per', 'string', per),
        option('member', 'member'),
        option('role', 'role'),
        option('channel', 'channel'),
      ],
    ],
    ['moderate moderators add', [option('who', 'mention', { required: true })]],
    ['moderate usage', [option('period', 'string', per), option('export', 'boolean')]],
    ['moderate word add', [option('word', 'string', { required: true })]],
    ['moderate tell', [option('text', 'string', { required: true }), option('member', 'member')]],
    ['moderate two', [option('from', 'member'), option('to', 'member')]],
    ['history', [option('page', 'integer'), option('forget', 'boolean')]],
  ].map(([name, all]) => ({
    name: name as string,
    options: all as CommandOption[],
    description: () => '',
    who: 'moderators' as const,
    audience: () => 'requester' as const,
    run: () => Promise.reject(new Error('only parsed')),
  }));
  const moderate = (text: string, slash = 'video-moderate') => {
    const spoken = parseSlash(slash, text, made);
    return spoken.kind === 'command' ? spoken : undefined;
  };

  test.each([
    ['block <@U12|ada>', { member: 'U12' }],
    ['block member:<@W12>', { member: 'W12' }],
    ['block U12AB', { member: 'U12AB' }],
    ['block <@U12|ada lovelace> for:7d reason:spam', { member: 'U12', for: '7d', reason: 'spam' }],
    ['block <@U12> 7d reason:spam', { member: 'U12', for: '7d', reason: 'spam' }],
    ['block for:7d <@U12> “no more of this”', { member: 'U12', for: '7d', reason: 'no more of this' }],
    ['quota set 5 day <@U12>', { credits: 5, per: 'day', member: 'U12' }],
    ['quota set <!subteam^S1|@crew> 0', { credits: 0, role: 'S1' }],
    ['quota set 20 week <#C12|general>', { credits: 20, per: 'week', channel: 'C12' }],
    ['quota set credits:5 role:<!subteam^S1>', { credits: 5, role: 'S1' }],
    ['moderators add <@U12>', { who: 'U12' }],
    ['moderators add <!subteam^S1|@crew>', { who: 'S1' }],
    ['usage export', { export: true }],
    ['usage week export', { period: 'week', export: true }],
    ['usage export:no', { export: false }],
    ['block <@U12> reason:spam and more of it', { member: 'U12', reason: 'spam and more of it' }],
    ['word add day <#C12|general> &lt;b&gt;', { word: 'day #general <b>' }],
    ['tell hello <@U12|ada> there', { text: 'hello  there', member: 'U12' }],
  ])('/video-moderate %s', (text, expected) => {
    expect(moderate(text)).toMatchObject({ options: expected, problems: [] });
  });

  test.each([
    ['forget', { forget: true }],
    ['2', { page: 2 }],
  ])('/video-history %s', (text, expected) => {
    expect(moderate(text, 'video-history')).toMatchObject({ options: expected, problems: [] });
    expect(moderate(`history ${text}`, 'video')).toMatchObject({ command: 'history', options: expected, problems: [] });
  });

  test.each<[string, { option: string; value: string; wanted: keyof typeof en.slack.wanted } | undefined]>([
    ['block @ada', { option: 'member', value: '@ada', wanted: 'member' }],
    ['block', undefined],
    ['block member:<#C12|general>', { option: 'member', value: '#general', wanted: 'member' }],
    ['block member:SPAM', { option: 'member', value: 'SPAM', wanted: 'member' }],
    ['quota set 5 role:<@U12|ada>', { option: 'role', value: '@ada', wanted: 'role' }],
    ['quota set 5 channel:general', { option: 'channel', value: 'general', wanted: 'channel' }],
    ['moderators add <#C12>', { option: 'who', value: '#C12', wanted: 'mention' }],
    ['moderators add the crew', { option: 'who', value: 'the', wanted: 'mention' }],
  ])('what is wanted is said: /video-moderate %s', (text, problem) => {
    const { wanted, ...told } = problem ?? {};
    const found = moderate(text);
    const { options: all = [] } = made.find(({ name }) => name === found?.command) ?? {};
    const expected = wanted && en.slack.wanted[wanted];
    expect(found?.problems.map((one) => failureOf(one, all, en).params)).toMatchObject(
      problem ? [{ ...told, expected }] : [],
    );
  });

  test.each([
    ['block <@U12> 7d spam', '7d'],
    ['quota set 5 20', '20'],
    ['two <@U12> <@U13>', '@U12'],
    ['usage yesterday', 'yesterday'],
  ])('what could be several things is never guessed at: /video-moderate %s', (text, key) => {
    expect(moderate(text)?.problems).toMatchObject([{ kind: 'unknown', key }]);
  });
});

test.each([
  ['quota set 20 day everyone', { credits: '20', per: 'day', scope: 'everyone' }],
  ['quota set unlimited <@U12|ada>', { credits: 'unlimited', member: 'U12' }],
  ['quota set credits:0 Everyone', { credits: '0', scope: 'everyone' }],
  ['budget set 100 month', { credits: '100', per: 'month' }],
  ['pause one day we go on', { reason: 'one day we go on' }],
])('limits are set as people say it: /video-moderate %s', (text, expected) => {
  expect(say(text, 'video-moderate')).toMatchObject({ options: expected, problems: [] });
});

test.each([
  ['a &lt;b&gt; &amp; c', 'a <b> & c'],
  ['&amp;lt;', '&lt;'],
  ['for <@U123|ada> in <#C1|general>', 'for @ada in #general'],
  ['<@U123> and <!here> and <!subteam^S1|@crew>', '@U123 and @here and @crew'],
  ['see <https://example.com/x|example.com/x> or <https://a.example>', 'see example.com/x or https://a.example'],
  ['mail <mailto:a@b.c|a@b.c>', 'mail a@b.c'],
  ['I <3 dragons', 'I <3 dragons'],
])('Slack’s encodings become what was typed: %s', (text, expected) => {
  expect(toPlain(text)).toBe(expected);
});

test('the nearest word is one slip away, two in a long word', () => {
  const known = ['model', 'resolution', 'seed'];
  expect(nearest('modle', known)).toBe('model');
  expect(nearest('resoluton', known)).toBe('resolution');
  expect(nearest('sead', known)).toBe('seed');
  expect(nearest('sparkles', known)).toBeUndefined();
});
