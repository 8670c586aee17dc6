import { at, mention } from '../../domain/marks.ts';
import type { Period } from '../../domain/period.ts';
import type { RateUnit } from '../../domain/rate.ts';
import type { Scope } from '../../domain/rule.ts';
import type { Texts } from '../texts.ts';
import { credits, number, PER, seconds } from './words.ts';

const PER_UNIT: Record<RateUnit, string> = { second: '毎秒', minute: '毎分', hour: '毎時', day: '毎日' };

const limit = (value: number | null, period: Period) => {
  if (value === null) return '無制限';
  return value === 0 ? 'クレジットなし' : `${PER[period]}${credits(value)}`;
};

const WHOSE: Record<Scope, (subject: string) => string> = {
  member: (subject) => mention('member', subject),
  role: (subject) => mention('role', subject),
  everyone: () => '全員',
  channel: (subject) => `${mention('channel', subject)}（全員の合計）`,
  community: () => '予算（全員の合計）',
};

const NOW: Record<Scope, (subject: string) => string> = {
  member: (subject) => `${mention('member', subject)} の上限`,
  role: (subject) => `${mention('role', subject)} のメンバーそれぞれの上限`,
  everyone: () => 'ほかに上限のないメンバーそれぞれの上限',
  channel: (subject) => `${mention('channel', subject)} での全員の合計の上限`,
  community: () => 'ここでの全員の合計の予算',
};

const LIMIT_OF: Record<Scope, (subject: string) => string> = {
  member: (subject) => `${mention('member', subject)} の上限`,
  role: (subject) => `${mention('role', subject)} の上限`,
  everyone: () => '全員の上限',
  channel: (subject) => `${mention('channel', subject)} の上限`,
  community: () => '予算',
};

const extra = (value: number, ends: number | undefined) =>
  `追加の${credits(value)}${ends === undefined ? '' : `（最初の期限は${at(ends, 'date')}）`}`;

const pace: (parts: Parameters<Texts['limits']['standing']['pace']>[0]) => string = ({
  concurrency,
  waiting,
  starts,
  per = 'hour',
}) =>
  [
    ...(concurrency === undefined ? [] : [`同時に${number(concurrency)}件`]),
    ...(waiting === undefined ? [] : [`順番待ち${number(waiting)}件`]),
    ...(starts === undefined ? [] : [`開始は${PER_UNIT[per]}${number(starts)}回`]),
  ].join('、');

const GOES = (subject: string) => (subject ? `${mention('role', subject)} のメンバー` : 'すべてのメンバー');

