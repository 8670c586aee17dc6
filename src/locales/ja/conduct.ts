import { at, mention } from '../../domain/marks.ts';
import type { Texts } from '../texts.ts';
import { sentence } from '../wording.ts';
import { credits, number, seconds } from './words.ts';

const member = (id: string) => mention('member', id);
const channel = (id: string) => mention('channel', id);
const because = (reason: string) => (reason ? `理由：${sentence(reason)}` : '');

/** What moderators read about who may make videos, where, with which model, and of what, in Japanese. */
export const jaConduct: Pick<Texts, 'conduct'> = {
  conduct: {
    page: (page, of) => `${number(page)} / ${number(of)}ページ`,
    memberExpected: 'ここのメンバー',
    channelExpected: 'ここのチャンネル',
    lengthExpected: '12h、7d、2w のような期間（最長で十年）。指定しなければ無期限です',
    reasonExpected: (max) => `${number(max)}文字以内`,
    blocks: {
      title: 'ブロック中のメンバー',
      blocked: (id, until, reason) =>
        `${member(id)} は${until === null ? '今後' : `${at(until, 'date')}まで`}ここで動画を作れません。${because(reason)}`,
      waiting: 'すでに順番待ちの動画は、キャンセルしないかぎり作成されます。',
      unblocked: (id) => `${member(id)} はまたここで動画を作れます。`,
      notBlocked: (id) => `${member(id)} はブロックされていません。`,
      yourself: '自分自身はブロックできません。',
      none: 'ブロック中のメンバーはいません。',
      line: (id, until, reason, by) =>
        `${member(id)}：${until === null ? '無期限' : `${at(until, 'date')}まで`}（設定：${member(by)}）${reason}`,
    },
    channels: {
      title: '動画を作れる場所',
      allowed: (id) => `${channel(id)} で動画を作れるようにしました。`,
      denied: (id) => `${channel(id)} では動画を作れないようにしました。`,
      cleared: (id) => `${channel(id)} の許可・禁止の指定を取り消しました。`,
      unlisted: (id) => `${channel(id)} は許可も禁止も指定されていませんでした。`,
      noNumber: (place) => `一覧に${number(place)}番のチャンネルはありません。`,
      isAllowed: '許可',
      isDenied: '禁止',
      onlyAllowed: '許可を指定したチャンネルがあるかぎり、ほかのチャンネルでは作れません。',
      allOthers: 'ほかのチャンネルではすべて作れます。',
      everywhere: 'すべてのチャンネルで動画を作れます。',
      threads: 'スレッドは元のチャンネルに従います。',
    },
    models: {
      title: 'モデル',
      enabled: (id) => `モデル ${id} をここで使えるようにしました。`,
      disabled: (id) => `モデル ${id} をここで使えないようにしました。`,
      last: (id) => `有効なモデルは ${id} だけです。先に別のモデルを有効にしてください。`,
      cost: (id, cost, duration, resolution) =>
        `${id} の動画は${resolution === undefined ? '' : ` ${resolution} で`}${seconds(duration)}あたり${credits(cost)}になりました。`,
      line: (id, prices, duration) => `${id}：${prices}クレジット（${seconds(duration)}）`,
      rounded: 'ほかの長さも秒あたりの料金は同じで、クレジットの端数は切り上げます。',
      accepted: 'すでにリクエストされた動画の料金は変わりません。',
      goneLine: (id) => `${id}：提供終了`,
      on: '有効',
      off: '無効',
    },
    words: {
      title: '禁止されている言葉',
      added: (word) => `「${word}」を含むプロンプトを断るようにしました。`,
      known: (word) => `「${word}」を含むプロンプトは、すでに断っています。`,
      removed: (word) => `「${word}」をリストから外しました。`,
      unknown: (word) => `「${word}」はリストにありません。`,
      full: (max) => `リストがいっぱいです（${number(max)}件）。先にどれかを外してください。`,
      patternsFull: (max) =>
        `リストのパターンは${number(max)}件が上限です。先にどれかを外すか、単語を追加してください。`,
      none: '禁止されている言葉はありません。',
    },
    settings: {
      title: 'ここの設定',
      timeZoneSet: (zone) => `クレジットの時間・日・週・月は、${zone} の時計で始まるようになりました。`,
      zoneExpected: 'Europe/Berlin、America/New_York、Asia/Tokyo のような名前',
      privateOn: 'ここで非公開の返信を使えるようにしました。',
      privateOff: 'ここでは、非公開の返信で動画を作れないようにしました。',
      timeZone: 'タイムゾーン',
      privateReplies: '非公開の返信',
      allowed: '許可',
      notAllowed: '禁止',
      logChannel: 'ログのチャンネル',
      none: 'なし',
      paused: '一時停止',
      isPaused: (reason) => (reason ? `停止中：${reason}` : '停止中'),
      isNotPaused: 'していません',
    },
    log: {
      title: 'ログのチャンネル',
      on: (id) =>
        `動画、拒否、報告、変更を ${channel(id)} に記録します。この変更が最初の行になります。表示されない場合、そこに書き込む権限がありません。`,
      readers: 'そのチャンネルを読める人は、プロンプトも読めます。',
      off: 'チャンネルへの記録をやめました。',
    },
    pause: {
      title: '一時停止',
      paused: (reason) => `ここでは新しい動画を受け付けないようにしました。${because(reason)}`,
      accepted: 'すでにリクエストされた動画は作成されます。',
      resumed: 'ここでまた動画を作れます。',
      notPaused: '一時停止していません。',
    },
  },
};
