import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.js';
import { integrate, ksBound, ksDistance } from '../statistics.test.kit.js';
import { erfc } from './erfc.js';
import { normalCdf, normalQuantile } from './normal.js';
import { truncatedNormalQuantile } from './truncated-normal.js';

const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

describe('erfc', () => {
  // mpmath 1.3, 50 digits
  it.each([
    [-6, 2],
    [-1, 1.8427007929497148],
    [-0.3, 1.3286267594591274],
    [0, 1],
    [0.1, 0.887537083981715],
    [0.46875, 0.507386526782062],
    [0.5, 0.4795001221869535],
    [1.5, 0.033894853524689274],
    [4, 1.541725790028002e-8],
    [5, 1.537459794428035e-12],
    [10, 2.088487583762545e-45],
    [26, 5.663192408856143e-296],
    [40, 0],
  ])('erfc(%d)', (x, expected) => {
    expect(Math.abs(erfc(x) - expected)).toBeLessThanOrEqual(1e-14 * expected);
  });
});

describe('normalCdf', () => {
  it.each([-4, -1.96, -0.2, 0, 0.4, 2.5])('is the integral of the density up to %d', (x) => {
    expect(normalCdf(x)).toBeCloseTo(integrate(density, -12, x), 12);
  });

  it('is 0 and 1 at the infinities', () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
  });
});

describe('normalQuantile', () => {
  it.each([1e-300, 1e-20, 1e-3, 0.074, 0.076, 0.3, 0.5, 0.7, 0.999])('inverts the CDF at %d', (p) => {
    expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 11);
  });

  it('is infinite at 0 and 1', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });
});

describe('truncatedNormalQuantile', () => {
  const [low, high] = [-1, 1];
  const draws = (mu: number, sigma: number, seed: number): readonly number[] => {
    const rng = createRng(seed);
    return Array.from({ length: 5000 }, () => truncatedNormalQuantile(mu, sigma, low, high, rng.next()));
  };
  const cdf = (mu: number, sigma: number) => (x: number) => {
    const below = normalCdf((low - mu) / sigma);
    return (normalCdf((x - mu) / sigma) - below) / (normalCdf((high - mu) / sigma) - below);
  };

  it.each([
    { mu: 0.2, sigma: 0.8 },
    { mu: -1, sigma: 0.3 },
    { mu: 1, sigma: 0.8 },
  ])('follows its CDF, and no other (mu $mu, sigma $sigma)', ({ mu, sigma }) => {
    for (const seed of [1, 2, 3]) {
      expect(ksDistance(draws(mu, sigma, seed), cdf(mu, sigma))).toBeLessThan(ksBound(5000));
    }
    expect(ksDistance(draws(mu, sigma, 1), cdf(mu * 0.7, sigma * 0.7))).toBeGreaterThan(ksBound(5000));
  });

  it('reaches the bounds and no further', () => {
    expect(truncatedNormalQuantile(0.2, 0.05, low, high, 0)).toBe(low);
    expect(truncatedNormalQuantile(0.2, 0.05, low, high, 1)).toBe(high);
    expect(truncatedNormalQuantile(1, 0.01, low, high, 1 - 2 ** -53)).toBeLessThanOrEqual(high);
  });
});
