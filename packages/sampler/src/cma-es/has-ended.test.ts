import { float, int, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { axesOf } from '../axis.js';
import { complete } from '../contexts.test.kit.js';
import type { Observation } from '../sampler.js';
import { gaussianOf } from './gaussian.js';
import { hasEnded, type Milestone, memoryOf } from './has-ended.js';
import { numericAxes } from './numeric-axis.js';

const axes = numericAxes(axesOf(space({ x: float(0, 1), y: float(0, 1) }).parameters));
const wide = gaussianOf(Float64Array.of(0, 0), 0.1, Float64Array.of(1, 0, 0, 1));
const trials = (...values: readonly number[]): readonly Observation[] =>
  values.map((value, i) => complete(i, {}, value));
const milestones = (count: number, best: (i: number) => number, median = best): readonly Milestone[] =>
  Array.from({ length: count }, (_, i) => ({ best: complete(i, {}, best(i)), median: complete(i, {}, median(i)) }));
const falling = (i: number): number => -i;
const flat = (): number => 1;

describe('hasEnded', () => {
  it.each([
    { name: 'goes on at first', past: [], last: trials(1, 2), ended: false },
    {
      name: 'is flat for 10 + 30 * 2 / 6 generations',
      past: milestones(20, flat),
      last: trials(1, 1, 1, 1, 1, 1),
      ended: true,
    },
    { name: 'is flat for one less', past: milestones(19, flat), last: trials(1, 1, 1, 1, 1, 1), ended: false },
    { name: 'has one value that differs', past: milestones(20, flat), last: trials(1, 1, 1, 1, 1, 2), ended: false },
    { name: 'has stagnated', past: milestones(130, flat, flat), last: trials(1, 2, 3, 4, 5, 6), ended: true },
    {
      name: 'has stagnated but for the median',
      past: milestones(130, flat, falling),
      last: trials(1, 2, 3, 4, 5, 6),
      ended: false,
    },
    { name: 'still improves', past: milestones(130, falling), last: trials(1, 2, 3, 4, 5, 6), ended: false },
    { name: 'has no such past yet', past: milestones(129, flat), last: trials(1, 2, 3, 4, 5, 6), ended: false },
  ])('$name: $ended', ({ past, last, ended }) => {
    expect(hasEnded(axes, wide, past, last, 'minimize')).toBe(ended);
  });

  it('ends when all continuous coordinates are within a billionth, whatever the discrete ones do', () => {
    const mixed = numericAxes(axesOf(space({ n: int(0, 9), x: float(0, 1), y: float(0, 1) }).parameters));
    const narrow = (...variances: readonly [number, number, number]): boolean => {
      const [n, x, y] = variances;
      const gaussian = gaussianOf(new Float64Array(3), 1e-10, Float64Array.of(n, 0, 0, 0, x, 0, 0, 0, y));
      return hasEnded(mixed, gaussian, [], trials(1, 2), 'minimize');
    };
    expect(narrow(1e6, 1, 1)).toBe(true);
    expect(narrow(1, 1, 1e6)).toBe(false);
  });
});

it('remembers 120 + 30 n / population generations, or a fifth of the run', () => {
  expect(memoryOf(10, 10, 5)).toBe(150);
  expect(memoryOf(10, 10, 2000)).toBe(400);
});
