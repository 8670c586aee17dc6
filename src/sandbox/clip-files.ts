import type { IncomingMessage, ServerResponse } from 'node:http';
import { findModel } from './catalogue.ts';
import { chosenValue } from './checks.ts';
import { padTo } from './clips/mp4-boxes.ts';
import { type ClipSpec, frameOf } from './clips/spec.ts';
import { answerFile, answerPage } from './http-answers.ts';
import type { SandboxJob } from './jobs.ts';
import { behaviourOf } from './triggers.ts';

/** The size of a `[large]` file, in bytes: above the 10 MiB that a chat takes. */
const LARGE_BYTES = 11 * 1024 * 1024;

const VIDEO = { type: 'video/mp4' };

/** Specification of a job's clip. @param shortSide as for `frameOf`. */
export function specOf(job: SandboxJob, shortSide: number | undefined): ClipSpec {
  const value = (name: string) => chosenValue(job, name);
  return {
    prompt: job.prompt,
    seed: job.seed,
    ...frameOf(String(value('resolution') ?? '1080p'), String(value('aspect_ratio') ?? '16:9'), shortSide),
    seconds: Number(value('duration') ?? 5),
    // Revisions of the bytedance endpoint spell it in two ways.
    cameraFixed: value('camera_fixed') === true || value('camerafixed') === true,
    watermark: value('watermark') === true,
    label: findModel(job.model)?.label ?? '',
  };
}

/** The file's path on the server. @param version grows with each poll that hands out the address. */
export function filePath(job: SandboxJob, version: number): string {
  return `/files/${job.id}.mp4?v=${version}`;
}

/** Answers a request for the file of a job that is completed. */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  options: { job: SandboxJob; params: URLSearchParams; makeClip: () => Promise<Buffer> },
): Promise<void> {
  const { job, params, makeClip } = options;
  const { file: fault } = behaviourOf(job.prompt);
  if (fault === 'missing') {
    answerPage(response, 404, 'Not found');
  } else if (fault === 'a page') {
    answerPage(response, 200, 'Sign in to continue');
  } else if (fault === 'first address expired' && params.get('v') === '1') {
    answerPage(response, 403, 'This address has expired');
  } else if (fault === 'moved' && !params.has('moved')) {
    response.writeHead(302, { location: `/files/${job.id}.mp4?moved=1` }).end();
  } else {
    const clip = await makeClip();
    const half = clip.length >> 1;
    const file = fault === 'padded' ? padTo(clip, LARGE_BYTES) : fault === 'cut short' ? clip.subarray(0, half) : clip;
    answerFile(request, response, file, fault === 'broken off' ? { ...VIDEO, breakOffAt: half } : VIDEO);
  }
}
