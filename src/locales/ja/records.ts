import { at } from '../../domain/marks.ts';
import type { Texts } from '../texts.ts';
import { sentence } from '../wording.ts';
import { credits, number } from './words.ts';

const videos = (value: number) => `動画${number(value)}本`;
const signed = (value: number) => (value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${number(Math.abs(value))}`);

/** What is said of what happened, and of its end, in Japanese. */
export const jaRecords: Pick<Texts, 'audit' | 'usage' | 'forget' | 'cancelling' | 'reporting' | 'blocking' | 'log'> = {
  audit: {
    title: '変更の記録',
    empty: 'ここではまだ何も変更されていません。',
    actions: {
      'quota.set': '上限を設定',
      'quota.clear': '上限を解除',
      'quota.grant': '追加クレジットを付与',
      'quota.revoke': '追加クレジットを取り消し',
      'budget.set': '予算を設定',
      'budget.clear': '予算を解除',
      'pace.set': 'ペースを設定',
      'pace.clear': 'ペースを解除',
      block: 'メンバーをブロック',
      unblock: 'メンバーのブロックを解除',
      'channel.allow': 'チャンネルを許可',
      'channel.deny': 'チャンネルを禁止',
      'channel.clear': 'チャンネルをリストから削除',
      'model.enable': 'モデルを有効化',
      'model.disable': 'モデルを無効化',
      'model.cost': '料金を変更',
      'word.add': '禁止語を追加',
      'word.remove': '禁止語を削除',
      'moderators.add': 'モデレーターを指名',
      'moderators.remove': 'モデレーターを解任',
      'settings.timezone': 'タイムゾーンを変更',
      'settings.private': '非公開の返信の設定を変更',
      'settings.log': 'ログ用チャンネルを変更',
      pause: '一時停止',
      resume: '再開',
      cancel: '動画をキャンセル',
      delete: '動画を削除',
      forget: '動画の記録を消去',
      report: '動画を報告',
    },
  },
  usage: {
    title: { day: '今日の利用状況', week: '今週の利用状況', month: '今月の利用状況' },
    since: (ms, timeZone) => `${at(ms, 'date')}から（${timeZone}）。`,
    brackets: {
      day: 'かっこ内は、前日全体と比べた増減です。',
      week: 'かっこ内は、前の週全体と比べた増減です。',
      month: 'かっこ内は、前の月全体と比べた増減です。',
    },
    videos: '動画',
    credits: 'クレジット',
    refusals: '受け付けなかった数',
    failures: '動画なし',
    figure: (value, change) => `${number(value)}（${signed(change)}）`,
    models: 'モデル',
    members: '動画の多いメンバー',
    share: (name, made, spent) => `${name}：${videos(made)}、${credits(spent)}`,
    periods: { day: '今日', week: '今週', month: '今月' },
    picture: {
      legend: {
        day: '棒は時間ごとの動画の数、横線は前日の数です。',
        week: '棒は日ごとの動画の数、横線は前の週の数です。',
        month: '棒は日ごとの動画の数、横線は前の月の数です。',
      },
      alt: (made, before) => `${videos(made)}の棒グラフ。線は前の期間の${number(before)}本です。`,
    },
    export: {
      title: '書き出し',
      text: (rows) => `ファイルには${videos(rows)}が載っています。プロンプトは含みません。`,
      omitted: (rows) => `それより前の${number(rows)}本も入れると大きくなりすぎます。`,
      nothing: 'まだ書き出すものがありません。',
      alt: (rows) => `${videos(rows)}の表`,
    },
  },
  forget: {
    title: '動画の記録の消去',
    ask: (who) => `${who}のここでのプロンプトと保存された動画をすべて消去します。元に戻すことはできません。`,
    askOwn: 'ここでのあなたのプロンプトと保存された動画をすべて消去します。元に戻すことはできません。',
    chat: 'チャットのメッセージは残ることがあります。そちらで削除できます。',
    done: (who, value) => `${who}の${videos(value)}を消去しました。プロンプトもファイルも残っていません。`,
    doneOwn: (value) => `あなたの${videos(value)}を消去しました。プロンプトもファイルも残っていません。`,
    nothing: '消去するものはありませんでした。',
    unfinished: (value) =>
      `${videos(value)}がまだ作成中です。終わるまでプロンプトが必要なので、あとでもう一度消去してください。`,
  },
  cancelling: {
    title: '順番待ちの動画',
    all: (value) => `順番待ちの${videos(value)}をキャンセルしました。`,
    of: (who, value) => `${who}の順番待ちの${videos(value)}をキャンセルしました。`,
    none: '順番待ちの動画はありません。',
    noneOf: (who) => `${who}の順番待ちの動画はありません。`,
  },
  reporting: {
    reason: 'どこに問題がありますか？',
    title: '報告しました',
    done: 'ありがとうございます。報告はモデレーターに届きます。',
    known: 'この動画はすでに報告済みです。モデレーターが確認できます。',
  },
  blocking: {
    for: '期間（空欄なら無期限）',
    reason: '理由（本人にも見えます）',
  },
  log: {
    video: '動画のリクエスト',
    refused: '受け付けなかったリクエスト',
    reported: '報告された動画',
    budget: 'ここの予算',
    made: (who, where, model, cost) => `${who}が${where}で ${model} を使って動画を作りました（${credits(cost)}）。`,
    ended: (who, where, model, outcome, why) =>
      `${who}が${where}で ${model} の動画を頼みました：${outcome}。${why ? sentence(why) : ''}`,
    refusal: (who, where, why) => `${who}の${where}での動画は受け付けませんでした：${why}。`,
    report: (who, whose, reason) =>
      `${who}が${whose}の動画を報告しました。${reason ? `理由：${sentence(reason)}` : ''}`,
    spent: (percent, used, of, resetsAt) =>
      `予算の${number(percent)}%を使いました：${credits(of)}のうち${number(used)}。${at(resetsAt, 'relative')}、${at(resetsAt, 'date')}に更新されます。`,
    deleted: '削除された動画',
    deletedBy: (who) => `${who}がこの動画を、プロンプトと返信ごと削除しました。`,
    why: {
      queue_full: 'このメンバーの順番待ちが多すぎます',
      quota_exhausted: 'クレジットが残っていません',
      quota_forbidden: '上限によりクレジットがありません',
      channel_exhausted: 'チャンネルのクレジットを使い切りました',
      budget_exhausted: '予算を使い切りました',
      paused: '動画の作成は一時停止中です',
      blocked: 'このメンバーはブロックされています',
      channel_denied: 'そのチャンネルでは動画を作成できません',
      model_disabled: 'モデルが無効になっています',
      private_denied: '非公開の返信は使えません',
      words_refused: 'プロンプトに禁止語があります',
      other: 'リクエストを受け付けられませんでした',
    },
  },
};
