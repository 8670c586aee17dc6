import type { MessageCommand } from '../command.ts';
import { requestForm } from '../forms/video.ts';

/** "Make a video from this": the message's text becomes the prompt of a form that can be changed. */
export const videoFromMessage: MessageCommand = {
  name: 'video_from_message',
  label: (texts) => texts.messageCommands.video_from_message,
  open: (text, texts, models) => requestForm(text, texts, models),
};
