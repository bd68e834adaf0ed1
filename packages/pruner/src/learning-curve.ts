/** Whether smaller or larger values are better. */
export type Direction = 'minimize' | 'maximize';

/** One intermediate value of a trial. `step` is a whole number from 0 on; `value` may be NaN or infinite. */
export interface Report {
  readonly step: number;
  readonly value: number;
}

/** What a pruner must know of a trial. */
export interface LearningCurve {
  /** The trial's number within its study, from 0 on; Hyperband deals its brackets by it. */
  readonly number: number;
  readonly state: 'running' | 'complete' | 'pruned' | 'failed';
  /** Ascending by step, each step once. */
  readonly reports: readonly Report[];
  /** The values with which the trial completed the rungs 0, 1, ... (Optuna stores them as `completed_rung_<k>`). */
  readonly rungs: readonly number[];
  /** What the best trial is chosen by: the final value of a complete trial that breaks no constraint, otherwise null. */
  readonly value: number | null;
}

/** Whether `a` is strictly worse than `b`; never when one of them is NaN. */
export function isWorse(direction: Direction, a: number, b: number): boolean {
  return direction === 'minimize' ? a > b : a < b;
}

/** The best value among the reports, NaN ignored; NaN when there is nothing else. */
export function bestValue(direction: Direction, reports: readonly Report[]): number {
  let best = Number.NaN;
  for (const { value } of reports) {
    if (Number.isNaN(best) || isWorse(direction, best, value)) best = value;
  }
  return best;
}

/** The value reported at exactly this step, by binary search. */
export function valueAt(reports: readonly Report[], step: number): number | undefined {
  let from = 0;
  let to = reports.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (reports[middle]!.step < step) from = middle + 1;
    else to = middle;
  }
  const report = reports[from];
  return report?.step === step ? report.value : undefined;
}

/**
 * The last step of the first complete trial that has reports, which `auto` resources are taken from; undefined while there
 * is none. Optuna looks once, at the longest of the trials that are complete when it first can: with one worker this is the
 * same trial. Later and longer trials change nothing, so rungs and brackets stay where they are.
 */
export function firstCompleteRun(trials: readonly LearningCurve[]): number | undefined {
  let first: LearningCurve | undefined;
  for (const trial of trials) {
    if (trial.state !== 'complete' || trial.reports.length === 0) continue;
    if (first === undefined || trial.number < first.number) first = trial;
  }
  return first?.reports.at(-1)?.step;
}

/** The trial with the best final value, of equal ones the first by number; null while none has a value. */
export function bestCurve(direction: Direction, trials: readonly LearningCurve[]): LearningCurve | null {
  const sign = direction === 'minimize' ? 1 : -1;
  let [best, bestLoss] = [null as LearningCurve | null, Infinity];
  for (const trial of trials) {
    if (trial.value === null) continue;
    const loss = sign * trial.value;
    if (best === null || loss < bestLoss || (loss === bestLoss && trial.number < best.number))
      [best, bestLoss] = [trial, loss];
  }
  return best;
}
