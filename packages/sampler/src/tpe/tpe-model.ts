import type { Axis } from '../axis.js';
import type { Direction, Observation } from '../sampler.js';
import { buildMixture, type Mixture } from './mixture.js';
import { isFeasible, lossOf, type Split, splitTrials } from './split-trials.js';
import type { TpeOptions } from './tpe-options.js';
import { improvementWeights, recencyWeights } from './trial-weights.js';

/** The densities of good and of other configurations. */
export interface TpeModel {
  readonly good: Mixture;
  readonly bad: Mixture;
}

/** A trial and where it lies; coordinates that are inactive or unknown are NaN. */
export interface PlacedTrial {
  readonly trial: Observation;
  readonly point: Float64Array;
}

/**
 * Fits both densities: the best share of the finished trials against the rest and the running ones, whose results are
 * taken to be bad so that workers spread out ("constant liar").
 * @param finished ascending by number, as `running`
 */
export function buildModel(
  axes: readonly Axis[],
  finished: readonly PlacedTrial[],
  running: readonly PlacedTrial[],
  directions: readonly Direction[],
  options: TpeOptions,
): TpeModel {
  const count = Math.min(Math.ceil(options.gamma * finished.length), options.maxGood);
  const split = splitTrials(
    finished.map(({ trial }) => trial),
    directions,
    count,
  );
  const chosen = new Set(split.good);
  const good = finished.filter(({ trial }) => chosen.has(trial));
  const bad = [...finished.filter(({ trial }) => !chosen.has(trial)), ...running];
  bad.sort((a, b) => a.trial.number - b.trial.number);
  const mixture = (side: readonly PlacedTrial[], weights: Float64Array): Mixture => {
    const known = side.map(({ point }) => isKnown(point));
    const points = side.filter((_, i) => known[i]).map(({ point }) => point);
    return buildMixture(
      axes,
      points,
      weights.filter((_, i) => known[i]),
      options,
    );
  };
  return {
    good: mixture(good, goodWeights(split, directions, options)),
    bad: mixture(bad, options.weights === 'recency' ? recencyWeights(bad.length) : ones(bad.length)),
  };
}

/** Whether a trial has any parameter of the space. */
function isKnown(point: Float64Array): boolean {
  for (let d = 0; d < point.length; d++) if (!Number.isNaN(point[d]!)) return true;
  return false;
}

function goodWeights({ good, bad }: Split, directions: readonly Direction[], { weights }: TpeOptions): Float64Array {
  const [direction] = directions;
  switch (weights) {
    case 'uniform':
      return ones(good.length);
    case 'recency':
      return recencyWeights(good.length);
    case 'improvement': {
      if (direction === undefined || directions.length > 1) return ones(good.length);
      const comparable = bad.filter((trial) => trial.state === 'complete' && isFeasible(trial));
      const threshold = comparable.reduce((least, trial) => Math.min(least, lossOf(trial, direction)), Infinity);
      return improvementWeights(
        good.map((trial) => lossOf(trial, direction)),
        threshold,
      );
    }
  }
}

function ones(count: number): Float64Array {
  return new Float64Array(count).fill(1);
}
