import type { Axis } from '../axis.js';
import { isFeasible } from '../pareto/trial-order.js';
import type { Observation } from '../sampler.js';
import { type AcquisitionTerm, acquisitionOf } from './acquisition.js';
import type { Hill } from './climb.js';
import { constraintValues } from './constraint-values.js';
import type { Features } from './features.js';
import type { Hyperparameters } from './hyperparameters.js';
import { completed, type LatentPoint } from './latent-point.js';
import { gapsOf } from './loss-gaps.js';
import { meanAt, type Surrogate, surrogateOf } from './surrogate.js';
import type { Target } from './targets.js';
import { CONSTANT_TREND, type Trend } from './trend.js';

/** What a model is made from. */
export interface ModelData {
  readonly axes: readonly Axis[];
  readonly features: Features;
  readonly trend: Trend;
  readonly targets: readonly Target[];
  /** Where the targets lie. */
  readonly points: readonly Float64Array[];
  /** Where trials are in flight. */
  readonly running: readonly Float64Array[];
  /** An earlier suggestion's fits: the objective's, then each constraint's. */
  readonly known: readonly Hyperparameters[];
  /** Whether the losses are bent. */
  readonly bends: boolean;
  /** Counts the models of this kind. */
  readonly round: number;
}

export interface GpModel {
  /** What to maximise. */
  readonly hill: Hill;
  /** Where to begin: the best trials by expectation, the best first. */
  readonly best: readonly LatentPoint[];
  readonly fits: readonly Hyperparameters[];
}

/** How many of the best trials are searched around: several, as expectations of one valley differ by little. */
const CENTRES = 3;

/**
 * Surrogates of the objective and of every constraint, and their acquisition. While no trial is feasible only the
 * probability of being so counts.
 */
export function buildModel(data: ModelData): GpModel {
  const { axes, features, targets, points, running } = data;
  const objective = objectiveOf(data);
  const constraints = constraintsOf(data);
  const means = points.map((point) => meanAt(objective.posterior, features, point));
  const feasible = [...points.keys()].filter((i) => isKnownFeasible(targets[i]!.trial));
  const ranked = (feasible.length > 0 ? feasible : [...points.keys()]).sort((a, b) => means[a]! - means[b]!);
  const limits = constraints.map(({ term }) => term);
  const promising = running.filter((point) =>
    limits.every((term) => meanAt(term.posterior, features, point) <= term.threshold),
  );
  const improvement: AcquisitionTerm = {
    posterior: objective.posterior,
    // expectations, not values: a lucky value of a noisy objective would be out of reach
    threshold: Math.min(means[ranked[0]!]!, ...promising.map((point) => meanAt(objective.posterior, features, point))),
    measure: 'improvement',
  };
  const isSearchingFeasible = feasible.length === 0 && constraints.length > 0;
  const terms = [...(isSearchingFeasible ? [] : [improvement]), ...limits];
  const rankedPoints = ranked.map((i) => points[i]!);
  return {
    hill: {
      axes,
      features,
      acquisition: acquisitionOf(terms),
      scales: objective.theta.slice(0, features.count).map(Math.exp),
      row: new Float64Array(features.count),
    },
    best: rankedPoints.slice(0, CENTRES).map((point) => completed(axes, point, rankedPoints)),
    fits: [objective.theta, ...constraints.map(({ theta }) => theta)],
  };
}

/** A pruned trial seldom says what its constraints were. */
function isKnownFeasible(trial: Observation): boolean {
  return isFeasible(trial) && (trial.state === 'complete' || trial.constraints.length > 0);
}

function objectiveOf({ features, trend, targets, points, running, known, bends, round }: ModelData): Surrogate {
  const gaps = gapsOf(targets.map(({ loss }) => loss));
  return surrogateOf({ features, trend, points, gaps, bends, running }, known[0], round);
}

interface Constraint {
  readonly term: AcquisitionTerm;
  readonly theta: Hyperparameters;
}

/** One per constraint that some trial violates or fulfils more than another. */
function constraintsOf({ features, targets, points, running, known, round }: ModelData): readonly Constraint[] {
  const count = targets.reduce((most, { trial }) => Math.max(most, trial.constraints.length), 0);
  const found: Constraint[] = [];
  for (let j = 0; j < count; j++) {
    const having = [...targets.keys()].filter((i) => j < targets[i]!.trial.constraints.length);
    const scaled = constraintValues(having.map((i) => targets[i]!.trial.constraints[j]!));
    if (scaled === null) continue;
    const where = { features, trend: CONSTANT_TREND, points: having.map((i) => points[i]!), running };
    const observed = { ...where, gaps: scaled.values, bends: false };
    const { posterior, theta } = surrogateOf(observed, known[1 + found.length], round);
    found.push({ term: { posterior, threshold: scaled.limit, measure: 'probability' }, theta });
  }
  return found;
}
