import { describe, expect, it } from 'vitest';
import { permutation, randomStream } from './random-stream.js';

const draws = (count: number, seed: number, ...key: readonly (string | number)[]): number[] => {
  const stream = randomStream(seed, ...key);
  return Array.from({ length: count }, () => stream.next());
};

describe('randomStream', () => {
  it('gives the same draws for the same seed and key', () => {
    expect(draws(5, 3, 'a', 1)).toEqual(draws(5, 3, 'a', 1));
  });

  it.each([
    { name: 'seed', seed: 4, key: ['a', 1] },
    { name: 'high half of the seed', seed: 3 + 2 ** 40, key: ['a', 1] },
    { name: 'text', seed: 3, key: ['b', 1] },
    { name: 'number', seed: 3, key: ['a', 2] },
    { name: 'longer key', seed: 3, key: ['a', 1, 0] },
  ] as const)('gives other draws for another $name', ({ seed, key }) => {
    expect(draws(5, seed, ...key)).not.toEqual(draws(5, 3, 'a', 1));
  });

  it('is uncorrelated between neighbouring keys (normal bound, 5 standard errors)', () => {
    const n = 20_000;
    const correlation = (a: number[], b: number[]) =>
      (12 / n) * a.reduce((sum, u, i) => sum + (u - 0.5) * (b[i]! - 0.5), 0);
    const first = draws(n, 1, 'a', 1);
    expect(Math.abs(correlation(first, draws(n, 1, 'a', 2)))).toBeLessThan(5 / Math.sqrt(n));
    expect(correlation(first, first)).toBeGreaterThan(5 / Math.sqrt(n));
  });
});

describe('permutation', () => {
  it('holds every number once', () => {
    expect([...permutation(100, randomStream(1, 'p'))].sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
  });

  it('takes each order of three equally often (5 standard errors of a count)', () => {
    const n = 12_000;
    const stream = randomStream(2, 'p');
    const counts = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const order = permutation(3, stream).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    const bound = 5 * Math.sqrt(n * (1 / 6) * (5 / 6));
    for (const count of counts.values()) expect(Math.abs(count - n / 6)).toBeLessThan(bound);
  });
});
