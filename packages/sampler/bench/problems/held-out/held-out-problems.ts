import { createRng, type Rng, randomSampler } from '@assay/sampler';
import { gaussian, listOf, logUniform } from '../../random-values.js';
import type { Challenge } from '../../simulation/challenge.js';
import { trainingChallenge } from '../../simulation/training-challenge.js';
import type { Problem } from '../problem.js';
import { conditionalProblem } from './conditional.js';
import { constrainedProblem } from './constrained.js';
import { continuousProblem, sparseProblem } from './continuous.js';
import { gridProblem } from './grid.js';
import { bowl, bumps, type LandscapeFamily, ridge, ripples, stairs, valley } from './landscapes.js';
import { mixedProblem } from './mixed.js';
import { tableProblem } from './random-table.js';
import { roughTableProblem } from './rough-table.js';
import { trainingProblem } from './training.js';

type Maker = (name: string, rng: Rng) => Problem;

const continuous =
  (family: LandscapeFamily): Maker =>
  (name, rng) =>
    continuousProblem(name, family, rng);

const sparse =
  (family: LandscapeFamily): Maker =>
  (name, rng) =>
    sparseProblem(name, family, rng);

/** What the suite is made of: a family, how to make one of it, and how many. */
const FAMILIES: readonly (readonly [name: string, make: Maker, count: number])[] = [
  ['bowl', continuous(bowl), 2],
  ['ridge', continuous(ridge), 2],
  ['valley', continuous(valley), 2],
  ['bumps', continuous(bumps), 2],
  ['ripples', continuous(ripples), 2],
  ['stairs', continuous(stairs), 1],
  ['sparse-bowl', sparse(bowl), 2],
  ['sparse-bumps', sparse(bumps), 1],
  ['sparse-ripples', sparse(ripples), 1],
  ['mixed', mixedProblem, 6],
  ['conditional', conditionalProblem, 6],
  ['table', tableProblem, 6],
  ['constrained', constrainedProblem, 3],
  ['noisy-bowl', noisy(continuous(bowl)), 1],
  ['noisy-ripples', noisy(continuous(ripples)), 1],
  ['noisy-mixed', noisy(mixedProblem), 2],
  ['noisy-conditional', noisy(conditionalProblem), 1],
  ['noisy-table', noisy(tableProblem), 1],
  ['grid', gridProblem, 4],
  ['noisy-grid', noisy(gridProblem), 2],
];

/** Streams of suites of one family: above those of the families. */
const ROUGH_TABLES = 1000;
const TRAININGS = 1001;
const NOISY = 1002;

/**
 * Problems that nobody tunes to: another seed gives other ones of the same families. Losses have random units and a
 * random optimum, so that a sampler gains nothing from expecting 0.
 */
export function heldOutProblems(seed: number): readonly Problem[] {
  return FAMILIES.flatMap(([family, make, count], place) =>
    listOf(count, (index) => {
      const rng = createRng(seed).fork(place).fork(index);
      return inRandomUnits(make(`${family}-${index + 1}`, rng), rng);
    }),
  );
}

/** Tables with luck in them (`roughTableProblem`). */
export function roughTables(seed: number): readonly Problem[] {
  return listOf(12, (index) => {
    const rng = createRng(seed).fork(ROUGH_TABLES).fork(index);
    return inRandomUnits(roughTableProblem(`rough-table-${index + 1}`, rng), rng);
  });
}

/** Continuous values and noise, each landscape once with a few parameters that matter among others. */
export function noisyProblems(seed: number): readonly Problem[] {
  const families = Object.entries({ bowl, ridge, valley, bumps, ripples, stairs });
  return families.flatMap(([name, family], place) =>
    [continuous(family), sparse(family)].map((make, index) => {
      const rng = createRng(seed)
        .fork(NOISY)
        .fork(2 * place + index);
      return inRandomUnits(noisy(make)(`noisy-${name}-${index + 1}`, rng), rng);
    }),
  );
}

/** Studies of trainings that are stopped early (`trainingChallenge`). */
export function trainings(seed: number): readonly Challenge[] {
  return listOf(8, (index) => {
    const rng = createRng(seed).fork(TRAININGS).fork(index);
    const problem = inRandomUnits(trainingProblem(`training-${index + 1}`, rng), rng);
    return trainingChallenge(problem, randomLosses(problem, 200), rng);
  });
}

function inRandomUnits(problem: Problem, rng: Rng): Problem {
  const scale = logUniform(rng, 1e-3, 1e3);
  const shift = scale * 10 * gaussian(rng);
  const { noise, loss } = problem;
  return {
    ...problem,
    optimum: shift + scale * problem.optimum,
    loss: (params) => shift + scale * loss(params),
    ...(noise === undefined ? {} : { noise: noise * scale }),
  };
}

/** Adds noise of 3 to 30 percent of what losses at random places differ by (their interquartile range). */
function noisy(make: Maker): Maker {
  return (name, rng) => {
    const problem = make(name, rng);
    const losses = randomLosses(problem, 200);
    return { ...problem, noise: logUniform(rng, 0.03, 0.3) * (losses[150]! - losses[50]!) };
  };
}

/** Ascending. */
function randomLosses({ parameters, loss }: Problem, count: number): readonly number[] {
  const sampler = randomSampler();
  const losses = listOf(count, (draw) => {
    const rng = createRng(0).fork(draw);
    const context = { space: parameters, directions: ['minimize'], history: [], running: [], prior: [] } as const;
    const position = { reportedObjective: 0, repeats: 1, budget: null, number: draw, draw, studySeed: 0, rng };
    return loss(sampler.suggest({ ...context, ...position })!.params);
  });
  return losses.toSorted((a, b) => a - b);
}
