import { expect, it } from 'vitest';
import { createRng } from '../rng.js';
import { type CmaEsRun, firstRun, nextRun } from './cma-es-run.js';

it('alternates between doubled populations and small ones, spending alike on both', () => {
  const first = firstRun(5, null, 0.2);
  expect(first).toMatchObject({ population: 8, sigma: 0.2, regime: 'small', doublings: 0 });
  const runs: CmaEsRun[] = [first];
  for (let i = 1; i <= 40; i++) runs.push(nextRun(first, runs[i - 1]!, 100 + i, createRng(i)));
  const large = runs.filter(({ regime }) => regime === 'large');
  expect(large.map(({ population }) => population)).toEqual(large.map((_, i) => 8 * 2 ** Math.min(i + 1, 9)));
  expect(large.every(({ sigma }) => sigma === 0.2)).toBe(true);
  const small = runs.slice(1).filter(({ regime }) => regime === 'small');
  expect(small.length).toBeGreaterThan(10);
  for (const { population, sigma, doublings } of small) {
    expect(population).toBeGreaterThanOrEqual(8);
    expect(population).toBeLessThanOrEqual(8 * 2 ** (doublings - 1));
    expect(sigma).toBeGreaterThan(0.2 * 0.01 * (1 - 1e-12));
    expect(sigma).toBeLessThanOrEqual(0.2);
  }
  for (const { spent } of runs) expect(Math.abs(spent.large - spent.small)).toBeLessThanOrEqual(140);
  expect(runs.at(-1)!.spent.large + runs.at(-1)!.spent.small).toBe((40 * 241) / 2);
});

it('takes a given population', () => {
  expect(firstRun(5, 30, 0.2).population).toBe(30);
});

it('doubles nine times at most', () => {
  let run = firstRun(5, null, 0.2);
  for (let i = 0; i < 60; i++) run = nextRun(firstRun(5, null, 0.2), run, 100, createRng(i));
  expect(run.doublings).toBe(9);
});
