import { type LabelHead, PLAIN_LABEL, type Scores } from '@assay/training';
import { describe, expect, it } from 'vitest';
import { SliceSums, slicingOf } from './slice-scores.js';

/** 0 .. 99 as texts. */
const HUNDRED = Array.from({ length: 100 }, (_, i) => String(i));
const DAYS = Array.from({ length: 100 }, (_, i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString());
const WORDS = HUNDRED.map((text) => `zone ${text}`);

describe('how a column is sliced', () => {
  it.each([
    { name: 'few numbers', sample: ['1', '2', '1', ''], expected: { kind: 'values', column: 'c' } },
    { name: 'many texts', sample: WORDS, expected: { kind: 'values', column: 'c' } },
    {
      name: 'many numbers: the deciles',
      sample: HUNDRED,
      expected: { kind: 'numbers', column: 'c', edges: [10, 20, 30, 40, 50, 60, 70, 80, 90] },
    },
    {
      name: 'deciles that fall together',
      sample: [...HUNDRED, ...new Array<string>(400).fill('7')],
      expected: { kind: 'numbers', column: 'c', edges: [7, 50] },
    },
  ])('$name', ({ sample, expected }) => {
    expect(slicingOf('c', sample, false)).toEqual(expected);
  });

  it('numbers that are names: every value', () => {
    expect(slicingOf('c', HUNDRED, true)).toEqual({ kind: 'values', column: 'c' });
  });

  it('many times: the deciles', () => {
    const slicing = slicingOf('c', DAYS, false);
    expect(slicing.kind === 'times' && slicing.edges[0]).toBe(Date.UTC(2020, 0, 11));
  });
});

const maeOf = (scores: Scores): number => ('mae' in scores ? scores.mae : Number.NaN);

describe('errors by slice', () => {
  // Errors 1, -3, 2, 0.
  const predictions = Float32Array.of(2, 0, 5, 4);
  const labels = Float32Array.of(1, 3, 3, 4);

  it('of every value, the most frequent first; of empty cells too', () => {
    const sums = new SliceSums({ kind: 'values', column: 'c' }, PLAIN_LABEL);
    sums.add(['a', 'b', 'b', ''], predictions, labels);
    sums.add(['b'], Float32Array.of(1), Float32Array.of(2));
    expect(sums.slices().map(({ value, scores }) => [value, scores.rows, maeOf(scores)])).toEqual([
      ['b', 3, 2],
      ['(empty)', 1, 0],
      ['a', 1, 1],
    ]);
  });

  it('of bins, in their order', () => {
    const sums = new SliceSums({ kind: 'numbers', column: 'c', edges: [10, 20] }, PLAIN_LABEL);
    sums.add(['20', '3', '19.9', '10'], predictions, labels);
    expect(sums.slices().map(({ value, scores }) => [value, maeOf(scores)])).toEqual([
      ['< 10', 3],
      ['10 .. 20', 1],
      ['>= 20', 1],
    ]);
  });

  it('of rare values together', () => {
    const sums = new SliceSums({ kind: 'values', column: 'c' }, PLAIN_LABEL);
    for (const word of WORDS) sums.add([word], Float32Array.of(1), Float32Array.of(0));
    const slices = sums.slices();
    expect(slices).toHaveLength(51);
    expect(slices.at(-1)).toMatchObject({ value: '(others)', scores: { rows: 50, mae: 1 } });
  });

  it('of classes: accuracy and log loss', () => {
    const label: LabelHead = { kind: 'classes', size: 2 };
    const sums = new SliceSums({ kind: 'values', column: 'c' }, label);
    // Class 0 with 0.9, which is right; class 1 with 0.8, which is wrong; class 0 with 0.5, a tie that counts for the first.
    sums.add(['a', 'a', 'b'], Float32Array.of(0.9, 0.1, 0.2, 0.8, 0.5, 0.5), Float32Array.of(0, 0, 0));
    const [a, b] = sums.slices();
    expect(a).toMatchObject({ value: 'a', scores: { rows: 2, accuracy: 0.5 } });
    expect(b?.scores).toMatchObject({ accuracy: 1, logLoss: expect.closeTo(Math.LN2, 6) });
  });
});
