import type { SearchSpace } from '@assay/space';
import { bestByHypervolume } from '../pareto/best-by-hypervolume.js';
import { compareTrials, isComparable, lossesOf } from '../pareto/trial-order.js';
import { rememberLast } from '../remember-last.js';
import type { Observation, SamplerContext } from '../sampler.js';

/** The trials that survive; feasible complete ones first, each group best first only where it has been cut. */
export interface Population {
  readonly trials: readonly Observation[];
}

const rememberStart = rememberLast<SearchSpace, Population>();
const rememberNext = rememberLast<Population, Population>();

/**
 * Lets the finished trials compete one by one, in the order of their numbers: whenever there are more than `size`, the worst
 * one leaves ("steady state": Durillo, Nebro, Luna, Alba 2009). Nothing has to wait for a generation to be complete, so
 * trials that end late, and trials that others have chosen, take part like all others.
 */
export function populationAfter({ space, history, ...objectives }: SamplerContext, size: number): Population {
  const { directions, reportedObjective } = objectives;
  let population = rememberStart(space, [size, directions.join(), reportedObjective], () => ({ trials: [] }));
  for (const trial of history.toSorted((a, b) => a.number - b.number)) {
    const { trials } = population;
    population = rememberNext(population, [trial], () => ({ trials: survivors([...trials, trial], objectives, size) }));
  }
  return population;
}

/** What a study's values are for. */
type Objectives = Pick<SamplerContext, 'directions' | 'reportedObjective'>;

/**
 * The best trials, as many as `size`: feasible complete ones, front by front, of the front that does not fit those that
 * dominate most; then pruned ones, then infeasible ones by what they violate. (NSGA-II takes the least crowded of a front,
 * which with three objectives keeps worse ones.)
 */
export function survivors(
  trials: readonly Observation[],
  { directions, reportedObjective }: Objectives,
  size: number,
): readonly Observation[] {
  if (trials.length <= size) return trials;
  const comparable = trials.filter(isComparable);
  const losses = comparable.map((trial) => lossesOf(trial, directions));
  const best = bestByHypervolume(losses, Math.min(size, comparable.length)).map((index) => comparable[index]!);
  const others = trials.filter((trial) => !isComparable(trial));
  others.sort((a, b) => compareTrials(a, b, directions[0]!, directions[reportedObjective]));
  return [...best, ...others].slice(0, size);
}
