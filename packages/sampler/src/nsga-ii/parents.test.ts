import { float, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { complete, contextOf } from '../contexts.test.kit.js';
import { createRng } from '../rng.js';
import type { Observation } from '../sampler.js';
import { chiSquare, chiSquareBound } from '../statistics.test.kit.js';
import { parentsOf, tournament } from './parents.js';

const plane = space({ x: float(0, 1) }).parameters;
const directions = ['minimize', 'minimize'] as const;
const front = (count: number, shift = 0): readonly Observation[] =>
  Array.from({ length: count }, (_, i) => complete(i + shift, {}, i + shift, count - i + shift));

describe('parentsOf', () => {
  it('knows front and crowding of each', () => {
    const history = [...front(3), complete(3, {}, 7, 7), { ...complete(4, {}, 0, 0), constraints: [1] }];
    const parents = parentsOf(contextOf(plane, { directions, history }), 5);
    expect(parents.map(({ trial, rank, alone }) => [trial.number, rank, alone])).toEqual([
      [0, 0, Infinity],
      [1, 0, 2],
      [2, 0, Infinity],
      [3, 1, Infinity],
      [4, Infinity, 0],
    ]);
  });

  it('takes the best of an earlier study while there are too few', () => {
    const prior = [...front(4, 100), complete(200, {}, 900, 900)];
    const of = (own: number): readonly number[] =>
      parentsOf(contextOf(plane, { directions, history: front(own), prior }), 4).map(({ trial }) => trial.number);
    expect(of(0)).toEqual([100, 101, 102, 103]);
    expect(of(3)).toEqual([0, 1, 2, 100]);
    expect(of(4)).toEqual([0, 1, 2, 3]);
  });
});

it('a tournament of two of four: the lower front, then the more lonely wins', () => {
  const parent = (number: number, rank: number, alone: number) => ({ trial: complete(number, {}), rank, alone });
  const parents = [parent(0, 0, 1), parent(1, 0, Infinity), parent(2, 1, Infinity), parent(3, Infinity, 0)];
  const rng = createRng(1);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 8000; i++) counts[tournament(parents, rng).trial.number]! += 1;
  // of 16 pairs, the k-th best wins 2 (4 - k) + 1
  expect(chiSquare([counts[1]!, counts[0]!, counts[2]!, counts[3]!], [7 / 16, 5 / 16, 3 / 16, 1 / 16])).toBeLessThan(
    chiSquareBound(3),
  );
});
