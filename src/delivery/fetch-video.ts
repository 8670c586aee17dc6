import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fetch, type Response } from 'undici';
import { whatIsWrongWithMp4 } from './check-mp4.ts';
import { type AddressGuard, ForbiddenAddressError } from './forbidden-addresses.ts';

/**
 * Why a video could not be fetched:
 * - `expired`: the link does not work any more; a poll may give a new one.
 * - `unusable`: what came is no whole video.
 * - `forbidden`: the address must not be fetched.
 * - `unavailable`: the file host is out of order or out of reach.
 */
export type VideoErrorKind = 'expired' | 'unusable' | 'forbidden' | 'unavailable';

/** A video could not be fetched; the message is for the log. */
export class VideoError extends Error {
  override readonly name = 'VideoError';
  readonly kind: VideoErrorKind;

  constructor(kind: VideoErrorKind, message: string, options?: ErrorOptions) {
    super(`video ${kind}: ${message}`, options);
    this.kind = kind;
  }
}

/** Larger files are not fetched. A clip of 10 s in 1080p has about 20 MB. */
const MOST_BYTES = 256 * 1024 * 1024;
/** The whole of a download may take this long, in ms. */
const TIMEOUT_MS = 300_000;
const MOST_REDIRECTS = 5;

/** Content types that file hosts use for an MP4; anything else (an error page, say) is not worth the download. */
const CONTENT_TYPE = /^(video\/|application\/(octet-stream|mp4)|binary\/octet-stream)/i;

/** Maximum size and duration of a download. */
export interface DownloadLimits {
  bytes: number;
  ms: number;
}

const LIMITS: DownloadLimits = { bytes: MOST_BYTES, ms: TIMEOUT_MS };

/**
 * Downloads a video to a file and checks that it is a whole MP4. Deletes the file if it isn't one.
 * @throws {VideoError}; the signal's reason when it aborts.
 */
export async function fetchVideo(
  address: string,
  path: string,
  guard: AddressGuard,
  signal: AbortSignal,
  limits = LIMITS,
): Promise<void> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limits.ms)]);
  try {
    const response = await follow(address, guard, limited, limits.bytes);
    if (!response.body) throw new VideoError('unusable', 'the answer has no body');
    await pipeline(response.body, counted(limits.bytes), createWriteStream(path), { signal: limited });
    const wrong = await whatIsWrongWithMp4(path);
    if (wrong) throw new VideoError('unusable', wrong);
  } catch (error) {
    await rm(path, { force: true });
    if (signal.aborted) throw signal.reason;
    throw toVideoError(error);
  }
}

/** Follows redirects by hand, so that each address on the way is checked. */
async function follow(address: string, guard: AddressGuard, signal: AbortSignal, mostBytes: number): Promise<Response> {
  let url = parse(address);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const response = await fetch(url, {
      dispatcher: guard.agentFor(url),
      redirect: 'manual',
      // A packed answer could unpack without end, and a video gains nothing by it.
      headers: { 'accept-encoding': 'identity', accept: 'video/mp4, video/*;q=0.9, */*;q=0.1' },
      signal,
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || !location) return checkHead(response, mostBytes);
    await response.body?.cancel();
    url = parse(location, url);
  }
  throw new VideoError('unusable', `more than ${MOST_REDIRECTS} redirects`);
}

async function checkHead(response: Response, mostBytes: number): Promise<Response> {
  const refuse = async (kind: VideoErrorKind, message: string) => {
    await response.body?.cancel();
    throw new VideoError(kind, message);
  };
  const { status, headers } = response;
  if ([401, 403, 404, 410].includes(status)) await refuse('expired', `the file host answered ${status}`);
  if (status !== 200) await refuse('unavailable', `the file host answered ${status}`);
  const type = headers.get('content-type') ?? 'video/mp4';
  if (!CONTENT_TYPE.test(type)) await refuse('unusable', `expected a video, got ${type}`);
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') await refuse('unusable', `expected no content encoding, got ${encoding}`);
  if (Number(headers.get('content-length')) > mostBytes) await refuse('unusable', 'the file is too large');
  return response;
}

function counted(mostBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > mostBytes) done(new VideoError('unusable', 'the file is too large'));
      else done(null, chunk);
    },
  });
}

function parse(address: string, base?: URL): URL {
  if (!URL.canParse(address, base)) throw new VideoError('unusable', 'the address of the video is no address');
  return new URL(address, base);
}

function toVideoError(error: unknown): VideoError {
  if (error instanceof VideoError) return error;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ForbiddenAddressError) return new VideoError('forbidden', cause.message, { cause: error });
  }
  return new VideoError('unavailable', error instanceof Error ? error.message : String(error), { cause: error });
}
