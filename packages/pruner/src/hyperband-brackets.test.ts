import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { bracketBudgets, bracketOf } from './hyperband-brackets.js';

it('uses the standard CRC-32', () => {
  expect(crc32('123456789')).toBe(0xcbf43926);
});

it.each([
  { min: 1, max: 27, eta: 3, budgets: [27, 12, 6, 4] },
  { min: 1, max: 26, eta: 3, budgets: [9, 5, 3] },
  { min: 1, max: 28, eta: 3, budgets: [27, 12, 6, 4] },
  { min: 1, max: 16, eta: 2, budgets: [16, 10, 7, 5, 5] },
  { min: 2, max: 9, eta: 4, budgets: [4, 2] },
  { min: 5, max: 5, eta: 3, budgets: [1] },
  { min: 5, max: 4, eta: 3, budgets: [] },
])('from $min to $max with eta $eta: $budgets', ({ min, max, eta, budgets }) => {
  expect(bracketBudgets({ minResource: min, maxResource: max, reductionFactor: eta })).toEqual(budgets);
});

// What Optuna 5.0.0's HyperbandPruner computes for these, on Python 3.11: one bracket fewer than its formula means.
it.each([
  { min: 1, max: 243, eta: 3, budgets: [81, 34, 15, 8, 5] },
  { min: 2, max: 486, eta: 3, budgets: [81, 34, 15, 8, 5] },
  { min: 1, max: 244, eta: 3, budgets: [243, 98, 41, 18, 9, 6] },
  { min: 1, max: 1000, eta: 10, budgets: [100, 15, 3] },
  { min: 1, max: 4913, eta: 17, budgets: [289, 26, 3] },
])('rounds as Optuna does from $min to $max with eta $eta: $budgets', ({ min, max, eta, budgets }) => {
  expect(bracketBudgets({ minResource: min, maxResource: max, reductionFactor: eta })).toEqual(budgets);
});

// Expected brackets from Optuna 5.0.0, HyperbandPruner(1, 27, 3)._get_bracket_id.
it.each([
  { studyName: 'taxifare', brackets: [0, 1, 0, 0, 0, 3, 0, 2, 3, 0, 1, 0, 1, 3, 1, 0] },
  { studyName: 'größe', brackets: [1, 2, 0, 0, 2, 0, 0, 0] },
])('deals the trials of $studyName as Optuna does', ({ studyName, brackets }) => {
  const budgets = [27, 12, 6, 4];
  expect(brackets.map((_, number) => bracketOf(studyName, number, budgets))).toEqual(brackets);
});

it('deals the brackets in proportion to their budgets', () => {
  const budgets = [27, 12, 6, 4];
  const counts = budgets.map(() => 0);
  const trials = 20_000;
  for (let number = 0; number < trials; number += 1) counts[bracketOf('study', number, budgets)]! += 1;
  // Hoeffding: a share of n fair deals is off by more than this with probability below 1e-6.
  const bound = Math.sqrt(Math.log(2 / 1e-6) / (2 * trials));
  const shares = counts.map((count) => count / trials);
  for (const [bracket, budget] of budgets.entries()) {
    expect(Math.abs(shares[bracket]! - budget / 49)).toBeLessThan(bound);
  }
  expect(Math.abs(shares[0]! - 1 / 4), 'equal brackets would be told apart').toBeGreaterThan(bound);
});
