import { REPEAT_VALUES, type StudyRecord, type TrialRecord } from '@assay/study';
import type { Objective } from '../data/objectives.js';
import { fit, printable } from '../text/cell-width.js';
import { formatNumber } from '../text/format-number.js';

/** One fact of a trial, behind its name. */
export type Row = readonly [name: string, value: string];

/** Each constraint, and by how much it holds or is violated; none where the study has none. */
export function constraintRows({ constraints }: TrialRecord): readonly Row[] {
  return constraints.map((value, i) => {
    const by = formatNumber(Math.abs(value), 6);
    return [`constraint ${i + 1}`, value > 0 ? `violated by ${by}` : `holds, with ${by} to spare`];
  });
}

/** What the repeats of a trial have come to so far. */
export interface RepeatedRuns {
  /** What is known of each: all objectives after the trial's end, the one that is reported before. */
  readonly metrics: readonly string[];
  /** A value per metric and run. */
  readonly runs: readonly (readonly number[])[];
}

/** Null in a study without repeats. */
export function repeatedRuns(
  trial: TrialRecord,
  study: StudyRecord | null,
  objectives: readonly Objective[],
): RepeatedRuns | null {
  const { repeats, pruneMetric } = study?.definition ?? {};
  if (repeats === undefined || repeats.count === 1) return null;
  const stored = trial.attributes[REPEAT_VALUES];
  if (Array.isArray(stored)) {
    return { metrics: objectives.map(({ name }) => name), runs: stored.map((run) => [run].flat() as number[]) };
  }
  return { metrics: [pruneMetric ?? objectives[0]!.name], runs: trial.reports.map(({ value }) => [value]) };
}

const COLUMN_WIDTH = 12;

/** Every run, then their means and standard errors, and their medians where the trial's values are these. */
export function repeatRows({ metrics, runs }: RepeatedRuns, aggregate: 'mean' | 'median'): readonly Row[] {
  const columns = metrics.map((_, j) => runs.map((run) => run[j] ?? Number.NaN));
  const row = (name: string, values: readonly number[]): Row => [
    name,
    values.map((value) => fit(formatNumber(value, 6), COLUMN_WIDTH)).join(' '),
  ];
  if (runs.length === 0) return [];
  return [
    ...(metrics.length > 1 ? [['', metrics.map((name) => fit(printable(name), COLUMN_WIDTH)).join(' ')] as const] : []),
    ...runs.map((run, i) => row(`repeat ${i + 1}`, run)),
    ...(aggregate === 'median' ? [row('median', columns.map(median))] : []),
    row('mean', columns.map(mean)),
    ...(runs.length > 1 ? [row('standard error', columns.map(standardError))] : []),
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(values.length - 1) >> 1]! + sorted[values.length >> 1]!) / 2;
}

/** Of the mean: from the unbiased variance of two or more values. */
function standardError(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
