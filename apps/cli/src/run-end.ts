import {
  countTrials,
  type StopReason,
  type StudyRecord,
  type StudyStore,
  type TrialCounts,
  type TrialRecord,
} from '@assay/study';
import { EXIT } from './exit-code.js';
import { frontOf, frontSize, noneBest } from './front.js';

/** What a study's trials have come to. */
export interface Standing {
  readonly counts: TrialCounts;
  /** The best trial, or with several objectives the front; the best by the first objective comes first. */
  readonly front: readonly TrialRecord[];
  /** Why no trial is best; with several objectives how large the front is. */
  readonly says: string;
  /** Trial 0. */
  readonly first: TrialRecord | null;
}

export function standingOf(study: StudyRecord, trials: readonly TrialRecord[]): Standing {
  const front = frontOf(study, trials);
  const says = front.length === 0 ? noneBest(trials) : frontSize(front, trials);
  return { counts: countTrials(trials), front, says, first: trials[0] ?? null };
}

/** The same of a study that nobody has read yet. Where one trial is best, not all are read for it. */
export async function readStanding(store: StudyStore, study: StudyRecord): Promise<Standing> {
  const front = study.directions.length > 1 ? [] : await store.rankTrials(study.id, { limit: 1 });
  if (front.length === 0) return standingOf(study, await store.readTrials(study.id, { reports: false }));
  const [first = null] = await store.readTrials(study.id, { limit: 1 });
  return { counts: await store.countTrials(study.id), front, says: '', first };
}

/** How a run ended. */
export interface RunEnd {
  readonly study: StudyRecord;
  /** The study's trials when the run began. */
  readonly before: TrialCounts;
  readonly standing: Standing;
  readonly reason: StopReason;
  readonly elapsedMs: number;
  /** How many trials other processes finished meanwhile. */
  readonly elsewhere: number;
}

/** For `--json`: `best`, or with several objectives `front`. */
export function runResult({ study, standing, reason, elapsedMs, elsewhere }: RunEnd): unknown {
  const { counts, front } = standing;
  const best = front[0];
  return {
    study: study.name,
    reason,
    elapsedMs: Math.round(elapsedMs),
    finished: finishedIn(counts),
    failed: counts.failed,
    ...(elsewhere > 0 && { elsewhere }),
    ...(study.directions.length > 1
      ? { front: front.map(({ number, values, params }) => ({ trial: number, values, params })) }
      : { best: best === undefined ? null : { trial: best.number, value: best.values[0], params: best.params } }),
  };
}

/** @param interrupted what the process is to exit with when a signal stopped it; null when none did */
export function runExitCode(
  { before, now, reason }: { readonly before: TrialCounts; readonly now: TrialCounts; readonly reason: StopReason },
  interrupted: number | null,
): number {
  if (reason === 'interrupted') return interrupted ?? EXIT.interrupted;
  if (reason === 'max-failures') return EXIT.failed;
  const gained = finishedIn(now) - finishedIn(before);
  const isVain = gained === 0 && now.failed > before.failed;
  return isVain ? EXIT.failed : EXIT.done;
}

export function finishedIn({ complete, pruned }: TrialCounts): number {
  return complete + pruned;
}
