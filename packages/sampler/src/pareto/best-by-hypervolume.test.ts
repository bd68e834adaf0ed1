import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestByHypervolume } from './best-by-hypervolume.js';
import type { Losses } from './dominance.js';
import { hypervolume } from './hypervolume.js';
import { hypervolumeSubset } from './hypervolume-subset.js';
import { nonDominationRanks, paretoFront } from './non-domination-ranks.js';
import { OPTUNA_FRONTS } from './optuna-fronts.test.kit.js';

/** Adds the point that makes the volume largest, count times; of equal ones the first in lexicographic order. */
function greedyByDefinition(points: readonly Losses[], count: number, reference: Losses): readonly number[] {
  const order = points
    .map((_, i) => i)
    .sort((a, b) => points[a]!.map((loss, j) => loss - points[b]![j]!).find((gap) => gap !== 0) ?? a - b);
  const chosen: number[] = [];
  for (let k = 0; k < count; k++) {
    const volumes = order.map((i) =>
      chosen.includes(i)
        ? -1
        : hypervolume(
            [...chosen, i].map((c) => points[c]!),
            reference,
          ),
    );
    chosen.push(order[volumes.indexOf(Math.max(...volumes))]!);
  }
  return chosen;
}

describe('hypervolumeSubset', () => {
  const staircase = [
    [0, 3],
    [1, 1],
    [3, 0],
  ];
  it.each([
    { name: 'the largest box', points: staircase, count: 1, reference: [4, 4], chosen: [1] },
    { name: 'of what adds alike, the first', points: staircase, count: 2, reference: [4, 4], chosen: [1, 0] },
    { name: 'all', points: staircase, count: 3, reference: [4, 4], chosen: [0, 1, 2] },
    {
      name: 'different points first',
      points: [
        [1, 0],
        [1, 0],
        [0, 1],
      ],
      count: 2,
      reference: [2, 2],
      chosen: [2, 0],
    },
    {
      name: 'then repetitions',
      points: [
        [1, 0],
        [1, 0],
        [0, 1],
        [0, 1],
      ],
      count: 3,
      reference: [2, 2],
      chosen: [2, 0, 1],
    },
    {
      name: 'the first in order without a finite reference',
      points: [
        [2, 0],
        [0, Infinity],
        [1, 5],
      ],
      count: 2,
      reference: [3, Infinity],
      chosen: [1, 2],
    },
    {
      name: 'an unbounded point, whatever its other losses',
      points: [
        [0, 0, 0],
        [-Infinity, 1, 1],
      ],
      count: 1,
      reference: [2, 2, 2],
      chosen: [1],
    },
    {
      name: 'a bounded point after unbounded ones',
      points: [
        [0, 0, 0],
        [0.5, -1, 0.5],
        [-Infinity, 1, 1],
      ],
      count: 2,
      reference: [2, 2, 2],
      chosen: [2, 0],
    },
    {
      name: 'an end that is unbounded',
      points: [
        [0, 0],
        [-Infinity, 1],
        [1, -1],
      ],
      count: 2,
      reference: [2, 2],
      chosen: [1, 0],
    },
  ])('takes $name', ({ points, count, reference, chosen }) => {
    expect(hypervolumeSubset(points, count, reference)).toEqual(chosen);
  });

  it.each([2, 3, 4])('is what adding the best point each time gives (%i objectives)', (objectives) => {
    const vector = fc.array(fc.nat(12), { minLength: objectives, maxLength: objectives });
    fc.assert(
      fc.property(fc.uniqueArray(vector, { minLength: 2, maxLength: 14, selector: String }), fc.nat(100), (all, n) => {
        const points = paretoFront(all).map((index) => all[index]!);
        const count = n % points.length;
        const reference = new Array<number>(objectives).fill(14);
        expect(hypervolumeSubset(points, count, reference)).toEqual(greedyByDefinition(points, count, reference));
      }),
      { numRuns: 60, seed: objectives },
    );
  });
});

describe('bestByHypervolume', () => {
  it.each(OPTUNA_FRONTS)("takes Optuna's: $name", ({ losses, best }) => {
    expect([...bestByHypervolume(losses, best.length)].sort()).toEqual([...best].sort());
  });

  it.each([
    {
      name: 'whole fronts',
      losses: [
        [5, 5],
        [1, 4],
        [4, 1],
        [2, 2],
        [2.1, 3],
      ],
      count: 4,
      best: [1, 2, 3, 4],
    },
    {
      name: 'the middle of a front that does not fit',
      losses: [
        [1, 3],
        [2, 2],
        [3, 1],
      ],
      count: 1,
      best: [1],
    },
    { name: 'one objective: the least', losses: [[3], [1], [2], [1]], count: 3, best: [1, 3, 2] },
    { name: 'nothing', losses: [[1, 1]], count: 0, best: [] },
    {
      name: 'no NaN while there is better',
      losses: [
        [Number.NaN, Number.NaN],
        [9, 9],
        [8, 8],
      ],
      count: 2,
      best: [2, 1],
    },
    {
      name: 'negative and zero losses',
      losses: [
        [-3, 0],
        [-2, -2],
        [0, -3],
      ],
      count: 1,
      best: [1],
    },
  ])('takes $name', ({ losses, count, best }) => {
    expect(bestByHypervolume(losses, count)).toEqual(best);
  });

  it('never takes a point while one of a better front is left', () => {
    const vector = fc.array(fc.constantFrom(0, 1, 2, 3, Infinity, -Infinity, Number.NaN), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 20 }), fc.nat(20), (losses, n) => {
        const best = bestByHypervolume(losses, n % losses.length);
        const ranks = nonDominationRanks(losses);
        expect(new Set(best).size).toBe(n % losses.length);
        const left = losses.map((_, i) => i).filter((i) => !best.includes(i));
        const worst = Math.max(-1, ...best.map((i) => ranks[i]!));
        expect(left.every((i) => ranks[i]! >= worst)).toBe(true);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});
