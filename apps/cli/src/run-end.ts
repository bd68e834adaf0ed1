import { isFinished, type StopReason, type StudyRecord, type TrialRecord } from '@assay/study';
import { EXIT } from './exit-code.js';
import { frontOf } from './front.js';

/** How a run ended. */
export interface RunEnd {
  readonly study: StudyRecord;
  /** The study's trials when the run began, and now. */
  readonly before: readonly TrialRecord[];
  readonly trials: readonly TrialRecord[];
  readonly reason: StopReason;
  readonly elapsedMs: number;
  /** How many trials other processes finished meanwhile. */
  readonly elsewhere: number;
}

/** For `--json`: `best`, or with several objectives `front`. */
export function runResult({ study, trials, reason, elapsedMs, elsewhere }: RunEnd): unknown {
  const front = frontOf(study, trials);
  const best = front[0];
  return {
    study: study.name,
    reason,
    elapsedMs: Math.round(elapsedMs),
    finished: finishedIn(trials),
    failed: failedIn(trials),
    ...(elsewhere > 0 && { elsewhere }),
    ...(study.directions.length > 1
      ? { front: front.map(({ number, values, params }) => ({ trial: number, values, params })) }
      : { best: best === undefined ? null : { trial: best.number, value: best.values[0], params: best.params } }),
  };
}

/** @param interrupted what the process is to exit with when a signal stopped it; null when none did */
export function runExitCode(
  { before, trials, reason }: Pick<RunEnd, 'before' | 'trials' | 'reason'>,
  interrupted: number | null,
): number {
  if (reason === 'interrupted') return interrupted ?? EXIT.interrupted;
  if (reason === 'max-failures') return EXIT.failed;
  const finished = finishedIn(trials);
  const gained = finished - finishedIn(before);
  const isVain = gained === 0 && failedIn(trials) > failedIn(before);
  return isVain ? EXIT.failed : EXIT.done;
}

export function finishedIn(trials: readonly TrialRecord[]): number {
  return trials.filter(({ state }) => isFinished(state)).length;
}

export function failedIn(trials: readonly TrialRecord[]): number {
  return trials.filter(({ state }) => state === 'failed').length;
}
