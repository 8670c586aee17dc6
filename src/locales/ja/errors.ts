import type { ErrorCode, ErrorParams, RuleName } from '../../domain/failure.ts';
import { at, mention } from '../../domain/marks.ts';
import { sentence, whyTooLate, writeExpected } from '../wording.ts';
import { credits, either, number, PER, whole } from './words.ts';

const RULES: Record<RuleName['scope'], (subject: string) => string> = {
  default: () => 'メンバーごとの上限',
  everyone: () => 'ここでのメンバーごとの上限',
  role: (subject) => `${mention('role', subject)}の上限`,
  member: () => 'あなたの上限',
  channel: () => 'このチャンネルの上限',
  community: () => 'ここの予算',
};
const TOO_LATE = {
  cancelled: 'この動画はすでにキャンセルされています。',
  running: 'この動画はすでに作成が始まっているため、キャンセルできません。',
  finished: 'この動画はすでに完成しています。',
};

/** Why an entry cannot be on a word list. */
const WORD_INVALID: { [R in ErrorParams['word_invalid']['reason']]: (word: string) => string } = {
  empty: (word) => `「${word}」には検索できる文字がありません。`,
  long: () => 'この項目は長すぎます。短くしてください。',
  regex: (word) =>
    `「${word}」はここで使えるパターンではありません。書き方が正しくないか、処理に時間がかかりすぎます。`,
  'matches everything': (word) => `「${word}」はすべてのプロンプトに一致してしまいます。`,
};

