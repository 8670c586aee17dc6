import type { Card } from '../../../domain/card.ts';
import { h } from './dom.ts';
import { fill, words } from './page-words.ts';
import type { Ticker } from './ticker.ts';
import { stopwatch } from './times.ts';

type Progress = Pick<NonNullable<Card['progress']>, 'startedAt' | 'expected'>;

/** Positions on the bar, in percent of its length. */
export interface Scale {
  elapsed: number;
  low: number;
  high: number;
}

/** How much longer than the measured span the bar is, so that its end promises nothing. */
const ROOM = 1.15;

/**
 * The bar is a stretch of time: from the start to a little after the end of the measured span, and longer as soon as it
 * takes longer. So it says how long it has been and how long it usually is, and not how much is done, which nobody knows.
 */
export function scaleOf(elapsedMs: number, expected: { low: number; high: number }): Scale {
  const length = Math.max(expected.high * ROOM, elapsedMs, 1);
  const part = (ms: number) => (100 * Math.max(0, ms)) / length;
  return { elapsed: part(elapsedMs), low: part(expected.low), high: part(expected.high) };
}

/**
 * Progress that advances on its own.
 * @param usually the measured span in words, if there is one.
 */
export function progressElement(progress: Progress, usually: string | undefined, ticker: Ticker): HTMLElement {
  const { startedAt, expected } = progress;
  const elapsed = h('span', { class: 'elapsed' });
  const note = h('span', { class: 'usually' }, usually ?? '');
  const bar = h('div', { class: 'bar', role: 'progressbar', 'aria-label': words.sinceStart });
  const element = h('div', { class: expected ? 'progress' : 'progress unmeasured' }, bar, elapsed, note);
  if (expected) bar.append(h('div', { class: 'span' }), h('div', { class: 'fill' }));
  ticker.every(element, (now) => {
    const ms = Math.max(0, now - startedAt);
    elapsed.textContent = stopwatch(ms);
    if (!expected) {
      bar.setAttribute('aria-valuetext', fill(words.soFar, { time: stopwatch(ms) }));
      return;
    }
    const scale = scaleOf(ms, expected);
    for (const [name, percent] of Object.entries(scale)) bar.style.setProperty(`--${name}`, `${percent.toFixed(2)}%`);
    const late = ms > expected.high;
    element.classList.toggle('late', late);
    note.textContent = late ? fill(words.late, { usually: usually ?? '' }) : (usually ?? '');
    bar.setAttribute('aria-valuemin', '0');
    bar.setAttribute('aria-valuemax', String(Math.round(Math.max(expected.high, ms) / 1000)));
    bar.setAttribute('aria-valuenow', String(Math.round(ms / 1000)));
    bar.setAttribute('aria-valuetext', `${fill(words.soFar, { time: stopwatch(ms) })}, ${note.textContent}`);
  });
  return element;
}
