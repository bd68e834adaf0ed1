import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dominates, type Losses } from './dominance.js';
import { nonDominationRanks, paretoFront } from './non-domination-ranks.js';
import { OPTUNA_FRONTS } from './optuna-fronts.test.kit.js';

/** Few different values, so that ties and repetitions are common. */
const anyLosses = (objectives: number): fc.Arbitrary<readonly Losses[]> =>
  fc.array(
    fc.array(fc.constantFrom(0, 1, 2, 3, 4, 5, -1, Infinity, -Infinity, Number.NaN), {
      minLength: objectives,
      maxLength: objectives,
    }),
    { maxLength: 25 },
  );

/** Front by front, by definition. */
function ranksByDefinition(losses: readonly Losses[]): readonly number[] {
  const ranks = losses.map(() => -1);
  for (let rank = 0; ranks.includes(-1); rank++) {
    const left = losses.map((_, i) => i).filter((i) => ranks[i] === -1);
    for (const i of left.filter((i) => !left.some((j) => dominates(losses[j]!, losses[i]!)))) ranks[i] = rank;
  }
  return ranks;
}

describe('dominates', () => {
  it.each([
    { a: [1, 2], b: [1, 3], expected: true },
    { a: [1, 2], b: [1, 2], expected: false },
    { a: [1, 3], b: [2, 2], expected: false },
    { a: [1, Infinity], b: [2, Number.NaN], expected: true },
    { a: [1, Number.NaN], b: [1, Infinity], expected: false },
  ])('$a, $b: $expected', ({ a, b, expected }) => {
    expect(dominates(a, b)).toBe(expected);
  });
});

describe('nonDominationRanks', () => {
  it.each([
    { name: 'no point', losses: [], ranks: [] },
    { name: 'one objective: equal values share a rank', losses: [[3], [1], [3], [2]], ranks: [2, 0, 2, 1] },
    {
      name: 'repetitions',
      losses: [
        [1, 2],
        [2, 2],
        [1, 2],
        [2, 1],
      ],
      ranks: [0, 1, 0, 0],
    },
    {
      name: 'a chain',
      losses: [
        [3, 3, 3],
        [1, 1, 1],
        [2, 2, 2],
      ],
      ranks: [2, 0, 1],
    },
    {
      name: 'NaN as the worst',
      losses: [
        [1, Number.NaN],
        [1, 9],
        [0, Infinity],
      ],
      ranks: [1, 0, 0],
    },
  ])('of $name', ({ losses, ranks }) => {
    expect(nonDominationRanks(losses)).toEqual(ranks);
  });

  it.each(OPTUNA_FRONTS)("are Optuna's: $name", ({ losses, ranks }) => {
    expect(nonDominationRanks(losses)).toEqual(ranks);
  });

  it.each([1, 2, 3, 4, 5])('follow from the definition (%i objectives)', (objectives) => {
    fc.assert(
      fc.property(anyLosses(objectives), (losses) => {
        expect(nonDominationRanks(losses)).toEqual(ranksByDefinition(losses));
      }),
      { numRuns: 100, seed: objectives },
    );
  });

  it.each([2, 4])('stop at the front that makes enough, with all others behind it (%i objectives)', (objectives) => {
    fc.assert(
      fc.property(anyLosses(objectives), fc.nat(25), (losses, enough) => {
        const full = nonDominationRanks(losses);
        const needed = full.filter((rank) => full.filter((other) => other < rank).length < enough);
        const end = Math.max(-1, ...needed) + 1;
        expect(nonDominationRanks(losses, enough)).toEqual(full.map((rank) => Math.min(rank, end)));
      }),
      { numRuns: 100, seed: objectives },
    );
  });
});

describe('paretoFront', () => {
  it.each([
    { losses: [], front: [] },
    { losses: [[2], [1], [1]], front: [1, 2] },
    {
      losses: [
        [5, 5],
        [1, 4],
        [4, 1],
        [2, 2],
        [2.1, 3],
      ],
      front: [1, 2, 3],
    },
  ])('of $losses: $front', ({ losses, front }) => {
    expect(paretoFront(losses)).toEqual(front);
  });
});
