import { again } from './buttons/again.ts';
import { cancel } from './buttons/cancel.ts';
import { check } from './buttons/check.ts';
import { remove } from './buttons/delete.ts';
import { deliver } from './buttons/deliver.ts';
import { edit } from './buttons/edit.ts';
import { turnHistory } from './buttons/history.ts';
import { pro } from './buttons/pro.ts';
import type { Button, Command, MessageCommand } from './command.ts';
import type { FormHandler } from './form.ts';
import { editForm } from './forms/edit.ts';
import { videoForm } from './forms/video.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { videoFromMessage } from './messages/video.ts';
import { moderatorCommands } from './moderate/moderators.ts';
import { moderateQueue } from './moderate/queue.ts';
import { queue } from './queue.ts';
import { quota } from './quota.ts';
import { video } from './video.ts';

/** All that people can say. */
export const commands: readonly Command[] = [video, queue, history, quota, help, moderateQueue, ...moderatorCommands];

/** All that people can press. */
export const buttons: readonly Button[] = [cancel, again, edit, pro, remove, check, deliver, turnHistory];

/** All that people can fill in. */
export const forms: readonly FormHandler[] = [editForm, videoForm];

/** All that people can do with somebody's message. */
export const messageCommands: readonly MessageCommand[] = [videoFromMessage];
