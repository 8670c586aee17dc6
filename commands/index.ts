import { again } from './buttons/again.ts';
import { cancel } from './buttons/cancel.ts';
import { check } from './buttons/check.ts';
import { deliver } from './buttons/deliver.ts';
import type { Button, Command } from './command.ts';
import { video } from './video.ts';

/** All that people can say. */
export const commands: readonly Command[] = [video];

/** All that people can press. */
export const buttons: readonly Button[] = [cancel, again, check, deliver];
