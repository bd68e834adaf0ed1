import type { StopReason, StudyRecord, TrialRecord } from '@assay/study';
import type { Progress } from './progress.js';

/** One thing worth knowing about a run: sampler, engine, workers and why, where the data comes from. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Where the study stands. `idle`: a study that is watched and that nobody seems to run. */
export type Phase =
  | { readonly kind: 'opening' }
  | { readonly kind: 'running' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'stopping'; readonly how: 'finish-running' | 'at-next-report' }
  | { readonly kind: 'stopped'; readonly reason: StopReason }
  | { readonly kind: 'crashed'; readonly message: string }
  | { readonly kind: 'idle' };

export interface LogLine {
  /** Unix time, milliseconds. */
  readonly atMs: number;
  readonly level: 'info' | 'warning' | 'error';
  /** The trial that said it; null for the study itself. */
  readonly trial: number | null;
  readonly text: string;
}

export interface RunningTrial {
  readonly trial: TrialRecord;
  /** How long nothing has been heard of it, once that is long enough to wonder; else null. */
  readonly quietMs: number | null;
}

/** Everything a frame is drawn from: plain data. Arrays keep their identity while their content does. */
export interface StudySnapshot {
  /** Null until the study is open. */
  readonly study: StudyRecord | null;
  /** `live`: this process runs it; `watch`: it is read from a store. */
  readonly mode: 'live' | 'watch';
  readonly facts: readonly Fact[];
  readonly phase: Phase;
  /** Ascending by number. */
  readonly running: readonly RunningTrial[];
  /** Complete, pruned and failed, ascending by number. */
  readonly ended: readonly TrialRecord[];
  /** Those of them that count: all but the ones that a person ignores. */
  readonly counted: readonly TrialRecord[];
  readonly progress: Progress;
  /** The best trial; with several objectives the front: all that no other one beats. Ascending by number. */
  readonly best: readonly TrialRecord[];
  /** The newest last; older lines are dropped. */
  readonly log: readonly LogLine[];
  /** When the snapshot was taken: Unix time, milliseconds. */
  readonly nowMs: number;
}

/** True when no trial will be started or end any more as far as this process can tell. */
export function isOver({ kind }: Phase): boolean {
  return kind === 'stopped' || kind === 'crashed';
}
