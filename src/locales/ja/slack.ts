import { at } from '../../domain/marks.ts';
import type { Texts } from '../texts.ts';
import { formatsFor } from '../wording.ts';

const { number } = formatsFor('ja');

/** What only Slack says, in Japanese. */
export const jaSlack: Pick<Texts, 'home' | 'install' | 'slack'> = {
  home: {
    running: '順番待ちと作成中',
    community: 'このワークスペース',
    counts: (running, waiting, more) =>
      `作成中${number(running)}件、順番待ち${number(waiting)}件${more ? '、ほかにもあります' : ''}。`,
    usedToday: (value) => `今日の使用量は${number(value)}クレジットです。`,
    moderators: 'モデレーターは /video-moderate moderators で指名できます。',
    asOf: (ms) => `${at(ms, 'time')}現在の情報です。`,
    hint: '動画はどこからでも /video で、またはショートカット「Make a video」で作れます。',
  },
  install: {
    done: {
      title: 'Dailies をインストールしました',
      text: 'どのチャンネルでも /video と入力すれば、最初の動画を作れます。',
    },
    denied: {
      title: 'インストールは行われませんでした',
      text: 'Slack で許可されなかったため、何も変わっていません。',
    },
    stale: {
      title: 'このページは古くなっています',
      text: 'インストールの開始から時間がたちすぎているか、別のブラウザーで開始されています。最初からやり直してください。',
    },
    failed: {
      title: 'うまくいきませんでした',
      text: 'Slack でインストールが完了しませんでした。少ししてからもう一度お試しください。',
    },
    open: 'Slack で Dailies を開く',
    again: '最初からやり直す',
  },
  slack: {
    opening: '少々お待ちください…',
    inDirectMessage: 'ダイレクトメッセージで返信しました。',
    notMember:
      'このチャンネルに参加していないため、ダイレクトメッセージで返信します。ここで動画を受け取るには、チャンネルで /invite @Dailies と入力して招待してください。',
    closed:
      'このチャンネルには投稿できないため（アーカイブ済み、または投稿が制限されています）、ダイレクトメッセージで返信します。',
    noDirectMessage:
      'ここにも、あなたへのダイレクトメッセージにも書き込めません。何も開始されておらず、クレジットも使われていません。',
    disconnected: 'このワークスペースへのアクセスが取り消されました。管理者による再インストールが必要です。',
    filesInDirectMessage: 'ファイルはダイレクトメッセージに送りました。',
    filesLost: 'ここに付けるファイルを Slack が受け付けませんでした。もう一度お試しください。',
    wanted: {
      member: '@名前 の形のメンバー',
      role: '@グループ の形のユーザーグループ',
      channel: '#チャンネル の形のチャンネル',
      mention: '@名前 の形のメンバーまたはユーザーグループ',
    },
    expired: '時間がかかりすぎたため、Slack でフォームを開けませんでした。もう一度お試しください。',
    showAll: 'すべて表示',
    prompt: 'プロンプト',
    watch: '動画を見る',
    close: '閉じる',
    channel: '投稿先',
  },
};
