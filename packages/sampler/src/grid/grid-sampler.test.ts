import {
  categorical,
  choice,
  float,
  int,
  ordered,
  type ParamValues,
  repeat,
  type SearchSpace,
  space,
} from '@assay/space';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySpace, contextOf } from '../contexts.test.kit.js';
import { createRng } from '../rng.js';
import { type GridOptions, gridSampler } from './grid-sampler.js';
import { randomPermutation } from './permutation.js';

function walk(parameters: SearchSpace, options: GridOptions = {}, studySeed = 1): readonly ParamValues[] {
  const sampler = gridSampler(options);
  const points: ParamValues[] = [];
  for (let draw = 0; draw < 3000; draw++) {
    const suggestion = sampler.suggest(contextOf(parameters, { draw, studySeed }));
    if (suggestion === null) break;
    points.push(suggestion.params);
  }
  return points;
}

const texts = (points: readonly ParamValues[]): readonly string[] =>
  points.map((point) => JSON.stringify(point)).sort();

describe('gridSampler', () => {
  it('visits every combination once, then ends', () => {
    const { parameters } = space({ a: int(1, 3), b: categorical(['x', null]), c: float(0, 0.2, { step: 0.1 }) });
    const expected = [1, 2, 3].flatMap((a) => ['x', null].flatMap((b) => [0, 0.1, 0.2].map((c) => ({ a, b, c }))));
    expect(texts(walk(parameters))).toEqual(texts(expected));
  });

  it('varies conditional parameters only where they are active', () => {
    const { parameters } = space({
      opt: choice({ adam: {}, sgd: { momentum: ordered([0, 0.9]) } }),
      layers: int(1, 2),
      units: repeat('layers', categorical([8, 16])),
    });
    const layers = [
      { layers: 1, 'units[0]': 8 },
      { layers: 1, 'units[0]': 16 },
      ...[8, 16].flatMap((a) => [8, 16].map((b) => ({ layers: 2, 'units[0]': a, 'units[1]': b }))),
    ];
    const expected = [
      ...layers.map((rest) => ({ opt: 'adam', ...rest })),
      ...[0, 0.9].flatMap((m) => layers.map((rest) => ({ opt: 'sgd', 'opt.sgd.momentum': m, ...rest }))),
    ];
    const sorted = (points: readonly ParamValues[]): readonly string[] =>
      points.map((point) => JSON.stringify(Object.entries(point).sort())).sort();
    expect(sorted(walk(parameters))).toEqual(sorted(expected));
  });

  it('repeats nothing in any space', () => {
    fc.assert(
      fc.property(anySpace, (parameters) => {
        const points = walk(parameters, { resolution: 3 }).slice(0, 300);
        expect(new Set(texts(points)).size).toBe(points.length);
      }),
      { numRuns: 30, seed: 3 },
    );
  });

  it('orders the points by the seed', () => {
    const { parameters } = space({ a: int(1, 30) });
    expect(walk(parameters, {}, 1)).toEqual(walk(parameters, {}, 1));
    expect(walk(parameters, {}, 1)).not.toEqual(walk(parameters, {}, 2));
  });

  it('spaces the values of a float evenly, on its scale, and takes given points as they are', () => {
    const { parameters } = space({ lr: float(1e-4, 1, { log: true }), x: float(-1, 1), n: int(1, 1000) });
    const points = walk(parameters, { resolution: 3, points: { n: [10, 300], x: [0.123] } });
    const lrs = [...new Set(points.map(({ lr }) => lr as number))].sort((a, b) => a - b);
    expect(lrs.map((lr) => lr.toPrecision(6))).toEqual(['0.000100000', '0.0100000', '1.00000']);
    expect(new Set(points.map(({ n, x }) => `${n} ${x}`))).toEqual(new Set(['10 0.123', '300 0.123']));
    expect(points).toHaveLength(6);
  });

  const { parameters } = space({ lr: float(0, 1), n: int(1, 5) });
  it.each<{ name: string; options: GridOptions; code: string; says: RegExp }>([
    { name: 'a float without values', options: {}, code: 'NOT_A_GRID', says: /'lr'.*list points/ },
    { name: 'a point out of range', options: { points: { lr: [2] } }, code: 'NOT_A_GRID', says: /2 of 'lr'.*\[0, 1\]/ },
    { name: 'an unknown name', options: { points: { rate: [1] } }, code: 'NOT_A_GRID', says: /'rate'.*lr, n/ },
    { name: 'a point twice', options: { points: { lr: [0.5, 0.5] } }, code: 'BAD_OPTION', says: /different values/ },
    { name: 'one value only', options: { resolution: 1 }, code: 'BAD_OPTION', says: /at least 2, got 1/ },
  ])('refuses $name', ({ options, code, says }) => {
    const suggest = () => gridSampler(options).suggest(contextOf(parameters));
    expect(suggest).toThrow(expect.objectContaining({ code, message: expect.stringMatching(says) }));
  });

  it('refuses a grid that it cannot count', () => {
    const huge = space({ a: int(0, 2 ** 40), b: int(0, 2 ** 20) }).parameters;
    expect(() => gridSampler().suggest(contextOf(huge))).toThrow(expect.objectContaining({ code: 'GRID_TOO_LARGE' }));
  });
});

describe('randomPermutation', () => {
  it.each([1, 2, 3, 5, 64, 1000])('is one, of %i', (size) => {
    const permute = randomPermutation(size, createRng(size));
    const images = Array.from({ length: size }, (_, i) => permute(i)).sort((a, b) => a - b);
    expect(images).toEqual(Array.from({ length: size }, (_, i) => i));
  });

  it('stays in range and does not collide at the largest size', () => {
    const permute = randomPermutation(Number.MAX_SAFE_INTEGER, createRng(1));
    const images = Array.from({ length: 1000 }, (_, i) => permute(i));
    expect(images.every((image) => Number.isSafeInteger(image) && image >= 0)).toBe(true);
    expect(new Set(images).size).toBe(1000);
  });
});
