import { openAsBlob } from 'node:fs';
import type { APIMessage } from 'discord.js';
import type { CardFile } from '../../domain/card.ts';
import type { VideoFile } from '../../domain/reply.ts';
import type { Log } from '../../lib/log.ts';
import { inPixels } from '../shared/pixels.ts';
import type { DiscordCall, Way } from './api.ts';
import type { DiscordMessage } from './render.ts';

/** An upload may take half a minute, and longer the larger it is: at the slowest 100 KB a second. */
const UPLOAD_MS = { base: 30_000, bytesPerSecond: 100_000 };

/** The way to send a file, with the time that one of its size may need. */
export function uploadWay({ bytes }: Pick<VideoFile, 'bytes'>): { uploadMs: number } {
  return { uploadMs: UPLOAD_MS.base + Math.ceil((bytes * 1000) / UPLOAD_MS.bytesPerSecond) };
}

/** A message with a clip, which is read from disk while it is sent, so it never fills the memory. */
export async function toForm(body: DiscordMessage, file: VideoFile): Promise<FormData> {
  const form = new FormData();
  form.set('payload_json', JSON.stringify({ ...body, attachments: [{ id: '0', filename: file.name }] }));
  form.set('files[0]', await openAsBlob(file.path, { type: 'video/mp4' }), file.name);
  return form;
}

/** Most characters of an attachment's description (Discord documentation, "Attachment Structure"). */
const LONGEST_DESCRIPTION = 1024;

/** A message with a card's files, which take the place of those that it has; a picture is shown inside the card. */
function toFilesForm(body: DiscordMessage, files: readonly CardFile[]): FormData {
  const form = new FormData();
  const attachments = files.map(({ name, alt }, index) => ({
    id: String(index),
    filename: name,
    description: alt.slice(0, LONGEST_DESCRIPTION),
  }));
  const picture = files.find(({ type }) => type === 'image/png');
  const embeds = body.embeds.map((embed, index) =>
    picture && index === 0 ? { ...embed, image: { url: `attachment://${picture.name}` } } : embed,
  );
  form.set('payload_json', JSON.stringify({ ...body, embeds, attachments }));
  files.forEach(({ name, type, base64 }, index) => {
    form.set(`files[${index}]`, new Blob([Buffer.from(base64, 'base64')], { type }), name);
  });
  return form;
}

/** A message as it is sent: with a card's files when it has some, and then with more time. */
export async function packed(
  body: DiscordMessage & { flags?: number },
  cardFiles: readonly CardFile[] = [],
  way: 'answer' | 'edit',
  log: Log,
): Promise<{ way: Way; content: Pick<DiscordCall, 'body' | 'form'> }> {
  if (cardFiles.length === 0) return { way, content: { body } };
  const files = await inPixels(cardFiles, log);
  const bytes = files.reduce((sum, { base64 }) => sum + base64.length, 0);
  return { way: { ...uploadWay({ bytes }), patient: way === 'answer' }, content: { form: toFilesForm(body, files) } };
}

/** The id of a message's attachment of this name. */
export function attachmentOf(message: unknown, name: string): string | undefined {
  return (message as Partial<APIMessage>).attachments?.find(({ filename }) => filename === name)?.id;
}
