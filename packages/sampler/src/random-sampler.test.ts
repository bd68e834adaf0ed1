import { categorical, float, int, ordered, type Scalar, type SearchSpace, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { contextOf } from './contexts.test.kit.js';
import { randomSampler } from './random-sampler.js';
import { chiSquare, chiSquareBound, ksBound, ksDistance } from './statistics.test.kit.js';

const N = 4000;

function draws(parameters: SearchSpace, studySeed: number): readonly Scalar[] {
  const sampler = randomSampler();
  return Array.from({ length: N }, (_, draw) => sampler.suggest(contextOf(parameters, { draw, studySeed }))!.params.p!);
}

describe('randomSampler', () => {
  it.each([1, 2, 3])('draws floats uniformly, on a log scale where asked (seed %i)', (seed) => {
    const uniform = (x: number): number => (x - 2) / 3;
    const log = (x: number): number => Math.log(x / 2) / Math.log(5 / 2);
    const plain = draws(space({ p: float(2, 5) }).parameters, seed) as readonly number[];
    const logged = draws(space({ p: float(2, 5, { log: true }) }).parameters, seed) as readonly number[];
    expect(ksDistance(plain, uniform)).toBeLessThan(ksBound(N));
    expect(ksDistance(logged, log)).toBeLessThan(ksBound(N));
    expect(ksDistance(plain, log)).toBeGreaterThan(ksBound(N));
    expect(ksDistance(logged, uniform)).toBeGreaterThan(ksBound(N));
  });

  // With low and high not widened by half a step, the outer values would get half their share: the wrong column.
  it.each([
    { name: 'int', p: int(1, 5), values: [1, 2, 3, 4, 5], shares: [0.2, 0.2, 0.2, 0.2, 0.2] },
    {
      name: 'float with step',
      p: float(0, 0.3, { step: 0.1 }),
      values: [0, 0.1, 0.2, 0.3],
      shares: [0.25, 0.25, 0.25, 0.25],
    },
    { name: 'ordered', p: ordered(['s', 'm', 'l']), values: ['s', 'm', 'l'], shares: [1 / 3, 1 / 3, 1 / 3] },
    { name: 'categorical', p: categorical([null, 1, 'x']), values: [null, 1, 'x'], shares: [1 / 3, 1 / 3, 1 / 3] },
    {
      name: 'log int',
      p: int(1, 4, { log: true }),
      values: [1, 2, 3, 4],
      shares: [1.5 / 0.5, 2.5 / 1.5, 3.5 / 2.5, 4.5 / 3.5].map((ratio) => Math.log(ratio) / Math.log(4.5 / 0.5)),
    },
  ])('gives every value of $name its share', ({ p, values, shares }) => {
    const drawn = draws(space({ p }).parameters, 4);
    const counts = values.map((value) => drawn.filter((other) => other === value).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(N);
    expect(chiSquare(counts, shares)).toBeLessThan(chiSquareBound(values.length - 1));
    const halved = shares.map((share, i) => (i === 0 || i === shares.length - 1 ? share / 2 : share));
    const total = halved.reduce((sum, share) => sum + share, 0);
    expect(
      chiSquare(
        counts,
        halved.map((share) => share / total),
      ),
    ).toBeGreaterThan(chiSquareBound(values.length - 1));
  });
});
