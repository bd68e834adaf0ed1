import { expect, it } from 'vitest';
import { defaultPopulation, strategyFor } from './strategy.js';

it.each([
  [1, 4],
  [2, 6],
  [10, 10],
  [20, 12],
])('samples a generation of %i dimensions %i times', (dimension, population) => {
  expect(defaultPopulation(dimension)).toBe(population);
});

// from the tutorial's equations 49 to 58, written down again with numpy
it.each([
  {
    dimension: 3,
    population: 7,
    weights: [0.58564510651, 0.292822553255, 0.121532340235, 0, -0.424126941843, -0.770663885706, -1.06365669698],
    parents: 3,
    effective: 2.2548150822,
    sigmaRate: 0.414909001098,
    sigmaDamping: 1.4149090011,
    pathRate: 0.558801322886,
    rankOneRate: 0.0964096325793,
    rankManyRate: 0.0695884692329,
    normalLength: 1.59687753026,
  },
  {
    dimension: 10,
    population: 10,
    weights: [
      0.456272646903, 0.270753097002, 0.162231117159, 0.0852335471002, 0.025509591836, -0.0800126075809,
      -0.221764160999, -0.344554941785, -0.452864086378, -0.549749917697,
    ],
    parents: 5,
    effective: 3.16729928141,
    sigmaRate: 0.284428587946,
    sigmaDamping: 1.28442858795,
    pathRate: 0.294990383036,
    rankOneRate: 0.0152838245248,
    rankManyRate: 0.0235517766504,
    normalLength: 3.08472656517,
  },
])('has the default parameters of $dimension dimensions, $population samples', ({ weights, ...expected }) => {
  const { weights: got, ...strategy } = strategyFor(expected.dimension, expected.population);
  weights.forEach((weight, i) => {
    expect(got[i]).toBeCloseTo(weight, 10);
  });
  for (const [name, value] of Object.entries(strategy)) {
    expect(value).toBeCloseTo((expected as Record<string, number | undefined>)[name]!, 10);
  }
});
