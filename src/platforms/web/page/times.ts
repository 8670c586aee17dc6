import type { TimeStyle } from '../../../domain/text.ts';
import { h } from './dom.ts';
import type { Ticker } from './ticker.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Moments stand inside of texts that are in the reader's language; where there is no page there is no reader. */
const LANGUAGE = globalThis.document ? navigator.language : 'en-GB';

const relative = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'auto' });

/** "in 5 minutes", "2 hours ago". */
export function relativeTime(ms: number, now: number): string {
  const distance = ms - now;
  const size = Math.abs(distance);
  if (size < MINUTE) return relative.format(Math.round(distance / 1000), 'second');
  if (size < HOUR) return relative.format(Math.round(distance / MINUTE), 'minute');
  if (size < DAY) return relative.format(Math.round(distance / HOUR), 'hour');
  return relative.format(Math.round(distance / DAY), 'day');
}

/** "0:07", "12:30", "1:05:00". */
export function stopwatch(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

const clock = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
const whole = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'full', timeStyle: 'short' });

/** "14:05" for today, else "21 November at 14:05". */
function momentTime(ms: number, now: number): string {
  return new Date(ms).toDateString() === new Date(now).toDateString() ? clock.format(ms) : date.format(ms);
}

/** A moment on the page, in the reader's time zone; a relative one stays true while time passes. */
export function timeElement(ms: number, style: TimeStyle | 'moment', ticker: Ticker): HTMLTimeElement {
  const element = h('time', { datetime: new Date(ms).toISOString(), title: whole.format(ms) });
  if (style === 'relative') {
    ticker.every(element, (now) => {
      element.textContent = relativeTime(ms, now);
    });
  } else if (style === 'moment') {
    element.textContent = momentTime(ms, ticker.now());
  } else {
    element.textContent = { time: clock, date }[style].format(ms);
  }
  return element;
}

/** The same in words only. */
export function momentText(ms: number, style: TimeStyle, now: number): string {
  return style === 'relative' ? relativeTime(ms, now) : { time: clock, date }[style].format(ms);
}
