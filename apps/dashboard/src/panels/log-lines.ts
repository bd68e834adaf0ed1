import type { LogLine } from '../data/study-snapshot.js';
import { type Line, span, type Tone } from '../draw/line.js';
import { printable } from '../text/cell-width.js';
import { formatTimeOfDay } from '../text/format-duration.js';
import type { Scene } from '../view/scene.js';

const TONES: Readonly<Record<LogLine['level'], Tone>> = { info: 'plain', warning: 'warning', error: 'bad' };

/** The end of the log, or what it is scrolled up to. */
export function logLines({ snapshot, state }: Scene, height: number): readonly Line[] {
  const { log } = snapshot;
  if (log.length === 0) return [[span(' nothing has been said yet', 'dim')]];
  const until = Math.max(Math.min(height, log.length), log.length - state.logUp);
  return log
    .slice(Math.max(0, until - height), until)
    .map(({ atMs, trial, level, text }) => [
      span(` ${formatTimeOfDay(atMs)} `, 'dim'),
      span(trial === null ? '' : `trial ${trial} `, 'strong'),
      span(printable(text), TONES[level]),
    ]);
}
