import type { Report } from './learning-curve.js';

/** When a pruner looks at a trial. */
export interface CheckSchedule {
  /** No check before this step. */
  readonly warmupSteps: number;
  /** One check in each interval of so many steps, counted from `warmupSteps` on. */
  readonly intervalSteps: number;
}

/**
 * Whether the newest report is past the warm-up and the first one of its interval. An interval without a report is
 * skipped, so a trial that reports rarely is checked at each report.
 * @see Optuna 5.0.0, `pruners/_percentile.py`, `_is_first_in_interval_step`
 */
export function isCheckDue(reports: readonly Report[], { warmupSteps, intervalSteps }: CheckSchedule): boolean {
  const last = reports.at(-1);
  if (last === undefined || last.step < warmupSteps) return false;
  const intervalStart = Math.floor((last.step - warmupSteps) / intervalSteps) * intervalSteps + warmupSteps;
  const previous = reports.at(-2);
  return previous === undefined || previous.step < intervalStart;
}
