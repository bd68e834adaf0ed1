/** Whether smaller or larger values are better. */
export type Direction = 'minimize' | 'maximize';

/** One intermediate value of a trial. `step` is a whole number from 0 on; `value` may be NaN or infinite. */
export interface Report {
  readonly step: number;
  readonly value: number;
}

/** What a pruner must know of a trial. The study's trial record satisfies it by shape, so neither package imports the other. */
export interface LearningCurve {
  /** The trial's number within its study, from 0 on; Hyperband deals its brackets by it. */
  readonly number: number;
  readonly state: 'running' | 'complete' | 'pruned' | 'failed';
  /** Ascending by step, each step once. */
  readonly reports: readonly Report[];
  /** The values with which the trial completed the rungs 0, 1, ... (Optuna stores them as `completed_rung_<k>`). */
  readonly rungs: readonly number[];
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

/** The largest step that a complete trial reported; undefined while no complete trial has reports. */
export function longestCompleteRun(trials: readonly LearningCurve[]): number | undefined {
  let longest: number | undefined;
  for (const { state, reports } of trials) {
    const last = reports.at(-1);
    if (state !== 'complete' || last === undefined) continue;
    if (longest === undefined || last.step > longest) longest = last.step;
  }
  return longest;
}
