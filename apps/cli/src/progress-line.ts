import type { PrepareProgress } from '@assay/study';
import { formatDuration } from './format/duration.js';

const BAR = 24;
const REDRAW_MS = 100;

export interface ProgressLine {
  show(progress: PrepareProgress): void;
  /** Removes the bar, so that what follows starts on a clean line. */
  clear(): void;
}

/** A bar with rows, rows a second, memory and time left on stderr; nothing at all without a terminal. */
export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  let drawnMs = 0;
  let stage = { name: '', startedMs: 0 };
  return {
    show(progress) {
      const now = performance.now();
      if (progress.stage !== stage.name) stage = { name: progress.stage, startedMs: now };
      if (now - drawnMs < REDRAW_MS) return;
      drawnMs = now;
      const text = progressText(progress, now - stage.startedMs);
      stream.write(`\r\u001b[2K${text.slice(0, Math.max(0, stream.columns - 1))}`);
    },
    clear() {
      if (drawnMs > 0) stream.write('\r\u001b[2K');
      drawnMs = 0;
    },
  };
}

/** @param elapsedMs since the stage began */
export function progressText({ stage, done, total, detail }: PrepareProgress, elapsedMs: number): string {
  if (total === null || total === 0) return `${stage}  ${detail}`;
  const share = Math.min(1, done / total);
  const bar = '█'.repeat(Math.round(share * BAR)).padEnd(BAR, '░');
  const left = share > 0 ? `, ${formatDuration((elapsedMs * (1 - share)) / share)} left` : '';
  return `${stage} ${bar} ${String(Math.floor(share * 100)).padStart(3)}%  ${detail}${left}`;
}
