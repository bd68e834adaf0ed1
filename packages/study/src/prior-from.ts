import type { Direction, Observation } from '@assay/sampler';
import { contains, fromModel, isActive, type ParamValues, type Scalar, type SearchSpace, toModel } from '@assay/space';
import { isFinished } from './life-cycle.js';
import { StudyError } from './study-error.js';
import type { Prior, StudyRecord } from './study-store.js';
import { topTrials } from './top-trials.js';
import { isIgnored } from './trial-marks.js';
import type { TrialRecord } from './trial-record.js';

/** A study to learn from, with all its trials, ascending by number. */
export interface EarlierStudy {
  readonly study: Pick<StudyRecord, 'name' | 'directions' | 'metrics'>;
  readonly trials: readonly TrialRecord[];
}

/** What a prior must fit: the new study. */
export interface PriorTarget {
  readonly space: SearchSpace;
  readonly directions: readonly Direction[];
  readonly metrics: readonly string[];
}

/**
 * How many observations a prior has at most: so many that any space is covered, so few that samplers take no longer over
 * a study's first trials than over its thousandth.
 */
export const MOST_PRIOR_TRIALS = 1_000;

/**
 * An earlier study's finished trials in a new study's terms, ascending by number.
 *
 * A parameter is taken over by its name, where the new space has it, in its configuration, and with this value in range:
 * numbers by value, whatever the scale, and onto the grid where the new range has a step; choices where an equal one is among
 * the new ones. Otherwise it is missing from the observation, and with it those that depend on it; a trial of which nothing
 * remains is left out. Values are put in the order of the metrics where both studies have the same names.
 *
 * Of more than `MOST_PRIOR_TRIALS` half are the best ones, the others the most recent. A pruned trial keeps its last report.
 * @throws {StudyError} `INCOMPATIBLE_STUDY` when the earlier study has other objectives
 */
export function priorFrom(earlier: EarlierStudy, target: PriorTarget): Prior {
  const order = objectiveOrder(earlier.study, target);
  const mapped = earlier.trials.flatMap((trial) => {
    if (!isFinished(trial.state) || isIgnored(trial)) return [];
    const params = mapParams(trial.params, target.space);
    if (Object.keys(params).length === 0) return [];
    return [{ ...trial, params, values: reorder(trial.values, order) }];
  });
  return mostTelling(mapped, target.directions).map(observationOf);
}

/** Which of the earlier study's objectives each of the new one's is. */
function objectiveOrder({ name, directions, metrics }: EarlierStudy['study'], target: PriorTarget): readonly number[] {
  const sameNames =
    metrics.length === target.metrics.length &&
    new Set(metrics).size === metrics.length &&
    target.metrics.every((metric) => metrics.includes(metric));
  const order = target.directions.map((_, j) => (sameNames ? metrics.indexOf(target.metrics[j]!) : j));
  const fits =
    directions.length === order.length && order.every((from, j) => directions[from] === target.directions[j]);
  if (fits) return order;
  const [was, is] = [describe({ directions, metrics }), describe(target)];
  throw new StudyError(
    'INCOMPATIBLE_STUDY',
    `'${name}' cannot warm this study up: it would ${was}, this one is to ${is}. Name an earlier study of the same objectives`,
  );
}

function describe({ directions, metrics }: Pick<StudyRecord, 'directions' | 'metrics'>): string {
  return directions.map((direction, j) => `${direction} ${metrics[j] ?? `value ${j}`}`).join(', ');
}

function reorder(values: readonly number[], order: readonly number[]): readonly number[] {
  return values.length === order.length ? order.map((from) => values[from]!) : values;
}

function mapParams(values: ParamValues, space: SearchSpace): ParamValues {
  const params: Record<string, Scalar> = {};
  for (const parameter of space) {
    const { name, distribution } = parameter;
    if (!isActive(parameter, params) || !Object.hasOwn(values, name)) continue;
    const value = fitted(values[name]!, distribution);
    if (value !== null) params[name] = value.scalar;
  }
  return params;
}

/** The value as the distribution has it, in a box since null may be one; null when it is out of range. */
function fitted(value: Scalar, distribution: SearchSpace[number]['distribution']): { readonly scalar: Scalar } | null {
  const isNumeric = distribution.kind === 'float' || distribution.kind === 'int';
  if (!isNumeric) return contains(distribution, value) ? { scalar: value } : null;
  const { low, high } = distribution;
  if (typeof value !== 'number' || !(value >= low && value <= high)) return null;
  return { scalar: contains(distribution, value) ? value : fromModel(distribution, toModel(distribution, value)) };
}

function mostTelling(trials: readonly TrialRecord[], directions: readonly Direction[]): readonly TrialRecord[] {
  if (trials.length <= MOST_PRIOR_TRIALS) return trials;
  const best = new Set(topTrials(trials, directions, MOST_PRIOR_TRIALS / 2));
  const others = trials.filter((trial) => !best.has(trial));
  const recent = new Set(others.slice(best.size - MOST_PRIOR_TRIALS));
  return trials.filter((trial) => best.has(trial) || recent.has(trial));
}

/** Notes are between the earlier study and its own sampler. */
function observationOf({ number, state, params, values, constraints, reports }: TrialRecord): Observation {
  const finished = state === 'complete' ? 'complete' : 'pruned';
  return {
    number,
    state: finished,
    params,
    values,
    constraints,
    reports: finished === 'pruned' ? reports.slice(-1) : [],
    note: null,
  };
}
