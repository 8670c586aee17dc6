import { createHash } from 'node:crypto';
import type { CardFile } from '../../domain/card.ts';
import { contentDisposition } from '../../lib/content-disposition.ts';
import type { Texts } from '../../locales/texts.ts';
import { writeSpan } from '../../locales/wording.ts';
import type { WebMessage } from '../../store/web-messages.ts';
import type { WebPerson } from './people.ts';
import type { WireFile, WireMessage } from './wire.ts';

/** Somebody who looks at a page, and the texts in their language. */
export interface Reader {
  person: WebPerson;
  texts: Texts;
}

/** @param mediaPath see `WebParts`. @returns a function that writes a message for a reader. */
export function createToWire(mediaPath: (generationId: string, name: string) => string) {
  return (message: WebMessage, { person, texts }: Reader): WireMessage => {
    const { id, channel, member, said, audience, createdAt, clip } = message;
    const { files = [], ...card } = message.card ?? {};
    const expected = message.card?.progress?.expected;
    const video = message.card?.video;
    return {
      id,
      channel,
      ...(member !== undefined && { member }),
      said,
      onlyYou: audience !== undefined,
      createdAt,
      ...(message.card && { card: card as NonNullable<WireMessage['card']> }),
      ...(files.length > 0 && { files: files.map((file, index) => fileToWire(message, file, index, person)) }),
      ...(clip && video && { videoUrl: mediaPath(clip, video.name) }),
      ...(expected && { usually: writeSpan(texts, expected) }),
    };
  };
}

function fileToWire(
  { id }: WebMessage,
  { name, type, alt, base64 }: CardFile,
  index: number,
  { id: as }: WebPerson,
): WireFile {
  const content = createHash('sha256').update(base64).digest('hex').slice(0, 12);
  const query = new URLSearchParams({ as, content });
  return { name, type, alt, url: `/api/messages/${encodeURIComponent(id)}/files/${index}?${query}` };
}

/** A card's file as an answer that a browser shows or, if it is no picture, saves. */
export function fileResponse({ name, type, base64 }: CardFile): Response {
  return new Response(Buffer.from(base64, 'base64'), {
    headers: {
      'content-type': type === 'text/csv' ? 'text/csv; charset=utf-8' : type,
      'content-disposition': contentDisposition(type.startsWith('image/') ? 'inline' : 'attachment', name),
      'cache-control': 'no-store',
      // An SVG may bring its own colours, and nothing else, even when it is opened as a page.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
  });
}
