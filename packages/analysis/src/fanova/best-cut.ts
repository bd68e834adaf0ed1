import type { Feature } from './feature-table.js';

/** The trials that trees are grown on. */
export interface Sample {
  readonly losses: Float64Array;
  /** How often each trial was drawn. */
  readonly weights: Float64Array;
}

/** A cut of one feature and how good it is: the sum of both parts' squared sums of losses over their weights. */
export interface ScoredCut {
  readonly at: number;
  readonly score: number;
}

/**
 * The cut of a node's trials by one feature that leaves the least squared error: of a range between two values, of categories
 * one against all others, as one-hot columns are cut.
 * @param trials ascending by the feature's values
 * @returns of equally good ones the first; null when all values are equal
 */
export function bestCut(feature: Feature, trials: Int32Array, sample: Sample): ScoredCut | null {
  switch (feature.kind) {
    case 'range':
      return bestThreshold(feature.values, trials, sample);
    case 'categories':
      return bestCategory(feature.values, trials, sample);
  }
}

function bestThreshold(values: Float64Array, trials: Int32Array, sample: Sample): ScoredCut | null {
  const { losses, weights } = sample;
  const all = sumOf(trials, sample);
  let [leftWeight, leftSum, best, bestScore] = [0, 0, -1, Number.NEGATIVE_INFINITY];
  for (let i = 0; i + 1 < trials.length; i++) {
    const trial = trials[i]!;
    leftWeight += weights[trial]!;
    leftSum += weights[trial]! * losses[trial]!;
    if (values[trial]! === values[trials[i + 1]!]!) continue;
    const score = scoreOf(leftWeight, leftSum, all);
    if (score > bestScore) [best, bestScore] = [i, score];
  }
  if (best < 0) return null;
  return { at: between(values[trials[best]!]!, values[trials[best + 1]!]!), score: bestScore };
}

/** Trials of one category follow each other. */
function bestCategory(values: Float64Array, trials: Int32Array, sample: Sample): ScoredCut | null {
  const { losses, weights } = sample;
  if (values[trials[0]!] === values[trials.at(-1)!]) return null;
  const all = sumOf(trials, sample);
  let [weight, sum, best, bestScore] = [0, 0, -1, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < trials.length; i++) {
    const trial = trials[i]!;
    weight += weights[trial]!;
    sum += weights[trial]! * losses[trial]!;
    if (i + 1 < trials.length && values[trial] === values[trials[i + 1]!]) continue;
    const score = scoreOf(weight, sum, all);
    if (score > bestScore) [best, bestScore] = [values[trial]!, score];
    [weight, sum] = [0, 0];
  }
  return { at: best, score: bestScore };
}

interface Total {
  readonly weight: number;
  readonly sum: number;
}

export function sumOf(trials: Int32Array, { losses, weights }: Sample): Total {
  let [weight, sum] = [0, 0];
  for (const trial of trials) {
    weight += weights[trial]!;
    sum += weights[trial]! * losses[trial]!;
  }
  return { weight, sum };
}

function scoreOf(weight: number, sum: number, all: Total): number {
  const rest = all.sum - sum;
  return (sum * sum) / weight + (rest * rest) / (all.weight - weight);
}

/** Half-way, but never the greater value itself. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  return middle < high ? middle : low;
}