/** One sentence or two for each way in which something can go wrong, in Japanese. */
export const jaErrors: { [C in ErrorCode]: (params: ErrorParams[C]) => string } = {
  prompt_empty: () => 'プロンプトが空です。どんな動画にするか書いてください。',
  prompt_too_long: ({ length, max }) =>
    `プロンプトが${number(length)}文字あります。上限は${number(max)}文字です。短くしてもう一度お試しください。`,
  prompt_characters: ({ character, position }) =>
    `プロンプトの${number(position)}文字目に、目に見えない制御文字（${character}）があります。取り除いてもう一度お試しください。`,
  model_unknown: ({ model, models }) =>
    `「${model}」というモデルはありません。選べるモデルは ${models.join('、')} です。`,
  model_withdrawn: ({ model, successor }) =>
    `モデル「${model}」は使えなくなりました。${successor === null ? '' : `代わりに「${successor}」を使ってください。`}`,
  models_gone: () => '現在使えるモデルがありません。ボットの管理者による対応が必要です。',
  option_unknown: ({ option, options, nearest }) =>
    `「${option}」というオプションはありません。${nearest === null ? `使えるオプション：${options.join('、')}。` : `「${nearest}」のことですか？`}`,
  option_unsupported: ({ option, model }) => `モデル ${model} に「${option}」というオプションはありません。`,
  option_value: ({ option, expected }) => `${option} に使えるのは${writeExpected(expected, either, whole)}です。`,
  queue_full: ({ running, waiting, max, roomAt }) =>
    `作成中の動画が${number(running)}本、順番待ちの動画が${number(waiting)}本あります。順番待ちは${number(max)}本までです。` +
    (roomAt === null ? '今の動画ができあがれば空きます。' : `${at(roomAt, 'relative')}に空く見込みです。`),
  too_many_waiting: () =>
    '待っている動画が多すぎるため、今は新しい動画を受け付けていません。クレジットは使われていません。しばらくしてからもう一度お試しください。',
  quota_exhausted: ({ cost, used, quota, period, resetsAt, rule, granted }) =>
    `この動画には${credits(cost)}が必要です。${RULES[rule.scope](rule.subject)}は${PER[period]}${credits(quota)}で、${number(used)}を使用済みです` +
    `${granted > 0 ? `（追加分${credits(granted)}を合わせても足りません）` : ''}。` +
    `残りは${number(Math.max(0, quota - used) + granted)}` +
    `${quota > 0 ? `で、${at(resetsAt, 'relative')}（${at(resetsAt, 'date')}）に戻ります` : 'です'}。`,
  quota_forbidden: ({ rule }) =>
    `ここでは動画を作成できません。${RULES[rule.scope](rule.subject)}ではクレジットを使えません。`,
  channel_exhausted: ({ cost, used, quota, period, resetsAt }) =>
    `この動画には${credits(cost)}が必要です。このチャンネルは${PER[period]}${credits(quota)}までで、${number(used)}を使用済みです。` +
    `${at(resetsAt, 'relative')}（${at(resetsAt, 'date')}）に戻ります。`,
  budget_exhausted: ({ cost, used, quota, period, resetsAt }) =>
    `この動画には${credits(cost)}が必要です。ここの予算は${PER[period]}${credits(quota)}で、${number(used)}を使用済みです。` +
    `${at(resetsAt, 'relative')}（${at(resetsAt, 'date')}）に更新されます。`,
  paused: ({ reason }) => `モデレーターが動画の作成を一時停止しています。${reason ? `理由：${sentence(reason)}` : ''}`,
  blocked: ({ reason, until }) =>
    `モデレーターにより、ここでは${until === null ? '' : `${at(until, 'date')}まで`}動画を作成できません。${reason ? `理由：${sentence(reason)}` : ''}`,
  channel_denied: () => 'このチャンネルでは動画を作成できません。別のチャンネルでお試しください。',
  model_disabled: ({ model, models }) =>
    `モデル ${model} はここでは使えません。${models.length > 0 ? `使えるモデル：${models.join('、')}。` : ''}`,
  private_denied: () => 'ここでは非公開の返信は使えません。「private」を付けずにもう一度お試しください。',
  draft_gone: () => 'このリクエストはすでに送信されたか、古すぎます。もう一度入力してください。',
  direct_denied: () => 'ダイレクトメッセージでは動画を作成できません。サーバーかチャンネルでお試しください。',
  words_refused: () => 'このプロンプトはここのルールで禁止されています。変更してもう一度お試しください。',
  moderators_only: () => 'この操作ができるのはモデレーターだけです。',
  word_invalid: ({ word, reason }) => WORD_INVALID[reason](word),
  requester_only: () => 'この操作ができるのは、この動画を頼んだ人だけです。',
  generation_unknown: () => 'この動画の記録はもうありません。',
  cancel_too_late: ({ state }) => TOO_LATE[whyTooLate(state)],
  remove_too_early: () => 'この動画はまだ完成していません。キャンセルするか、完成するまでお待ちください。',
  video_forgotten: () => 'この動画はもう保存されていません。',
  prompt_forgotten: () => 'この動画のプロンプトは削除されたため、ここからもう一度作ることはできません。',
  command_unknown: ({ command }) => `「${command}」というコマンドはありません。`,
  rejected: ({ hint }) => `動画サービスがこのリクエストを受け付けませんでした${hint ? `：${sentence(hint)}` : '。'}`,
  moderated: ({ hint }) =>
    `動画サービスのコンテンツ規定により、このプロンプトは受け付けられませんでした${hint ? `：${sentence(hint)} ` : '。'}プロンプトを変えてもう一度お試しください。`,
  provider_failed: ({ hint }) => `動画サービスがこの動画を作成できませんでした${hint ? `：${sentence(hint)}` : '。'}`,
  operator_must_look: () =>
    '動画サービスが現在このボットのアカウントを受け付けていません。ボットの運営者による確認が必要です。',
  provider_unavailable: () => '動画サービスが長いあいだ利用できない状態です。',
  submission_lost: () => '動画を注文している間に接続が切れ、動画サービスにも注文の記録がありません。',
  generation_lost: () => '動画サービスにこの動画の記録がもうありません。',
  video_missing: () => '動画サービスは完了と伝えていますが、動画がありません。',
  timed_out: ({ minutes }) => `${number(minutes)}分たっても動画が完成しませんでした。`,
  video_unusable: () => '動画サービスから届いたファイルは、完全な動画ではありませんでした。',
  undelivered: () => '動画は完成しましたが、このチャットに投稿できませんでした。',
  stopping: () => 'ボットを再起動しています。少ししてからもう一度お試しください。',
  internal: () => 'こちら側で問題が発生しました。クレジットは使われていません。もう一度お試しください。',
};
