import { type LogTail, logBelow, logImprovement } from './normal-tails.js';
import type { Posterior } from './posterior.js';

/** What is maximised to find the next configuration. */
export interface Acquisition {
  value(f: Float64Array): number;
  /** The value; writes its gradient by the features into `slope`, 0 for categories. */
  valueAndSlope(f: Float64Array, slope: Float64Array): number;
}

export interface AcquisitionTerm {
  readonly posterior: Posterior;
  /** The output to fall below. */
  readonly threshold: number;
  /** By how much it is expected to, or how likely it is to. */
  readonly measure: 'improvement' | 'probability';
}

/**
 * The sum of the terms' logarithms: ln of the expected improvement times the probability that every constraint holds,
 * taking objective and constraints to be independent.
 * @see Gardner et al. 2014, "Bayesian optimization with inequality constraints"
 */
export function acquisitionOf(terms: readonly AcquisitionTerm[]): Acquisition {
  return {
    value: (f) => {
      let sum = 0;
      for (const term of terms) sum += scoreAt(term, f).log;
      return sum;
    },
    valueAndSlope: (f, slope) => {
      slope.fill(0);
      let sum = 0;
      for (const term of terms) {
        const { log, byMean, byDeviation } = scoreAt(term, f);
        const { posterior } = term;
        posterior.takeMeanSlope();
        posterior.takeDeviationSlope();
        for (let k = 0; k < slope.length; k++) {
          slope[k]! += byMean * posterior.meanSlope[k]! + byDeviation * posterior.deviationSlope[k]!;
        }
        sum += log;
      }
      return sum;
    },
  };
}

interface Score {
  readonly log: number;
  readonly byMean: number;
  readonly byDeviation: number;
}

function scoreAt({ posterior, threshold, measure }: AcquisitionTerm, f: Float64Array): Score {
  posterior.moveTo(f);
  posterior.takeDeviation();
  const { mean, deviation } = posterior;
  const u = (threshold - mean) / deviation;
  switch (measure) {
    case 'improvement': {
      const tail = logImprovement(u);
      const { byMean, byDeviation } = slopesOf(tail, u, deviation);
      return { log: tail.log + Math.log(deviation), byMean, byDeviation: byDeviation + 1 / deviation };
    }
    case 'probability': {
      const tail = logBelow(u);
      return { log: tail.log, ...slopesOf(tail, u, deviation) };
    }
  }
}

function slopesOf(tail: LogTail, u: number, deviation: number): Pick<Score, 'byMean' | 'byDeviation'> {
  return { byMean: -tail.slope / deviation, byDeviation: (-u * tail.slope) / deviation };
}
