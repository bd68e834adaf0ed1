import { categorical, choice, float, int, type ParamValues, repeat, type SearchSpace, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { type Axis, axesOf, cellCoordinate, cellIndex, pointOf } from '../axis.js';
import { complete, randomTrials } from '../contexts.test.kit.js';
import { normalCdf } from '../normal/normal.js';
import { createRng } from '../rng.js';
import { chiSquare, chiSquareBound, integrate, ksBound, ksDistance } from '../statistics.test.kit.js';
import { Mixture } from './mixture.js';
import { TPE_DEFAULTS } from './tpe-options.js';

interface Case {
  readonly axes: readonly Axis[];
  readonly mixture: Mixture;
}

/** A mixture over random observations with weights 1, 2, 3, ... brought to a mean of 1. */
function mixtureOver(
  parameters: SearchSpace,
  count: number,
  options = TPE_DEFAULTS,
  weigh = (i: number) => i + 1,
): Case {
  const params = randomTrials(parameters, count).map((trial) => trial.params);
  const raw = params.map((_, i) => weigh(i));
  const mean = raw.reduce((sum, weight) => sum + weight, 0) / count;
  const weights = raw.map((weight) => weight / mean);
  return mixtureOf(parameters, params, options, weights);
}

function mixtureOf(
  parameters: SearchSpace,
  params: readonly ParamValues[],
  options = TPE_DEFAULTS,
  weights = params.map(() => 1),
): Case {
  const axes = axesOf(parameters);
  const mixture = new Mixture(axes, options);
  const trials = params.map((values, number) => complete(number, values, 0));
  mixture.sync({ trials, weights: Float64Array.from(weights) });
  return { axes, mixture };
}

/** The density in model units, or the mass of a discrete value. */
function at({ axes, mixture }: Case, ...point: readonly number[]): number {
  const uniform = axes.reduce((product, axis, d) => product * uniformAt(axis, point[d]!), 1);
  return uniform * Math.exp(mixture.logDensities([Float64Array.from(point)])[0]!);
}

function uniformAt(axis: Axis, x: number): number {
  if (Number.isNaN(x) || axis.cells === 1) return 1;
  if (axis.cells === Infinity) return 1 / (axis.high - axis.low);
  const cell = cellIndex(axis, x);
  return (cellCoordinate(axis, cell + 0.5) - cellCoordinate(axis, cell - 0.5)) / (axis.high - axis.low);
}

describe('a mixture', () => {
  it.each([0, 1, 2, 20])('of a float integrates to 1 (%i observations)', (count) => {
    const mixture = mixtureOver(space({ x: float(-2, 3) }).parameters, count);
    expect(integrate((x) => at(mixture, x), -2, 3)).toBeCloseTo(1, 5);
  });

  it('of a log float integrates to 1 over the logarithm', () => {
    const mixture = mixtureOver(space({ x: float(1e-3, 10, { log: true }) }).parameters, 9);
    expect(integrate((x) => at(mixture, x), Math.log(1e-3), Math.log(10))).toBeCloseTo(1, 5);
  });

  it('of floats and categories integrates to 1', () => {
    const { parameters } = space({ x: float(0, 1), c: categorical(['a', 'b', 'c']) });
    const mixture = mixtureOver(parameters, 12);
    expect([0, 1, 2].reduce((sum, c) => sum + integrate((x) => at(mixture, x, c), 0, 1), 0)).toBeCloseTo(1, 5);
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
    expect(cells.reduce((sum, x) => sum + at(mixture, x), 0)).toBeCloseTo(1, 5);
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
    expect(sum).toBeCloseTo(1, 5);
  });

  it('weighs its kernels, with their tails: worked by hand from one observation', () => {
    const options = { ...TPE_DEFAULTS, priorWeight: 0.5, tail: 0.2 };
    const density = mixtureOf(space({ x: float(0, 10) }).parameters, [{ x: 2 }], options);
    const sigma = 2.1; // 0.7 of the way from 2 to the middle
    const mass = normalCdf((10 - 2) / sigma) - normalCdf((0 - 2) / sigma);
    const normal = Math.exp(-0.5 * ((4 - 2) / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI) * mass);
    expect(at(density, 4)).toBeCloseTo((0.2 * 0.1 + 0.8 * normal + 0.5 * 0.1) / 1.5, 6);
  });

  it("gives a category Optuna's share: (1 + 1/(n+1)) / (1 + C/(n+1)) of its own kernel", () => {
    const { parameters } = space({ c: categorical(['a', 'b', 'c', 'd']) });
    const density = mixtureOf(parameters, [{ c: 'c' }], { ...TPE_DEFAULTS, tail: 0 });
    expect([0, 1, 2, 3].map((c) => at(density, c))).toEqual(
      [1 / 12, 1 / 12, 1 / 4, 1 / 12].map((p) => expect.closeTo(p + 1 / 8, 12)),
    );
  });

  it('lets an observation without the parameter stand for the prior', () => {
    const { parameters } = space({ x: float(0, 1), y: float(0, 1) });
    const joint = mixtureOf(parameters, [{ x: 0.3 }]);
    const none = mixtureOf(parameters, [{}]);
    expect(at(joint, Number.NaN, 0.9)).toBeCloseTo(at(none, Number.NaN, 0.9), 12);
    expect(at(joint, 0.3, Number.NaN)).toBeGreaterThan(at(none, 0.3, Number.NaN));
  });

  it('is the same whatever it held before', () => {
    const { parameters } = space({ x: float(0, 1), n: int(1, 9), c: categorical(['a', 'b']) });
    const trials = randomTrials(parameters, 40);
    const used = new Mixture(axesOf(parameters), TPE_DEFAULTS);
    for (const [from, to] of [
      [0, 30],
      [10, 40],
      [5, 20],
      [0, 25],
    ] as const)
      used.sync({ trials: trials.slice(from, to) });
    const fresh = new Mixture(axesOf(parameters), TPE_DEFAULTS);
    fresh.sync({ trials: trials.slice(0, 25) });
    const points = trials.map(({ params }) => pointOf(axesOf(parameters), params));
    expect(used.logDensities(points)).toEqual(fresh.logDensities(points));
  });

  it('counts the trials of an earlier study by their share', () => {
    const { parameters } = space({ x: float(0, 1) });
    const near = (share: number): number => {
      const mixture = new Mixture(axesOf(parameters), TPE_DEFAULTS);
      mixture.sync({ trials: [complete(0, { x: 0.1 }, 0)] });
      mixture.syncEarlier({ trials: [complete(0, { x: 0.9 }, 0)] }, share);
      return mixture.logDensities([Float64Array.of(0.9)])[0]!;
    };
    expect(near(0.5)).toBeGreaterThan(near(0.1));
    expect(near(0.1)).toBeGreaterThan(near(0));
  });
});

describe('draws', () => {
  const N = 4000;
  const NO_TAIL = { ...TPE_DEFAULTS, tail: 0 };

  it.each([1, 2, 3])('follow the density of floats (seed %i), and not one with other weights', (seed) => {
    const { parameters } = space({ x: float(0, 1) });
    const density = mixtureOver(parameters, 6, NO_TAIL);
    const rng = createRng(seed);
    const draws = Array.from({ length: N }, () => density.mixture.draw(rng, 0)[0]!);
    const cdf = (of: Case) => tabulatedCdf((x) => at(of, x));
    expect(ksDistance(draws, cdf(density))).toBeLessThan(ksBound(N));
    const evenly = mixtureOver(parameters, 6, NO_TAIL, () => 1);
    expect(ksDistance(draws, cdf(evenly))).toBeGreaterThan(ksBound(N));
  });

  it('follow the joint masses of discrete parameters, also of conditional ones', () => {
    const { parameters } = space({ c: choice({ a: {}, b: { n: int(1, 3, { log: true }) } }) });
    const density = mixtureOver(parameters, 5, NO_TAIL);
    const rng = createRng(4);
    const draws = Array.from({ length: N }, () => String(density.mixture.draw(rng, 0)));
    const points = [[0, Number.NaN], ...[1, 2, 3].map((n) => [1, Math.log(n)])];
    const counts = points.map((point) => draws.filter((draw) => draw === String(point)).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(N);
    expect(
      chiSquare(
        counts,
        points.map((point) => at(density, ...point)),
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
