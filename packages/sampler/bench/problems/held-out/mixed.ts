import type { Rng } from '@assay/sampler';
import type { ParamValues, SearchSpace } from '@assay/space';
import { gaussian, listOf, uniform, wholeBetween } from '../../random-values.js';
import type { Problem } from '../problem.js';
import { anyCategorical, anyNumeric, anyTarget } from './any-distribution.js';
import { unitOf } from './coordinates.js';
import { anyTerm, costOf, leastCost, type Term } from './terms.js';

/** A numeric parameter whose target is moved by one category and, where it is continuous, by an earlier parameter. */
interface MovedTerm extends Term {
  readonly name: string;
  readonly target: number;
  /** Which categorical parameter moves it, and by how much each choice does. */
  readonly mover: number;
  readonly shifts: readonly number[];
  /** The earlier numeric parameter that moves it too, with its strength; -1 for none. */
  readonly follows: number;
  readonly strength: number;
}

/**
 * Numbers of every kind and categories that interact: each category costs something, each pair of neighbouring ones
 * too, and the best place of each number depends on a category and perhaps on another number. Only continuous
 * parameters follow others, and they can always reach their target, so the least loss for given categories is a sum.
 */
export function mixedProblem(name: string, rng: Rng): Problem {
  const categories = listOf(wholeBetween(rng, 1, 3), () => anyCategorical(rng));
  const choiceCosts = categories.map(({ choices }) => choices.map(() => uniform(rng, 0, 0.5)));
  const pairCosts = categories
    .slice(1)
    .map(({ choices }, i) => categories[i]!.choices.map(() => choices.map(() => uniform(rng, 0, 0.3))));
  const terms: MovedTerm[] = [];
  for (let i = wholeBetween(rng, 2, 7); i > 0; i--) terms.push(movedTerm(terms.length, categories, rng));
  const parameters: SearchSpace = [
    ...terms.map(({ name, distribution }) => ({ name, distribution, condition: null })),
    ...categories.map((distribution, i) => ({ name: `c${i}`, distribution, condition: null })),
  ];
  const costOfChoices = (chosen: readonly number[]): number =>
    chosen.reduce((sum, choice, i) => sum + choiceCosts[i]![choice]!, 0) +
    pairCosts.reduce((sum, costs, i) => sum + costs[chosen[i]!]![chosen[i + 1]!]!, 0);
  const least = (chosen: readonly number[]): number =>
    costOfChoices(chosen) + terms.reduce((sum, term) => sum + leastCost(term, targetOf(term, chosen, 0.5)), 0);
  return {
    name,
    parameters,
    optimum: Math.min(...combinations(categories.map(({ choices }) => choices.length)).map(least)),
    loss: (params) => {
      const chosen = categories.map(({ choices }, i) => choices.indexOf(params[`c${i}`]!));
      return costOfChoices(chosen) + terms.reduce((sum, term) => sum + termCost(term, terms, chosen, params), 0);
    },
  };
}

function movedTerm(
  index: number,
  categories: readonly { readonly choices: readonly unknown[] }[],
  rng: Rng,
): MovedTerm {
  const distribution = anyNumeric(rng);
  const mover = wholeBetween(rng, 0, categories.length - 1);
  const continuous = distribution.kind === 'float' && distribution.step === null;
  return {
    ...anyTerm(distribution, rng),
    name: `x${index}`,
    target: anyTarget(rng),
    mover,
    shifts: categories[mover]!.choices.map(() => 0.15 * gaussian(rng)),
    follows: continuous && index > 0 && rng.next() < 0.5 ? wholeBetween(rng, 0, index - 1) : -1,
    strength: uniform(rng, -0.6, 0.6),
  };
}

function termCost(
  term: MovedTerm,
  terms: readonly MovedTerm[],
  chosen: readonly number[],
  params: ParamValues,
): number {
  const leader = terms[term.follows];
  const lead = leader === undefined ? 0.5 : unitOf(leader.distribution, params[leader.name]!);
  return costOf(term, params[term.name]!, targetOf(term, chosen, lead));
}

/** @param lead where the parameter that it follows is, in [0, 1] */
function targetOf({ target, shifts, mover, strength }: MovedTerm, chosen: readonly number[], lead: number): number {
  return Math.min(Math.max(target + shifts[chosen[mover]!]! + strength * (lead - 0.5), 0), 1);
}

/** Every list with an index below each of the counts. */
function combinations(counts: readonly number[]): readonly (readonly number[])[] {
  return counts.reduce<readonly (readonly number[])[]>(
    (lists, count) => lists.flatMap((list) => listOf(count, (i) => [...list, i])),
    [[]],
  );
}