/** Credits and the pace, to members and to moderators, in Japanese. */
export const jaLimits: Pick<Texts, 'quota' | 'limits'> = {
  quota: {
    title: 'あなたのクレジット',
    left: (left, of) => `${credits(of)}のうち、残りは${number(left)}です。`,
    unlimited: 'クレジットは好きなだけ使えます。',
    forbidden: 'ここで使えるクレジットはありません。',
    resets: (ms) => `${at(ms, 'relative')}（${at(ms, 'date')}）にすべて元に戻ります。`,
    rule: (quota, period) => `ここでの全員の上限：${limit(quota, period)}。`,
    roleRule: (role, quota, period) =>
      `あなたには ${mention('role', role)} の上限が適用されます：${limit(quota, period)}。`,
    ownRule: (quota, period) => `あなたには専用の上限があります：${limit(quota, period)}。`,
    granted: (value, ends) => `そのほかに${extra(value, ends)}があります。`,
    channel: (left, of, ms) =>
      of === 0
        ? 'このチャンネルにはクレジットがありません。'
        : `このチャンネルの全員で、${credits(of)}のうち残りは${number(left)}です。${at(ms, 'relative')}に元に戻ります。`,
    budget: (left, of, ms) =>
      of === 0
        ? 'ここの予算にはクレジットがありません。'
        : `ここの全員で、${credits(of)}のうち残りは${number(left)}です。${at(ms, 'relative')}に元に戻ります。`,
    costs: '動画に必要なクレジット',
    cost: (label, cost, length) => `${label}：${seconds(length)}で${credits(cost)}`,
  },
  limits: {
    title: '上限',
    grantTitle: '追加のクレジット',
    budgetTitle: 'ここの予算',
    paceTitle: 'メンバーのペース',
    standingTitle: 'メンバーに適用される上限',
    everyone: '全員',
    periods: { hour: '時間', day: '日', week: '週', month: '月' },
    is: (scope, subject, value, period) => `${NOW[scope](subject)}は${limit(value, period)}になっています。`,
    before: (value, period) => `以前：${limit(value, period)}。`,
    unchanged: '変更はありません。',
    gone: (scope, subject, value, period) =>
      `${LIMIT_OF[scope](subject)}を取り消しました。以前：${limit(value, period)}。`,
    none: (scope, subject) => `${LIMIT_OF[scope](subject)}は設定されていません。`,
    noNumber: (place) => `一覧に${number(place)}番の上限はありません。`,
    instead: {
      member: 'これからは本人のロールの上限が、なければ全員の上限が適用されます。',
      role: 'このロールのメンバーには、ほかのロールの上限が、なければ全員の上限が適用されます。',
      everyone: (value, period) =>
        `ほかに上限のないメンバーには、運営者の設定が適用されます：${limit(value, period)}。`,
      channel: 'このチャンネルの制限はなくなりました。メンバーの上限は引き続き適用されます。',
      community: 'メンバーとチャンネルの上限は引き続き適用されます。',
    },
    nameOne: (names) => `だれの上限かを、次のオプションのひとつで指定してください：${names}。`,
    nameOnlyOne: (names) => `だれの上限かは、オプションひとつだけで指定してください。指定されたもの：${names}。`,
    granted: (member, value, ends) =>
      `${mention('member', member)} に追加の${credits(value)}を渡しました${ends === undefined ? '' : `（期限は${at(ends, 'date')}）`}。`,
    grantedInAll: (value) => `以前のものと合わせて、追加の${credits(value)}が残っています。`,
    revoked: (member, value) => `${mention('member', member)} の追加の${credits(value)}を取り消しました。`,
    noneGranted: (member) => `${mention('member', member)} に追加のクレジットはありません。`,
    list: {
      rules: '上限（適用される順）：',
      rule: (place, scope, subject, value, period) =>
        `${number(place)}. ${WHOSE[scope](subject)}：${limit(value, period)}`,
      fallback: (value, period) => `どれにも当てはまらないメンバー：${limit(value, period)}（運営者の設定）`,
      grants: '追加のクレジット：',
      grant: (member, left, of, ends) =>
        `${mention('member', member)}：残り${number(left)}/${number(of)}${ends === undefined ? '' : `、期限は${at(ends, 'date')}`}`,
      paces: 'メンバーのペース：',
      pace: (subject, parts) => `${subject ? mention('role', subject) : '全員'}：${pace(parts)}`,
      paceFallback: (parts) => `設定のないもの：${pace(parts)}（運営者の設定）`,
    },
    standing: {
      has: (member, value, period) => `${mention('member', member)} の上限：${limit(value, period)}。`,
      why: {
        member: '本人の上限で、ほかのどれよりも優先されます。',
        role: (subject) =>
          `${mention('role', subject)} の上限です。この人のロールの中でいちばん多く、本人の上限はありません。`,
        everyone: '全員の上限です。本人にもロールにも上限がないためです。',
        default: '運営者の設定です。ここにはこの人についての上限がないためです。',
      },
      used: (value) => `使用済み：${credits(value)}。`,
      left: (left, ms) =>
        `残り：${credits(left)}。${ms === undefined ? '' : `${at(ms, 'relative')}にすべて元に戻ります。`}`,
      granted: (value, ends) => `そのほか：${extra(value, ends)}。`,
      budget: (left, of) => `予算の残り：${credits(of)}のうち${number(left)}。`,
      pace: (parts) => `ペース：${pace(parts)}。`,
      rolesUnknown: 'この人のロールはここではわからないため、ロールの上限は含まれていません。',
    },
    pace: {
      is: (subject, parts) => `${GOES(subject)}それぞれの上限：${pace(parts)}。`,
      gone: (subject) => `${GOES(subject)}のペースの設定を取り消しました。`,
      none: (subject) => `${GOES(subject)}のペースは設定されていません。`,
      instead: (parts) => `ほかのロールの設定がなければ、次のペースが適用されます：${pace(parts)}。`,
      nothing: (names) => `何を変えるかを、次のオプションで指定してください：${names}。`,
    },
    expected: {
      credits: (max) => `${number(max)}までの整数（0は禁止）、または unlimited`,
      end: '12h、7d、2w のような長さ、または 2030-12-31 のような今後の日付',
      rate: '10/hour のように、数、スラッシュ、second・minute・hour・day のいずれか',
      role: '一覧から選ぶかメンションした、ここのロール',
    },
  },
};
