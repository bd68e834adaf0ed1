import type { Rng } from '@assay/sampler';
import { categorical, int, type Parameter, type ParamValues } from '@assay/space';
import { gaussian, listOf, logUniform, uniform, wholeBetween } from '../../random-values.js';
import type { Problem } from '../problem.js';
import { anyNumeric, anyTarget } from './any-distribution.js';
import { anyTerm, costOf, leastCost, type Term } from './terms.js';

/** A number, and where it is best under each choice of the first category. */
interface Aimed extends Term {
  readonly name: string;
  readonly targets: readonly number[];
}

/** A category: what each of its choices costs, and the numbers that each brings along; most bring none. */
interface Choice {
  readonly name: string;
  readonly costs: readonly number[];
  readonly branches: readonly (readonly Aimed[])[];
}

/** Layers, say: what each count of them costs, and a number for each. */
interface Layers {
  readonly costs: readonly number[];
  readonly elements: readonly Aimed[];
}

interface Network {
  readonly numbers: readonly Aimed[];
  /** The first one moves the targets. */
  readonly choices: readonly [Choice, ...Choice[]];
  readonly layers: Layers;
}

/**
 * What training a network costs: 15 to 35 parameters, among them many categories, some of which bring numbers of their own,
 * and layers. Most of them matter little. Losses are exponentials, so that several bad values at once end far off.
 */
export function trainingProblem(name: string, rng: Rng): Problem {
  const network = anyNetwork(rng);
  const steepness = logUniform(rng, 0.3, 2);
  return {
    name,
    parameters: parametersOf(network),
    optimum: Math.exp(steepness * leastOf(network)),
    loss: (params) => Math.exp(steepness * lossOf(network, params)),
  };
}

function anyNetwork(rng: Rng): Network {
  const movers = wholeBetween(rng, 2, 4);
  const aimed = (name: string): Aimed => {
    const target = anyTarget(rng);
    const targets = listOf(movers, () => Math.min(Math.max(target + 0.1 * gaussian(rng), 0), 1));
    return { ...anyTerm(anyNumeric(rng), rng), name, targets };
  };
  const choices = listOf(wholeBetween(rng, 4, 8), (i) => anyChoice(`c${i + 1}`, wholeBetween(rng, 2, 5), aimed, rng));
  const costs = listOf(wholeBetween(rng, 2, 5), () => uniform(rng, 0, 0.3));
  return {
    numbers: listOf(wholeBetween(rng, 4, 8), (i) => aimed(`x${i}`)),
    choices: [anyChoice('c0', movers, aimed, rng), ...choices],
    layers: { costs, elements: costs.map((_, i) => aimed(`u[${i}]`)) },
  };
}

function anyChoice(name: string, count: number, aimed: (name: string) => Aimed, rng: Rng): Choice {
  const weight = logUniform(rng, 0.03, 1);
  const hasBranches = rng.next() < 0.3;
  const branch = (b: number): readonly Aimed[] =>
    listOf(hasBranches ? wholeBetween(rng, 0, 2) : 0, (i) => aimed(`${name}.b${b}.x${i}`));
  return { name, costs: listOf(count, () => weight * rng.next()), branches: listOf(count, branch) };
}

function parametersOf({ numbers, choices, layers }: Network): readonly Parameter[] {
  const own = ({ name, distribution }: Aimed, condition: Parameter['condition']): Parameter => ({
    name,
    distribution,
    condition,
  });
  return [
    ...numbers.map((term) => own(term, null)),
    ...choices.flatMap(({ name, branches }): readonly Parameter[] => [
      { name, distribution: categorical(branches.map((_, b) => `b${b}`)), condition: null },
      ...branches.flatMap((terms, b) =>
        terms.map((term) => own(term, { kind: 'equals', parent: name, value: `b${b}` })),
      ),
    ]),
    { name: 'n', distribution: int(1, layers.costs.length), condition: null },
    ...layers.elements.map((term, index) => own(term, { kind: 'above', parent: 'n', index })),
  ];
}

function lossOf({ numbers, choices, layers }: Network, params: ParamValues): number {
  const chosen = choices.map(({ name }) => Number((params[name] as string).slice(1)));
  const cost = (term: Aimed): number => costOf(term, params[term.name]!, term.targets[chosen[0]!]!);
  const ofChoices = choices.map(({ costs, branches }, i) => costs[chosen[i]!]! + sum(branches[chosen[i]!]!.map(cost)));
  return sum(numbers.map(cost)) + sum(ofChoices) + layersCost(layers, params.n as number, cost);
}

/** The layers of a deeper network matter less each. */
function layersCost({ costs, elements }: Layers, count: number, cost: (term: Aimed) => number): number {
  return costs[count - 1]! + sum(elements.slice(0, count).map(cost)) / count;
}

/** The least over the choices of the mover; given that, every part is at its own least. */
function leastOf({ numbers, choices: [mover, ...others], layers }: Network): number {
  const leastWith = (moved: number): number => {
    const least = (term: Aimed): number => leastCost(term, term.targets[moved]!);
    const choiceCosts = ({ costs, branches }: Choice) => costs.map((cost, b) => cost + sum(branches[b]!.map(least)));
    const ofOthers = others.map((choice) => Math.min(...choiceCosts(choice)));
    const ofLayers = layers.costs.map((_, i) => layersCost(layers, i + 1, least));
    return sum(numbers.map(least)) + choiceCosts(mover)[moved]! + sum(ofOthers) + Math.min(...ofLayers);
  };
  return Math.min(...mover.costs.map((_, moved) => leastWith(moved)));
}

function sum(xs: readonly number[]): number {
  return xs.reduce((total, x) => total + x, 0);
}
