import { describe, expect, it } from 'vitest';
import type { Failure } from '../../src/domain/failure.ts';
import { at, compose, isPlain, join, mention, type Text, writeParts } from '../../src/domain/text.ts';
import { describeFailure } from '../../src/locales/failures.ts';
import { LANGUAGES, textsFor } from '../../src/locales/languages.ts';
import { sentence, writeBytes, writeDuration, writeOption, writeSpan } from '../../src/locales/wording.ts';

const { en, de, es, ja } = LANGUAGES;

describe('a community', () => {
  it.each(Object.keys(LANGUAGES))('is a workspace in Slack, and a server elsewhere (%s)', (locale) => {
    const [slack, discord] = [textsFor(locale, 'slack'), textsFor(locale, 'discord')];
    const facts = { model: 'pro', models: [] };
    expect(slack.errors.model_disabled(facts)).not.toBe(discord.errors.model_disabled(facts));
    expect(textsFor(locale) === discord).toBe(true);
  });

  it('is called nothing else in Slack', () => {
    const { page: _, ...texts } = textsFor('en', 'slack');
    expect(JSON.stringify(texts)).not.toMatch(/server/i);
    expect(texts.errors.model_disabled({ model: 'pro', models: ['lite'] })).toBe(
      'pro is turned off in this workspace. Available: lite.',
    );
    expect(texts.commands['moderate queue']).toBe('This workspace’s queue');
    expect(en.commands['moderate queue']).toBe('This server’s queue');
  });
});

describe('a locale gives a language', () => {
  it.each([
    ['en', en],
    ['en-US', en],
    ['en-GB', en],
    ['de', de],
    ['de-AT', de],
    ['DE-ch', de],
    ['de_DE', de],
    ['es-419', es],
    ['es-ES', es],
    ['ES_mx', es],
    ['ja', ja],
    ['ja-JP', ja],
    ['ja-Jpan-JP-u-ca-japanese', ja],
    ['fr', en],
    ['zh-TW', en],
    ['', en],
    [' ', en],
    ['deutsch', en],
    ['d', en],
    ['de-', en],
    ['-de', en],
    ['constructor', en],
    ['__proto__', en],
    ['de DE', en],
    ['*', en],
    ['x'.repeat(10_000), en],
  ])('%j', (locale, texts) => {
    // Compared by identity: a failed comparison of whole catalogues could not be read.
    expect(textsFor(locale) === texts).toBe(true);
  });
});

it.each(Object.entries(LANGUAGES))('more credits are promised only where a rule gives any (%s)', (_, texts) => {
  const resetsAt = 7_000_000;
  const params = {
    cost: 3,
    used: 0,
    period: 'day',
    resetsAt,
    rule: { scope: 'member', subject: '' },
    granted: 1,
  } as const;
  const said = (quota: number) => describeFailure(texts, { code: 'quota_exhausted', params: { ...params, quota } });
  expect(said(1)).toContainEqual(at(resetsAt, 'relative'));
  expect(isPlain(said(0))).toBe(true);
});

describe('numbers are written in the language’s way', () => {
  it('sizes', () => {
    const size = 12.34 * 1024 * 1024;
    expect([en, de, es, ja].map((texts) => writeBytes(texts, size))).toEqual([
      '12.3 MB',
      '12,3 MB',
      '12,3 MB',
      '12.3 MB',
    ]);
  });

  it('large numbers, grouped from five digits on', () => {
    for (const { credits } of [en, de, es, ja]) expect(credits({ credits: 1000 })).toMatch(/^1000/);
    const failure: Failure = { code: 'prompt_too_long', params: { length: 23_456, max: 12_000 } };
    expect(describeFailure(en, failure)).toContain('23,456');
    expect(describeFailure(de, failure)).toContain('23.456');
    expect(describeFailure(es, failure)).toContain('23.456');
    expect(describeFailure(ja, failure)).toContain('23,456');
  });

  it('one and many that are left, in Spanish', () => {
    expect([0, 1, 2].map((left) => es.quota.left({ left, of: 5 }))).toEqual([
      'Te quedan 0 de 5 créditos.',
      'Te queda 1 de 5 créditos.',
      'Te quedan 2 de 5 créditos.',
    ]);
  });

  it('one and many', () => {
    expect([0, 1, 2].map((credits) => en.credits({ credits }))).toEqual(['0 credits', '1 credit', '2 credits']);
    expect([0, 1, 2].map((credits) => de.credits({ credits }))).toEqual(['0 Credits', '1 Credit', '2 Credits']);
    expect([0, 1, 2].map((credits) => es.credits({ credits }))).toEqual(['0 créditos', '1 crédito', '2 créditos']);
    expect([0, 1, 2].map((credits) => ja.credits({ credits }))).toEqual(['0クレジット', '1クレジット', '2クレジット']);
    expect([1, 3].map((credits) => en.cards.heldNote({ credits }))).toEqual([
      '1 credit stays on hold until the video is posted.',
      '3 credits stay on hold until the video is posted.',
    ]);
  });

  it('durations', () => {
    expect([0, 400, 1400, 59_600, 65_000, 120_000].map((ms) => writeDuration(en, ms))).toEqual([
      '1 s',
      '1 s',
      '1 s',
      '1 min',
      '1 min 5 s',
      '2 min',
    ]);
    expect([7000, 60_000, 65_000].map((ms) => writeDuration(ja, ms))).toEqual(['7秒', '1分', '1分5秒']);
  });

  it('a span whose ends look the same is one duration', () => {
    expect(writeSpan(en, { low: 30_000, high: 30_400 })).toBe('usually takes 30 s');
    expect(writeSpan(en, { low: 30_000, high: 41_000 })).toBe('usually takes 30–41 s');
    expect(writeSpan(en, { low: 30_000, high: 70_000 })).toBe('usually takes 30 s–1 min 10 s');
    expect(writeSpan(de, { low: 30_000, high: 70_000 })).toBe('dauert meist 30 s–1 min 10 s');
    expect(writeSpan(es, { low: 30_000, high: 70_000 })).toBe('normalmente tarda 30 s–1 min 10 s');
    expect(writeSpan(ja, { low: 30_000, high: 70_000 })).toBe('通常30秒〜1分10秒かかります');
  });
});

