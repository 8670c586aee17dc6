import encoders from 'h264-mp4-encoder';
import { sceneOf } from './clip-scene.ts';
import { letter, letteringOf } from './lettering.ts';
import { clearTimes, listKeyFrames } from './mp4-boxes.ts';
import { createFrame, paintLand, paintSky } from './paint.ts';
import { type ClipSpec, FRAME_RATE } from './spec.ts';

/** The encoder's own measure of coarseness, 10 to 51: fine enough that a sky shows no steps. */
const QUANTIZATION = 24;
/** 0 is the best picture, 10 the fastest. */
const ENCODER_SPEED = 10;

/** Frames from one key frame to the next. */
const KEY_FRAME_EVERY = 2 * FRAME_RATE;

/** The sky changes so slowly that it need not be painted for every frame. */
const FRAMES_PER_SKY = 3;

/** Makes a clip: an MP4 file with H.264 video. Keeps the processor busy for up to seconds: for a worker. */
export async function encodeClip(spec: ClipSpec): Promise<Buffer> {
  const encoder = await encoders.createH264MP4Encoder();
  encoder.width = spec.width;
  encoder.height = spec.height;
  encoder.frameRate = FRAME_RATE;
  encoder.speed = ENCODER_SPEED;
  encoder.quantizationParameter = QUANTIZATION;
  encoder.groupOfPictures = KEY_FRAME_EVERY;
  encoder.initialize();
  const sky = createFrame(spec.width, spec.height);
  const frame = createFrame(spec.width, spec.height);
  const scene = sceneOf(spec);
  const lettering = letteringOf(spec);
  const frames = spec.seconds * FRAME_RATE;
  for (let index = 0; index < frames; index += 1) {
    if (index % FRAMES_PER_SKY === 0) paintSky(sky, scene, index / FRAME_RATE);
    frame.data.set(sky.data);
    paintLand(frame, scene, index / FRAME_RATE);
    letter(frame, lettering);
    encoder.addFrameYuv(frame.data);
  }
  encoder.finalize();
  const file = Buffer.from(encoder.FS.readFile(encoder.outputFilename));
  encoder.FS.unlink(encoder.outputFilename);
  encoder.delete();
  clearTimes(file);
  const keyFrames = Array.from(
    { length: Math.ceil(frames / KEY_FRAME_EVERY) },
    (_, index) => index * KEY_FRAME_EVERY + 1,
  );
  return listKeyFrames(file, keyFrames);
}
