import { categorical, choice, int, type ParamValues, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { axesOf, pointOf } from '../axis.js';
import { createRng } from '../rng.js';
import { type TriedPoints, triedPoints } from './tried-points.js';

function triedIn(flat: ReturnType<typeof space>['parameters'], tried: readonly ParamValues[]): TriedPoints {
  const axes = axesOf(flat);
  return triedPoints(
    flat,
    axes,
    tried.map((params) => pointOf(axes, params)),
  );
}

describe('triedPoints', () => {
  const board = space({ row: int(1, 3), column: categorical(['a', 'b']) }).parameters;
  const all = [1, 2, 3].flatMap((row) => ['a', 'b'].map((column) => ({ row, column })));

  it('finds each configuration that is left, and null when there is none', () => {
    const left = [all[1]!, all[4]!];
    const tried = triedIn(
      board,
      all.filter((params) => !left.includes(params)),
    );
    const found = Array.from({ length: 20 }, (_, seed) => tried.untried(createRng(seed)));
    expect(new Set(found.map((params) => JSON.stringify(params)))).toEqual(new Set(left.map((p) => JSON.stringify(p))));
    expect(triedIn(board, all).untried(createRng(1))).toBeNull();
  });

  it('enters a huge branch that random values seldom do, without counting through it', () => {
    const leaves = Array.from({ length: 400 }, (_, i) => `leaf${i}`);
    const branches = { ...Object.fromEntries(leaves.map((leaf) => [leaf, {}])), huge: { n: int(0, 2 ** 50) } };
    const flat = space({ kind: choice(branches) }).parameters;
    const tried = triedIn(
      flat,
      leaves.map((kind) => ({ kind })),
    );
    for (let seed = 0; seed < 20; seed++) expect(tried.untried(createRng(seed))).toMatchObject({ kind: 'huge' });
  });
});