describe('the row of options on a card', () => {
  it.each([
    ['resolution', '720p', '720p'],
    ['duration', 10, '10 s'],
    ['camera_fixed', true, 'fixed camera'],
    ['camera_fixed', false, undefined],
    ['watermark', true, 'watermark'],
    ['watermark', false, undefined],
    ['generate_audio', true, 'sound'],
    ['generate_audio', false, 'no sound'],
    ['seed', 7, undefined],
    ['toString', true, undefined],
  ])('%s %s: %s', (name, value, written) => {
    expect(writeOption(en, name, value)).toBe(written);
  });
});

it.each([
  ['cancelled', 'This video is already cancelled.'],
  ...['submitting', 'generating', 'delivering'].map((state) => [
    state,
    'This video is already being made and can’t be stopped.',
  ]),
  ...['delivered', 'failed', 'timed_out', 'undelivered'].map((state) => [state, 'This video is already finished.']),
])('what is %s is too late to cancel: %s', (state, why) => {
  expect(describeFailure(en, { code: 'cancel_too_late', params: { state: `${state}` } })).toBe(why);
});

it('words from outside end like a sentence, and only once', () => {
  expect(['too dark', 'Too dark.', '暗すぎます。'].map(sentence)).toEqual(['too dark.', 'Too dark.', '暗すぎます。']);
  expect(describeFailure(en, { code: 'moderated', params: { hint: 'a bad word' } })).toBe(
    'The video service refused this prompt under its content rules: a bad word. Change the prompt and try again.',
  );
});

describe('a text with a moment in it', () => {
  const escaped = (text: string) => text.replace(/[*<]/g, '\\$&');
  const render = (text: Text) =>
    writeParts(text, {
      plain: escaped,
      time: (ms, style) => `<t:${ms}:${style}>`,
      mention: (kind, id) => `<${kind} ${id}>`,
    }).join('');

  it('is escaped around the moment, and not in it', () => {
    expect(render(compose`*now* ${at(5000.4, 'relative')}<*${at(6000, 'date')}`)).toBe(
      '\\*now\\* <t:5000:relative>\\<\\*<t:6000:date>',
    );
  });

  it('names members, roles and channels in the same way', () => {
    expect(render(compose`*${mention('member', 'slack:T1/U1')}* ${mention('channel', '77')}`)).toBe(
      '\\*<member slack:T1/U1>\\* <channel 77>',
    );
  });

  it('without any is escaped as a whole', () => {
    expect(render('<t:5:R> *')).toBe('\\<t:5:R> \\*');
    expect(render('')).toBe('');
    expect(render('\u00025:relative\u0003')).toBe('\u00025:relative\u0003');
  });

  it('holds the latest moment that a clock can show', () => {
    for (const ms of [8.64e15, 8.64e15 + 1, Number.POSITIVE_INFINITY]) {
      const [text] = writeParts(at(ms, 'date'), {
        plain: String,
        time: (time) => new Date(time).toISOString(),
        mention: String,
      });
      expect(text).toBe('+275760-09-13T00:00:00.000Z');
    }
  });
});

describe('words from outside in an error', () => {
  it.each(Object.entries(LANGUAGES))('are words as they are, in %s', (_, texts) => {
    const forged = 'a\u00025:relative\u0003b <@1> <!channel>';
    const failures: Failure[] = [
      { code: 'model_unknown', params: { model: forged, models: ['lite', forged] } },
      { code: 'option_value', params: { option: 'seed', value: forged, expected: forged } },
      { code: 'moderated', params: { hint: forged } },
    ];
    for (const failure of failures) {
      const text = describeFailure(texts, failure);
      expect(text).toBeTypeOf('string');
      expect(text).toContain(forged);
    }
  });

  it('does not disturb the moments that belong there', () => {
    const params = { running: 1, waiting: 1, max: 1, roomAt: 5000 };
    expect(describeFailure(en, { code: 'queue_full', params })).toContainEqual(at(5000, 'relative'));
  });
});

describe('a message', () => {
  const ada = mention('member', 'web:ada');

  it('is a string where its values are words and numbers, and has a list with separators', () => {
    expect(en.limits.nameOnlyOne({ names: ['member', 'role'] })).toContain('member, role');
    expect(en.conduct.blocks.blocked({ member: 'Ada' })).toBe('Ada is blocked.');
  });

  it('with a list of mentions is a list of parts', () => {
    const names = join([ada, mention('role', 'crew')], en.separator);
    expect(en.moderators.added({ name: names })).toEqual(
      compose`${ada}, ${mention('role', 'crew')} can now moderate this bot.`,
    );
  });

  it('with a moment and what somebody wrote has the one as a part and the other as words', () => {
    const reason = '\u0002member:web:ada\u0003 <@1>';
    expect(en.conduct.blocks.blocked({ member: ada, until: 5000, reason })).toEqual([
      ada,
      ' is blocked until ',
      at(5000, 'date'),
      `. Reason: ${reason}`,
    ]);
  });
});
