import { coordinateOf } from '../axis.js';
import { compareTrials } from '../pareto/trial-order.js';
import { rememberLast } from '../remember-last.js';
import type { Observation } from '../sampler.js';
import { type Gaussian, gaussianOf } from './gaussian.js';
import { type NumericAxis, toUnit } from './numeric-axis.js';
import { type SearchFrame, type SearchState, startState } from './search-state.js';

/** So many trials are needed before their best ones say where to start; fewer best ones than two have no spread. */
const LEAST_TRIALS = 20;

/** The share of them that counts as best, and how far around each of them the start reaches: WS-CMA-ES's gamma and alpha. */
const BEST_SHARE = 0.1;
const REACH = 0.1;

/** The best of the trials, to start at; none when there are too few. Ascending by number. */
export function startingTrials(
  trials: readonly Observation[],
  direction: SearchFrame['direction'],
): readonly Observation[] {
  if (trials.length < LEAST_TRIALS) return [];
  return trials
    .toSorted((a, b) => compareTrials(a, b, direction))
    .slice(0, Math.ceil(BEST_SHARE * trials.length))
    .sort((a, b) => a.number - b.number);
}

const rememberStart = rememberLast<SearchFrame, SearchState>();

/**
 * The first generation: the normal distribution closest to a mixture of equal ones around the given trials. Without a
 * trial, or for a parameter that one of them lacks, the middle of the range with the deviation of the first run.
 * @see Nomura et al. 2021, "Warm starting CMA-ES for hyperparameter optimization", arXiv:2012.06932, section 4
 */
export function startAt(frame: SearchFrame, trials: readonly Observation[]): SearchState {
  return rememberStart(frame, trials, () => startState(frame, 0, frame.firstRun, firstGaussian(frame, trials)));
}

function firstGaussian(frame: SearchFrame, trials: readonly Observation[]): Gaussian {
  const units = trials.map((trial) => unitsOf(frame.axes, trial));
  const centre = frame.axes.map((_, i) => meanOf(units.map((unit) => unit[i]!)));
  const { sigma } = frame.firstRun;
  const spread = (i: number, j: number): number => {
    const own = Number.isNaN(centre[i]) ? sigma ** 2 : REACH ** 2;
    const shared = meanOf(units.map((unit) => (unit[i]! - centre[i]!) * (unit[j]! - centre[j]!)));
    return (Number.isNaN(shared) ? 0 : shared) + (i === j ? own : 0);
  };
  const covariance = Float64Array.from(frame.axes.flatMap((_, i) => frame.axes.map((__, j) => spread(i, j))));
  const mean = Float64Array.from(centre, (unit) => (Number.isNaN(unit) ? 0.5 : unit));
  return withUnitDeterminant(mean, covariance);
}

/** Leaves the size to sigma: C gets determinant 1. */
function withUnitDeterminant(mean: Float64Array, covariance: Float64Array): Gaussian {
  const { lengths } = gaussianOf(mean, 1, covariance);
  const sigma = Math.exp(meanOf([...lengths].map(Math.log)));
  return gaussianOf(
    mean,
    sigma,
    covariance.map((value) => value / sigma ** 2),
  );
}

/** NaN for a parameter that the trial lacks. */
function unitsOf(axes: readonly NumericAxis[], { params }: Observation): readonly number[] {
  return axes.map(({ axis }) => toUnit(axis, coordinateOf(axis, params[axis.parameter.name])));
}

/** NaN of none. */
function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
