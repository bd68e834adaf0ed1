import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Losses } from './dominance.js';
import { hypervolume } from './hypervolume.js';
import { OPTUNA_FRONTS } from './optuna-fronts.test.kit.js';

/** Whole numbers only: counts the unit cells that some point dominates. */
function countedVolume(losses: readonly Losses[], size: number, objectives: number): number {
  let count = 0;
  for (let cell = 0; cell < size ** objectives; cell++) {
    const corner = Array.from({ length: objectives }, (_, j) => Math.floor(cell / size ** j) % size);
    if (losses.some((vector) => vector.every((loss, j) => loss <= corner[j]!))) count++;
  }
  return count;
}

describe('hypervolume', () => {
  it.each([
    { name: 'no point', losses: [], reference: [1, 1], volume: 0 },
    { name: 'one objective', losses: [[3], [1]], reference: [5], volume: 4 },
    { name: 'a box', losses: [[1, 2]], reference: [4, 4], volume: 6 },
    {
      name: 'two boxes that overlap',
      losses: [
        [0, 2],
        [2, 0],
      ],
      reference: [3, 3],
      volume: 5,
    },
    {
      name: 'dominated and repeated points',
      losses: [
        [1, 1],
        [2, 2],
        [1, 1],
      ],
      reference: [3, 3],
      volume: 4,
    },
    {
      name: 'points on or beyond the reference',
      losses: [
        [3, 0],
        [4, -9],
        [2, 2],
      ],
      reference: [3, 3],
      volume: 1,
    },
    {
      name: 'three objectives',
      losses: [
        [0, 1, 1],
        [1, 0, 1],
        [1, 1, 0],
      ],
      reference: [2, 2, 2],
      volume: 4,
    },
    {
      name: 'four objectives',
      losses: [
        [0, 1, 1, 1],
        [1, 0, 1, 1],
      ],
      reference: [2, 2, 2, 2],
      volume: 3,
    },
    { name: 'an unbounded point', losses: [[-Infinity, 1]], reference: [2, 2], volume: Infinity },
    { name: 'an unbounded point outside', losses: [[-Infinity, 3]], reference: [2, 2], volume: 0 },
    { name: 'an unbounded reference', losses: [[0, 1]], reference: [Infinity, 2], volume: Infinity },
    {
      name: 'NaN, which is worst',
      losses: [
        [0, Number.NaN],
        [1, 1],
      ],
      reference: [2, 2],
      volume: 1,
    },
  ])('of $name', ({ losses, reference, volume }) => {
    expect(hypervolume(losses, reference)).toBe(volume);
  });

  it.each(OPTUNA_FRONTS)("is Optuna's: $name", ({ losses, volume }) => {
    expect(
      hypervolume(
        losses,
        losses[0]!.map(() => 6),
      ),
    ).toBeCloseTo(volume, 9);
  });

  it.each([1, 2, 3, 4, 5])('counts the dominated cells (%i objectives)', (objectives) => {
    const vector = fc.array(fc.nat(5), { minLength: objectives, maxLength: objectives });
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 10 }), (losses) => {
        const reference = new Array<number>(objectives).fill(4);
        expect(hypervolume(losses, reference)).toBe(countedVolume(losses, 4, objectives));
      }),
      { numRuns: 60, seed: objectives },
    );
  });
});
