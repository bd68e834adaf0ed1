import { categorical, choice, float, int, repeat, type SearchSpace, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { axesOf, cellCoordinate, pointOf } from '../axis.js';
import { randomTrials } from '../contexts.test.kit.js';
import { normalCdf } from '../normal/normal.js';
import { createRng } from '../rng.js';
import { chiSquare, chiSquareBound, integrate, ksBound, ksDistance } from '../statistics.test.kit.js';
import { buildMixture, type Mixture } from './mixture.js';
import { TPE_DEFAULTS } from './tpe-options.js';

/** A mixture over random observations with weights 1, 2, 3, ... */
function mixtureOver(parameters: SearchSpace, count: number): Mixture {
  const axes = axesOf(parameters);
  const points = randomTrials(parameters, count).map(({ params }) => pointOf(axes, params));
  return buildMixture(
    axes,
    points,
    Float64Array.from(points, (_, i) => i + 1),
    TPE_DEFAULTS,
  );
}

const at = (mixture: Mixture, ...point: readonly number[]): number =>
  Math.exp(mixture.logDensity(Float64Array.from(point)));

describe('a mixture', () => {
  it.each([0, 1, 2, 20])('of a float integrates to 1 (%i observations)', (count) => {
    const mixture = mixtureOver(space({ x: float(-2, 3) }).parameters, count);
    expect(integrate((x) => at(mixture, x), -2, 3)).toBeCloseTo(1, 6);
  });

  it('of a log float integrates to 1 over the logarithm', () => {
    const mixture = mixtureOver(space({ x: float(1e-3, 10, { log: true }) }).parameters, 9);
    expect(integrate((x) => at(mixture, x), Math.log(1e-3), Math.log(10))).toBeCloseTo(1, 6);
  });

  it('of floats and categories integrates to 1', () => {
    const { parameters } = space({ x: float(0, 1), c: categorical(['a', 'b', 'c']) });
    const mixture = mixtureOver(parameters, 12);
    expect([0, 1, 2].reduce((sum, c) => sum + integrate((x) => at(mixture, x, c), 0, 1), 0)).toBeCloseTo(1, 6);
  });

  it.each([
    { name: 'int', p: int(3, 9) },
    { name: 'int with step', p: int(0, 30, { step: 10 }) },
    { name: 'log int', p: int(1, 200, { log: true }) },
    { name: 'float with step', p: float(0, 0.7, { step: 0.1 }) },
    { name: 'pinned int', p: int(4, 4) },
  ])('of $name sums to 1 over its values', ({ p }) => {
    const { parameters } = space({ p });
    const axis = axesOf(parameters)[0]!;
    const mixture = mixtureOver(parameters, 15);
    const cells = Array.from({ length: axis.cells }, (_, i) => cellCoordinate(axis, i));
    expect(cells.reduce((sum, x) => sum + at(mixture, x), 0)).toBeCloseTo(1, 6);
  });

  it('of a conditional space sums to 1 over the branches', () => {
    const { parameters } = space({
      c: choice({ a: {}, b: { x: float(0, 1) } }),
      n: int(1, 2),
      u: repeat('n', int(0, 3)),
    });
    const mixture = mixtureOver(parameters, 15);
    const off = Number.NaN;
    let sum = 0;
    for (const u0 of [0, 1, 2, 3]) {
      for (const u1 of [off, 0, 1, 2, 3]) {
        const n = Number.isNaN(u1) ? 1 : 2;
        sum += at(mixture, 0, off, n, u0, u1) + integrate((x) => at(mixture, 1, x, n, u0, u1), 0, 1, 200);
      }
    }
    expect(sum).toBeCloseTo(1, 6);
  });

  it('weighs its kernels: worked by hand from one observation', () => {
    const axes = axesOf(space({ x: float(0, 10) }).parameters);
    const mixture = buildMixture(axes, [Float64Array.of(2)], Float64Array.of(5), { ...TPE_DEFAULTS, priorWeight: 0.5 });
    const normal = (mu: number, sigma: number): number => {
      const mass = normalCdf((10 - mu) / sigma) - normalCdf((0 - mu) / sigma);
      return Math.exp(-0.5 * ((4 - mu) / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI) * mass);
    };
    expect(at(mixture, 4)).toBeCloseTo((5 * normal(2, 3) + 2.5 * normal(5, 10)) / 7.5, 7); // width 3: from 2 to the prior at 5
  });

  it("gives a category Optuna's share: (1 + 1/(n+1)) / (1 + C/(n+1)) of its own kernel", () => {
    const axes = axesOf(space({ c: categorical(['a', 'b', 'c', 'd']) }).parameters);
    const mixture = buildMixture(axes, [Float64Array.of(2)], Float64Array.of(1), TPE_DEFAULTS);
    expect([0, 1, 2, 3].map((c) => at(mixture, c))).toEqual(
      [1 / 12, 1 / 12, 1 / 4, 1 / 12].map((p) => expect.closeTo(p + 1 / 8, 12)),
    );
  });

  it('lets an observation without the parameter stand for the prior', () => {
    const axes = axesOf(space({ x: float(0, 1), y: float(0, 1) }).parameters);
    const joint = buildMixture(axes, [Float64Array.of(0.3, Number.NaN)], Float64Array.of(1), TPE_DEFAULTS);
    const none = buildMixture(axes, [Float64Array.of(Number.NaN, Number.NaN)], Float64Array.of(1), TPE_DEFAULTS);
    expect(at(joint, Number.NaN, 0.9)).toBeCloseTo(at(none, Number.NaN, 0.9), 12);
    expect(at(joint, 0.3, Number.NaN)).toBeGreaterThan(at(none, 0.3, Number.NaN));
  });
});

describe('draws', () => {
  const N = 4000;

  it.each([1, 2, 3])('follow the density of floats (seed %i), and not one with other weights', (seed) => {
    const { parameters } = space({ x: float(0, 1) });
    const mixture = mixtureOver(parameters, 6);
    const rng = createRng(seed);
    const draws = Array.from({ length: N }, () => mixture.draw(rng)[0]!);
    const cdf = (m: Mixture) => tabulatedCdf((x) => at(m, x));
    expect(ksDistance(draws, cdf(mixture))).toBeLessThan(ksBound(N));
    const axes = axesOf(parameters);
    const points = randomTrials(parameters, 6).map(({ params }) => pointOf(axes, params));
    const evenly = buildMixture(axes, points, new Float64Array(6).fill(1), TPE_DEFAULTS);
    expect(ksDistance(draws, cdf(evenly))).toBeGreaterThan(ksBound(N));
  });

  it('follow the joint masses of discrete parameters, also of conditional ones', () => {
    const { parameters } = space({ c: choice({ a: {}, b: { n: int(1, 3, { log: true }) } }) });
    const mixture = mixtureOver(parameters, 5);
    const rng = createRng(4);
    const draws = Array.from({ length: N }, () => String(mixture.draw(rng)));
    const points = [[0, Number.NaN], ...[1, 2, 3].map((n) => [1, Math.log(n)])];
    const counts = points.map((point) => draws.filter((draw) => draw === String(point)).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(N);
    expect(
      chiSquare(
        counts,
        points.map((point) => at(mixture, ...point)),
      ),
    ).toBeLessThan(chiSquareBound(3));
    expect(chiSquare(counts, [1 / 2, 1 / 6, 1 / 6, 1 / 6])).toBeGreaterThan(chiSquareBound(3));
  });
});

/** P(X <= x) on [0, 1], from a table of 1000 pieces. */
function tabulatedCdf(density: (x: number) => number): (x: number) => number {
  const sums = [0];
  for (let i = 0; i < 1000; i++) sums.push(sums[i]! + integrate(density, i / 1000, (i + 1) / 1000, 1));
  return (x) => {
    const i = Math.min(Math.floor(x * 1000), 999);
    return sums[i]! + (x * 1000 - i) * (sums[i + 1]! - sums[i]!);
  };
}
