import { createRng, hypervolume } from '@assay/sampler';
import { expect, it } from 'vitest';
import { sampledVolumes } from './sampled-volumes.js';

it('is exact for one box', () => {
  expect([...sampledVolumes([[1, 2, 3]], [2, 4, 6])]).toEqual([6]);
});

it('counts what each vector adds first', () => {
  // Halves of the unit cube: the first vector takes the upper half, the second the rest, the third nothing new.
  const volumes = sampledVolumes(
    [
      [0.5, 0, 0],
      [0, 0, 0],
      [0.2, 0.2, 0.2],
    ],
    [1, 1, 1],
  );
  expect([...volumes]).toEqual([expect.closeTo(0.5, 2), 1, 1]);
});

it('adds nothing beyond the corner', () => {
  expect([
    ...sampledVolumes(
      [
        [2, 0, 0],
        [0, 0, 0.5],
      ],
      [1, 1, 1],
    ),
  ]).toEqual([0, 0.5]);
});

// Independent random points would be off by 1.1% (two standard errors of a share of 8192); these are spread more evenly.
it.each([3, 4, 5])('with %i objectives it is within 1% of the box of the exact volume', (dimensions) => {
  for (const seed of [1, 2, 3]) {
    const rng = createRng(seed);
    const losses = Array.from({ length: 15 }, () => Array.from({ length: dimensions }, () => rng.next()));
    const corner = losses[0]!.map(() => 1);
    const volumes = sampledVolumes(losses, corner);
    const exact = losses.map((_, i) => hypervolume(losses.slice(0, i + 1), corner));
    for (const [i, volume] of volumes.entries()) expect(Math.abs(volume - exact[i]!)).toBeLessThan(0.01);
  }
});
