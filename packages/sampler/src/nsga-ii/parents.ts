import { nonDominationRanks } from '../pareto/non-domination-ranks.js';
import { isComparable, lossesOf } from '../pareto/trial-order.js';
import type { Rng } from '../rng.js';
import type { Direction, Observation, SamplerContext } from '../sampler.js';
import { crowdingDistances } from './crowding.js';
import { populationAfter, survivors } from './population.js';

/** A trial that may have children, and how it stands among the others. */
export interface Parent {
  readonly trial: Observation;
  /** Its front, from 0; trials that do not compare stand behind all fronts. */
  readonly rank: number;
  /** The crowding distance on its front. */
  readonly alone: number;
}

/** The population; while it is not complete, the best of an earlier study fill it up. */
export function parentsOf(context: SamplerContext, size: number): readonly Parent[] {
  const own = standings(populationAfter(context, size).trials, context.directions);
  if (own.length === size || context.prior.length === 0) return own;
  const prior = context.prior.toSorted((a, b) => a.number - b.number);
  const earlier = standings(survivors(prior, context, size), context.directions);
  return [...own, ...earlier.slice(0, size - own.length)];
}

function standings(trials: readonly Observation[], directions: readonly Direction[]): readonly Parent[] {
  const comparable = trials.filter(isComparable);
  const losses = comparable.map((trial) => lossesOf(trial, directions));
  const ranks = nonDominationRanks(losses);
  const alone = losses.map(() => 0);
  for (const rank of new Set(ranks)) {
    const front = ranks.flatMap((other, i) => (other === rank ? [i] : []));
    const distances = crowdingDistances(front.map((i) => losses[i]!));
    for (const [k, i] of front.entries()) alone[i] = distances[k]!;
  }
  return [
    ...comparable.map((trial, i) => ({ trial, rank: ranks[i]!, alone: alone[i]! })),
    ...trials.filter((trial) => !isComparable(trial)).map((trial) => ({ trial, rank: Infinity, alone: 0 })),
  ];
}

/** The better one of two at random: of the lower front, or more alone on the same. */
export function tournament(parents: readonly Parent[], rng: Rng): Parent {
  const pick = (): Parent => parents[Math.floor(rng.next() * parents.length)]!;
  const [a, b] = [pick(), pick()];
  if (a.rank !== b.rank) return a.rank < b.rank ? a : b;
  return b.alone > a.alone ? b : a;
}
