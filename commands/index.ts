import { again } from './buttons/again.ts';
import { asOption } from './buttons/as-option.ts';
import { turnAudit } from './buttons/audit.ts';
import { block } from './buttons/block.ts';
import { cancel } from './buttons/cancel.ts';
import { check } from './buttons/check.ts';
import { remove } from './buttons/delete.ts';
import { deliver } from './buttons/deliver-again.ts';
import { edit } from './buttons/edit.ts';
import { forget } from './buttons/forget.ts';
import { turnHistory } from './buttons/history.ts';
import { keepPrompt } from './buttons/keep-prompt.ts';
import { turnList } from './buttons/list.ts';
import { pro } from './buttons/pro.ts';
import { turnQueue } from './buttons/queue.ts';
import { report } from './buttons/report.ts';
import { successor } from './buttons/successor.ts';
import { takedown } from './buttons/takedown.ts';
import type { Button, Command, FormHandler, MessageCommand } from './command.ts';
import { blockHandler } from './forms/block.ts';
import { editForm } from './forms/edit.ts';
import { reportHandler } from './forms/report.ts';
import { videoForm } from './forms/video.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { videoFromMessage } from './messages/video.ts';
import { moderateAudit } from './moderate/audit.ts';
import { blockCommands } from './moderate/block.ts';
import { budgetCommands } from './moderate/budget.ts';
import { moderateCancel } from './moderate/cancel.ts';
import { channelCommands } from './moderate/channel.ts';
import { moderateForget } from './moderate/forget.ts';
import { modelCommands } from './moderate/model.ts';
import { moderatorCommands } from './moderate/moderators.ts';
import { paceCommands } from './moderate/pace.ts';
import { pauseCommands } from './moderate/pause.ts';
import { moderateQueue } from './moderate/queue.ts';
import { quotaCommands } from './moderate/quota.ts';
import { settingsCommands } from './moderate/settings.ts';
import { moderateUsage } from './moderate/usage.ts';
import { wordCommands } from './moderate/word.ts';
import { queue } from './queue.ts';
import { quota } from './quota.ts';
import { video } from './video.ts';

/** All that people can say. */
export const commands: readonly Command[] = [
  video,
  queue,
  history,
  quota,
  help,
  moderateQueue,
  moderateCancel,
  moderateUsage,
  moderateAudit,
  moderateForget,
  ...budgetCommands,
  ...paceCommands,
  ...quotaCommands,
  ...moderatorCommands,
  ...blockCommands,
  ...channelCommands,
  ...modelCommands,
  ...wordCommands,
  ...settingsCommands,
  ...pauseCommands,
];

/** All that people can press. */
export const buttons: readonly Button[] = [
  cancel,
  again,
  edit,
  pro,
  remove,
  check,
  deliver,
  turnHistory,
  turnQueue,
  turnList,
  turnAudit,
  forget,
  report,
  block,
  takedown,
  successor,
  asOption,
  keepPrompt,
];

/** All that people can fill in. */
export const forms: readonly FormHandler[] = [editForm, videoForm, reportHandler, blockHandler];

/** All that people can do with somebody's message. */
export const messageCommands: readonly MessageCommand[] = [videoFromMessage];
