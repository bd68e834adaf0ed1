import type { Direction, Report } from '@assay/sampler';

/** A trial's reports in a few numbers. Reports that are not finite count as steps, and as `last`, only. */
export interface CurveSummary {
  /** How many reports there are. */
  readonly steps: number;
  readonly last: Report;
  /** The best report, of equal ones the earliest; null when none is finite. */
  readonly best: Report | null;
  /** Where the curve is heading: least-squares slope of its later half (at least two reports), in value per unit of step. */
  readonly slope: number | null;
}

/** One step of the curve of medians. */
export interface MedianPoint {
  readonly step: number;
  readonly median: number;
  /** How many trials have a finite report at this step. */
  readonly trials: number;
}

/**
 * @param reports ascending by step
 * @returns null when there is no report
 */
export function summarizeCurve(reports: readonly Report[], direction: Direction): CurveSummary | null {
  const last = reports.at(-1);
  if (last === undefined) return null;
  const finite = reports.filter(({ value }) => Number.isFinite(value));
  const sign = direction === 'minimize' ? 1 : -1;
  const best = finite.reduce<Report | null>(
    (best, report) => (best === null || sign * report.value < sign * best.value ? report : best),
    null,
  );
  return { steps: reports.length, last, best, slope: slopeOf(laterHalf(finite)) };
}

function laterHalf(reports: readonly Report[]): readonly Report[] {
  return reports.slice(-Math.max(2, Math.ceil(reports.length / 2)));
}

function slopeOf(reports: readonly Report[]): number | null {
  if (reports.length < 2) return null;
  const meanStep = mean(reports.map(({ step }) => step));
  const meanValue = mean(reports.map(({ value }) => value));
  let [covariance, variance] = [0, 0];
  for (const { step, value } of reports) {
    covariance += (step - meanStep) * (value - meanValue);
    variance += (step - meanStep) ** 2;
  }
  return covariance / variance;
}

function mean(xs: readonly number[]): number {
  return xs.reduce((sum, x) => sum + x, 0) / xs.length;
}

/**
 * The median of the trials' values at every step that at least one of them has a finite report for, ascending by step.
 * Only values at exactly the same step are compared.
 */
export function medianCurve(trials: readonly { readonly reports: readonly Report[] }[]): readonly MedianPoint[] {
  const byStep = new Map<number, number[]>();
  for (const { step, value } of trials.flatMap(({ reports }) => reports)) {
    if (!Number.isFinite(value)) continue;
    const values = byStep.get(step) ?? [];
    values.push(value);
    byStep.set(step, values);
  }
  return [...byStep]
    .map(([step, values]) => ({ step, median: median(values), trials: values.length }))
    .sort((a, b) => a.step - b.step);
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
