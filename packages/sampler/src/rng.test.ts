import { describe, expect, it } from 'vitest';
import { createRng, splitMix64, xoshiro128 } from './rng.js';

const take = (n: number, next: () => number): number[] => Array.from({ length: n }, next);

describe('published vectors', () => {
  it('xoshiro128** from the state 1, 2, 3, 4 (reference C code)', () => {
    expect(take(10, xoshiro128([1, 2, 3, 4]))).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('SplitMix64 from the seed 1234567', () => {
    expect([0n, 1n, 2n, 3n].map((n) => splitMix64(1234567n, n))).toEqual([
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
      4593380528125082431n,
    ]);
  });
});

describe('createRng', () => {
  it('repeats for the same seed and differs for another, negative seeds included', () => {
    const streams = [0, 1, -1, 2 ** 32, Number.MAX_SAFE_INTEGER].map((seed) => take(4, createRng(seed).next).join());
    expect(new Set(streams).size).toBe(streams.length);
    expect(take(4, createRng(2 ** 32).next).join()).toBe(streams[3]);
  });

  it('uses all 53 bits and stays in [0, 1)', () => {
    const { next } = createRng(5);
    const draws = take(20_000, next);
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    const lastBits = draws.filter((u) => (u * 2 ** 53) % 2 === 1).length;
    expect(Math.abs(lastBits - 10_000)).toBeLessThan(5 * Math.sqrt(20_000 / 4));
  });

  it.each([0.5, Number.NaN, Infinity, 2 ** 53])('refuses the seed %d', (seed) => {
    expect(() => createRng(seed)).toThrow(expect.objectContaining({ code: 'BAD_SEED' }));
    expect(() => createRng(1).fork(seed)).toThrow(expect.objectContaining({ code: 'BAD_SEED' }));
  });
});

describe('fork', () => {
  it('leaves the parent where it was, and the child does not depend on how far the parent has run', () => {
    const touched = createRng(9);
    const untouched = createRng(9);
    const early = touched.fork(3);
    expect(touched.next()).toBe(untouched.next());
    expect(take(3, touched.fork(3).next)).toEqual(take(3, early.next));
  });

  it('gives streams that are neither the parent, nor each other, nor correlated', () => {
    const n = 20_000;
    const streams = [
      createRng(7),
      createRng(7).fork(0),
      createRng(7).fork(1),
      createRng(8).fork(0),
      createRng(7).fork(0).fork(0),
    ];
    const draws = streams.map((rng) => take(n, rng.next).map((u) => u - 0.5));
    for (let i = 0; i < draws.length; i++) {
      for (let j = i + 1; j < draws.length; j++) {
        const correlation = draws[i]!.reduce((sum, u, k) => sum + u * draws[j]![k]!, 0) * (12 / n);
        expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(n)); // five standard errors
      }
    }
  });

  it('first draws of neighbouring keys are uniform (chi-square over 100 bins)', () => {
    const root = createRng(123);
    const counts = new Float64Array(100);
    for (let key = 0; key < 20_000; key++) counts[Math.floor(root.fork(key).next() * 100)]! += 1;
    const chi2 = counts.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    expect(chi2).toBeLessThan(99 + 5 * Math.sqrt(2 * 99)); // five standard deviations above the mean of 99
  });
});
