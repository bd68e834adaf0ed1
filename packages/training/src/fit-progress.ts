import type { ModelState, ModelWeights } from './model-state.js';

/** One validation. */
export interface FitReport {
  /** Training rows seen, in shards: the first visit of a shard is step 1, whatever the batch size or epochs per shard. */
  readonly step: number;
  /** The plan's metric on the validation rows, in the label's own units, without penalties. */
  readonly value: number;
}

/** The best validation and the weights it belongs to. */
export interface BestFit extends FitReport {
  readonly weights: ModelWeights;
}

/** Where a training stands after a report: plain data, and all that resuming needs beside the data and the options. */
export interface FitCheckpoint {
  readonly state: ModelState;
  /** The reports so far; the last one's step is how many visits were made. */
  readonly history: readonly FitReport[];
  /** Null before the first report. */
  readonly best: BestFit | null;
}

/** The checkpoint after one more report. A tie keeps the earlier best. */
export function advance(before: FitCheckpoint, state: ModelState, report: FitReport): FitCheckpoint {
  const better = before.best === null || report.value < before.best.value;
  const { weights, statistics } = state;
  return {
    state,
    history: [...before.history, report],
    best: better ? { ...report, weights: { weights, statistics } } : before.best,
  };
}

/** Reports since the best one among those from index `from` on; 0 when that is the last, or there is none. */
export function reportsSinceBest({ history }: FitCheckpoint, from: number): number {
  let best = history.length - 1;
  for (let at = history.length - 1; at >= from; at--) {
    if (history[at]!.value <= history[best]!.value) best = at;
  }
  return Math.max(0, history.length - 1 - best);
}
