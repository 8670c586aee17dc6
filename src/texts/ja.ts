import type { Period } from '../limits/periods.ts';
import { jaSlack } from './ja-slack.ts';
import { at } from './marks.ts';
import type { Texts } from './texts.ts';
import { formatsFor, sentence, whyTooLate, writeDuration, writeOption } from './wording.ts';

const { number, bytes } = formatsFor('ja');
const credits = (value: number) => `${number(value)}クレジット`;
const seconds = (value: number) => `${number(value)}秒`;
const duration = (ms: number) => writeDuration(ms, { minutes: (value) => `${number(value)}分`, seconds, between: '' });
const PER: Record<Period, string> = { hour: '毎時', day: '毎日', week: '毎週', month: '毎月' };
const TOO_LATE = {
  cancelled: 'この動画はすでにキャンセルされています。',
  running: 'この動画はすでに作成が始まっているため、キャンセルできません。',
  finished: 'この動画はすでに完成しています。',
};

/** Everything that people read, in Japanese. */
export const ja: Texts = {
  errors: {
    prompt_empty: () => 'プロンプトが空です。どんな動画にするか書いてください。',
    prompt_too_long: ({ length, max }) =>
      `プロンプトが${number(length)}文字あります。上限は${number(max)}文字です。短くしてもう一度お試しください。`,
    prompt_characters: ({ character, position }) =>
      `プロンプトの${number(position)}文字目に、目に見えない制御文字（${character}）があります。取り除いてもう一度お試しください。`,
    model_unknown: ({ model, models }) =>
      `「${model}」というモデルはありません。選べるモデルは ${models.join('、')} です。`,
    option_unknown: ({ option, options }) =>
      `「${option}」というオプションはありません。使えるオプションは ${options.join('、')} です。`,
    option_unsupported: ({ option, model }) => `モデル ${model} に「${option}」というオプションはありません。`,
    option_value: ({ option, value, expected }) =>
      `「${value}」はオプション ${option} には使えません。使える値は ${expected} です。`,
    queue_full: ({ running, waiting, max, roomAt }) =>
      `作成中の動画が${number(running)}本、順番待ちの動画が${number(waiting)}本あります。順番待ちは${number(max)}本までです。` +
      (roomAt === null ? '今の動画ができあがれば空きます。' : `${at(roomAt, 'relative')}に空く見込みです。`),
    quota_exhausted: ({ cost, used, quota, resetsAt }) =>
      `この動画には${credits(cost)}が必要ですが、${credits(quota)}のうち${number(used)}を使用済みです。` +
      `クレジットは${at(resetsAt, 'relative')}に元に戻ります。`,
    moderators_only: () => 'この操作ができるのはモデレーターだけです。',
    requester_only: () => 'この操作ができるのは、この動画を頼んだ人だけです。',
    generation_unknown: () => 'この動画の記録はもうありません。',
    cancel_too_late: ({ state }) => TOO_LATE[whyTooLate(state)],
    remove_too_early: () => 'この動画はまだ完成していません。キャンセルするか、完成するまでお待ちください。',
    video_forgotten: () => 'この動画はもう保存されていません。',
    prompt_forgotten: () => 'この動画のプロンプトは削除されたため、ここからもう一度作ることはできません。',
    command_unknown: ({ command }) => `「${command}」というコマンドはありません。`,
    rejected: ({ hint }) => `動画サービスがこのリクエストを受け付けませんでした：${sentence(hint)}`,
    moderated: ({ hint }) =>
      `動画サービスのコンテンツ規定により、このプロンプトは受け付けられませんでした${hint ? `：${sentence(hint)} ` : '。'}プロンプトを変えてもう一度お試しください。`,
    provider_failed: ({ hint }) => `動画サービスがこの動画を作成できませんでした${hint ? `：${sentence(hint)}` : '。'}`,
    operator_must_look: () =>
      '動画サービスが現在このボットのアカウントを受け付けていません。ボットの運営者による確認が必要です。',
    provider_unavailable: () => '動画サービスが長いあいだ利用できない状態です。',
    submission_lost: () => '動画を注文している間に接続が切れ、動画サービスにも注文の記録がありません。',
    generation_lost: () => '動画サービスにこの動画の記録がもうありません。',
    timed_out: ({ minutes }) => `${number(minutes)}分たっても動画が完成しませんでした。`,
    video_unusable: () => '動画サービスから届いたファイルは、完全な動画ではありませんでした。',
    undelivered: () => '動画は完成しましたが、このチャットに投稿できませんでした。',
    stopping: () => 'ボットを再起動しています。少ししてからもう一度お試しください。',
    internal: () => 'こちら側で問題が発生しました。クレジットは使われていません。もう一度お試しください。',
  },
  commands: {
    video: '説明文から動画を作ります',
    queue: '順番待ちと作成中のあなたの動画',
    history: 'あなたの最近の動画',
    quota: 'クレジットの残りと、元に戻る時期',
    help: 'ここでできることと、必要なクレジット',
    moderate: 'モデレーター用',
    'moderate queue': 'このサーバーで順番待ちと作成中の動画',
    'moderate moderators add': 'メンバーまたはグループをこのボットのモデレーターにします',
    'moderate moderators remove': 'メンバーまたはグループをモデレーターから外します',
    'moderate moderators list': 'このボットのモデレーターに指名された人とグループ',
  },
  commandWords: {
    video: '動画',
    queue: '順番',
    history: '履歴',
    quota: '残高',
    help: 'ヘルプ',
    moderate: 'モデレート',
    moderators: 'モデレーター',
    add: '追加',
    remove: '削除',
    list: '一覧',
  },
  messageCommands: {
    video_from_message: 'これで動画を作る',
  },
  forms: {
    edit: { title: 'プロンプトを編集', send: '作る' },
    video: { title: '動画を作る', send: '作る' },
  },
  options: {
    prompt: 'どんな動画にするか',
    private: '返信があなただけに見えます',
    page: 'ページ番号（1が最新）',
    who: 'メンバーまたはグループ（@ でメンション）',
    model: 'どのモデルで作るか',
    resolution: '解像度：画面の短い辺の長さ',
    aspect_ratio: '画面の縦横比',
    duration: '動画の長さ（秒）',
    seed: '同じシードとプロンプトなら、また似た動画になります',
    camera_fixed: 'カメラを動かしません',
    watermark: '提供元の透かしを入れます',
  },
  modelChoice: (id, label, cost, length) => `${id}：${label}、${seconds(length)}で${credits(cost)}`,
  buttons: {
    cancel: 'キャンセル',
    again: 'もう一度',
    edit: 'プロンプトを編集',
    pro: '同じ内容を pro で',
    delete: '削除',
    check: 'もう一度確認',
    deliver: 'もう一度届ける',
    newer: '新しいほうへ',
    older: '古いほうへ',
  },
  cards: {
    queued: '順番待ち',
    queuedText: (position) => (position <= 1 ? '次の番です。' : `${number(position)}番目です。`),
    queuedNotBefore: (ms) => `最近たくさん作成したため、次の動画は${at(ms, 'relative')}に始まります。`,
    providerBusy: '動画サービスが混み合っています。自動で再試行を続けます。',
    submitting: '動画を注文しています',
    submissionUnclear: '注文への応答がありませんでした。届いたかどうか確認しています。',
    generating: '動画を作成しています',
    delivering: '動画を受け取っています',
    deliveringAgain: 'チャットがまだ動画を受け付けていません。自動で再試行を続けます。',
    delivered: 'あなたの動画',
    tooLarge: (size, limit) =>
      `ファイルは${size}で、このチャットの上限（${limit}）を超えているため、リンクでお渡しします。`,
    linkExpires: (ms) => `リンクは${at(ms, 'date')}まで有効です。`,
    failed: '今回は動画を作れませんでした',
    cancelled: 'キャンセルしました',
    timedOut: '時間がかかりすぎています',
    undelivered: '届けられませんでした',
    checkPending: 'まだ完成していません。少ししてからもう一度確認してください。',
    refused: 'うまくいきませんでした',
    refund: (value) => `${credits(value)}をお返ししました。`,
    heldNote: (value) => `${credits(value)}は、動画が届くまで取り置かれます。`,
    restarting: 'ボットを再起動しています。まもなく自動で再開します。',
    dropped: (option, model) => `${model} ではオプション ${option} がここでは使えないため、省きました。`,
    forgotten: '（削除済み）',
  },
  states: {
    queued: '順番待ち',
    submitting: '注文中',
    generating: '作成中',
    delivering: '配信中',
    delivered: '配信済み',
    failed: '動画なし',
    cancelled: 'キャンセル済み',
    timed_out: '時間切れ',
    undelivered: '未配信',
  },
  queue: {
    title: 'あなたの順番待ち',
    communityTitle: 'このサーバーの順番待ち',
    empty: '順番待ちや作成中の動画はありません。',
    place: (position) => `${number(position)}番目`,
    notBefore: (ms) => `${at(ms, 'relative')}に開始`,
    since: (ms) => `${at(ms, 'time')}から`,
    ready: (ms) => `${at(ms, 'relative')}に完成見込み`,
    more: (value) => `ほかに${number(value)}件あります。`,
    cancel: (place) => `${number(place)}番をキャンセル`,
  },
  history: {
    title: 'あなたの最近の動画',
    page: (page) => `${number(page)}ページ目`,
    empty: 'ここではまだ動画を作っていません。',
    emptyPage: 'このページには何もありません。',
    deliver: (place) => `${number(place)}番をもう一度表示`,
  },
  quota: {
    title: 'あなたのクレジット',
    left: (left, of) => `${credits(of)}のうち、残りは${number(left)}です。`,
    resets: (ms) => `${at(ms, 'relative')}（${at(ms, 'date')}）にすべて元に戻ります。`,
    rule: (quota, period) => `ここでは全員が${PER[period]}${credits(quota)}まで使えます。`,
    costs: '動画に必要なクレジット',
    cost: (label, cost, length) => `${label}：${seconds(length)}で${credits(cost)}`,
  },
  help: {
    title: 'ここでできること',
    text: '説明文から短い動画を作ります。どんな動画にするか書いていただければ、ひとつのメッセージで返信し、動画がそこに届くまで最新の状況をお知らせします。',
    models: 'モデル',
    buttons: 'ボタン',
    buttonsText:
      '動画の下のボタンで、もう一度作る、プロンプトを変える、削除することができます。順番待ちの間はキャンセルできます。lite の動画は、同じシードで pro でも作れます。',
    credits: 'クレジット',
    creditsText: 'リクエストを受け付けたときに取り置き、動画ができなかったときはお返しします。',
  },
  moderators: {
    title: 'このボットのモデレーター',
    text: 'ここの管理者は、指名がなくてもモデレーターです。ほかに指名されているのは次のとおりです。',
    empty: '指名された人はいません。ここの管理者は、指名がなくてもモデレーターです。',
    added: (name) => `${name} をこのボットのモデレーターにしました。`,
    known: (name) => `${name} はすでにこのボットのモデレーターです。`,
    removed: (name) =>
      `${name} をこのボットのモデレーターから外しました。ここの管理者であれば、引き続きモデレーターです。`,
    unknown: (name) => `${name} はモデレーターに指名されていません。`,
    full: (max) => `指名できるのは${number(max)}件までです。代わりにグループを指名するか、先に誰かを外してください。`,
    adminsOnly: 'このボットのモデレーターを決められるのは、ここの管理者だけです。',
    expected: '@ でメンションしたメンバーまたはグループ',
  },
  ...jaSlack,
  fields: {
    model: 'モデル',
    options: 'オプション',
    seed: 'シード',
    took: '所要時間',
    cost: '消費',
    left: '残り',
  },
  optionValue: (name, value) =>
    writeOption(name, value, { duration: seconds, cameraFixed: 'カメラ固定', watermark: '透かし' }),
  left: (left, of) => `${number(left)} / ${credits(of)}`,
  took: duration,
  credits,
  bytes,
  expected: (low, high) =>
    duration(low) === duration(high) ? `通常${duration(high)}` : `通常${duration(low)}〜${duration(high)}`,
  elapsed: '開始',
};
