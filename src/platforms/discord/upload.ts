import { openAsBlob } from 'node:fs';
import type { APIMessage } from 'discord.js';
import type { VideoFile } from '../../replies/chat.ts';
import type { Way } from './api.ts';
import type { MessageBody } from './render.ts';

/** An upload may take half a minute, and longer the larger it is: at the slowest 100 KB a second. */
const UPLOAD_MS = { base: 30_000, bytesPerSecond: 100_000 };

/** The way to send a file, with the time that one of its size may need. */
export function uploadWay({ bytes }: VideoFile): Way {
  return { uploadMs: UPLOAD_MS.base + Math.ceil((bytes * 1000) / UPLOAD_MS.bytesPerSecond) };
}

/** A message with a clip, which is read from disk while it is sent, so it never fills the memory. */
export async function toForm(body: MessageBody, file: VideoFile): Promise<FormData> {
  const form = new FormData();
  form.set('payload_json', JSON.stringify({ ...body, attachments: [{ id: '0', filename: file.name }] }));
  form.set('files[0]', await openAsBlob(file.path, { type: 'video/mp4' }), file.name);
  return form;
}

/** The id of a message's attachment of this name. */
export function attachmentOf(message: unknown, name: string): string | undefined {
  return (message as Partial<APIMessage>).attachments?.find(({ filename }) => filename === name)?.id;
}
