import { categorical, float, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../contexts.test.kit.js';
import { randomSampler } from '../random-sampler.js';
import { createRng } from '../rng.js';
import { ksBound, ksDistance } from '../statistics.test.kit.js';
import { owenScramble } from './owen-scramble.js';
import { SOBOL_DIMENSIONS, sobolBits } from './sobol-bits.js';
import { scrambledSobol, sobolSampler } from './sobol-sampler.js';

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

describe('sobolBits', () => {
  // scipy.stats.qmc.Sobol(256, scramble=False, bits=32), columns 0 to 5
  it.each([
    [0, [0, 0, 0, 0, 0, 0]],
    [1, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]],
    [2, [0.75, 0.25, 0.25, 0.25, 0.75, 0.75]],
    [4, [0.375, 0.375, 0.625, 0.875, 0.375, 0.125]],
    [7, [0.125, 0.625, 0.375, 0.125, 0.125, 0.375]],
  ])('point %i', (index, point) => {
    expect(range(6).map((dimension) => sobolBits(index, dimension) / 2 ** 32)).toEqual(point);
  });

  it('agrees with scipy in high dimensions and far along', () => {
    expect([100, 200, 255].map((dimension) => sobolBits(63, dimension) / 2 ** 32)).toEqual([
      0.578125, 0.171875, 0.046875,
    ]);
    expect([1, 7, 50, 255].map((dimension) => sobolBits(1_000_000, dimension) / 2 ** 32)).toEqual([
      0.3119192123413086, 0.016793251037597656, 0.618342399597168, 0.5557622909545898,
    ]);
  });

  it('has 256 dimensions, each a (0, m, 1)-net: every interval of 2^-10 once among 1024 points', () => {
    expect(SOBOL_DIMENSIONS).toBe(256);
    for (const dimension of range(SOBOL_DIMENSIONS)) {
      expect(new Set(range(1024).map((index) => sobolBits(index, dimension) >>> 22)).size).toBe(1024);
    }
  });
});

describe('owenScramble', () => {
  it('is a nested scramble: two numbers keep their common leading bits, and the first different bit stays different', () => {
    const rng = createRng(1);
    const word = (): number => Math.floor(rng.next() * 2 ** 32);
    for (let i = 0; i < 2000; i++) {
      const [a, seed, common] = [word(), word(), Math.floor(rng.next() * 32)];
      const b = (a ^ (2 ** (31 - common)) ^ (common === 31 ? 0 : word() >>> (common + 1))) >>> 0;
      expect(Math.clz32(owenScramble(a, seed) ^ owenScramble(b, seed))).toBe(Math.clz32(a ^ b));
    }
  });

  it('sends a point to anywhere, evenly over seeds', () => {
    const rng = createRng(2);
    const images = range(4000).map(() => owenScramble(0x9e3779b9, Math.floor(rng.next() * 2 ** 32)) / 2 ** 32);
    expect(ksDistance(images, (x) => x)).toBeLessThan(ksBound(4000));
  });
});

describe('scrambled points', () => {
  const point = (index: number, dimensions: number): readonly number[] =>
    range(dimensions).map((d) => scrambledSobol(index, d, createRng(11).fork(d).next()));

  it('the first two dimensions are a (0, 6, 2)-net: every elementary box of volume 2^-6 holds one of 64 points', () => {
    const points = range(64).map((index) => point(index, 2));
    for (const split of range(7)) {
      const boxes = points.map(([x, y]) => `${Math.floor(x! * 2 ** split)},${Math.floor(y! * 2 ** (6 - split))}`);
      expect(new Set(boxes).size).toBe(64);
    }
  });

  it('have far less discrepancy than random points, in 8 dimensions', () => {
    const sobol = range(256).map((index) => point(index, 8));
    const rng = createRng(12);
    const random = range(256).map(() => range(8).map(() => rng.next()));
    expect(centredDiscrepancy(sobol)).toBeLessThan(centredDiscrepancy(random) / 2);
  });
});

describe('sobolSampler', () => {
  const categories = ['a', 'b', 'c', 'd'];
  const { parameters } = space({ x: float(0, 1), kind: categorical(categories) });

  it('balances categories exactly over every block of 4, where random draws do not', () => {
    const counts = (sampler: { suggest: ReturnType<typeof sobolSampler>['suggest'] }): readonly number[] => {
      const kinds = range(64).map(
        (draw) => sampler.suggest(contextOf(parameters, { draw, studySeed: 6 }))!.params.kind,
      );
      return range(16).map((block) => new Set(kinds.slice(4 * block, 4 * block + 4)).size);
    };
    expect(counts(sobolSampler())).toEqual(range(16).map(() => 4));
    expect(counts(randomSampler())).not.toEqual(range(16).map(() => 4));
  });

  it('goes on at random beyond the last dimension', () => {
    const wide = space(Object.fromEntries(range(260).map((i) => [`x${i}`, float(0, 1)]))).parameters;
    const last = range(500).map((draw) => sobolSampler().suggest(contextOf(wide, { draw }))!.params.x259 as number);
    expect(ksDistance(last, (x) => x)).toBeLessThan(ksBound(500));
    expect(new Set(last).size).toBe(500);
  });
});

/** Hickernell 1998, "A generalized discrepancy and quadrature error bound": the centred L2 discrepancy, squared. */
function centredDiscrepancy(points: readonly (readonly number[])[]): number {
  const n = points.length;
  const product = (factors: readonly number[]): number => factors.reduce((total, factor) => total * factor, 1);
  const off = (x: number): number => Math.abs(x - 0.5);
  const singles = points.map((p) => product(p.map((x) => 1 + off(x) / 2 - off(x) ** 2 / 2)));
  const pairs = points.flatMap((p) =>
    points.map((q) => product(p.map((x, d) => 1 + off(x) / 2 + off(q[d]!) / 2 - Math.abs(x - q[d]!) / 2))),
  );
  const sum = (xs: readonly number[]): number => xs.reduce((total, x) => total + x, 0);
  return (13 / 12) ** points[0]!.length - (2 / n) * sum(singles) + sum(pairs) / n ** 2;
}
