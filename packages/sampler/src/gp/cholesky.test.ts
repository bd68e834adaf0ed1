import { CholeskyDecomposition, inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.js';
import { factorize, gramOfLower, invertLower, timesLower, timesLowerTransposed } from './cholesky.js';

/** A random positive definite matrix, its upper triangle spoilt to show that it is not read. */
function randomCovariance(n: number, seed: number): { readonly full: Matrix; readonly lower: Float64Array } {
  const rng = createRng(seed);
  const root = Matrix.zeros(n, n + 2).apply(function (i, j) {
    this.set(i, j, rng.next() - 0.5);
  });
  const full = root.mmul(root.transpose());
  const lower = Float64Array.from(full.to1DArray(), (v, p) => (p % n > Math.floor(p / n) ? Number.NaN : v));
  return { full, lower };
}

function lowerOf(array: Float64Array, n: number): number[][] {
  return Array.from({ length: n }, (_, i) => [...array.subarray(i * n, i * n + i + 1)]);
}

function expectNear(actual: number[][], expected: Matrix, tolerance: number): void {
  actual.forEach((row, i) => {
    row.forEach((value, j) => {
      const wanted = expected.get(i, j);
      expect(Math.abs(value - wanted)).toBeLessThan(tolerance * Math.max(1, Math.abs(wanted)));
    });
  });
}

describe('Cholesky factor', () => {
  // sizes around the tiles of 2 and 4
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 23])('of %i x %i is that of ml-matrix; its inverse inverts', (n) => {
    const { full, lower } = randomCovariance(n, n);
    expect(factorize(lower, n)).toBe(true);
    expectNear(lowerOf(lower, n), new CholeskyDecomposition(full).lowerTriangularMatrix, 1e-10);

    const half = new Float64Array(n * n);
    invertLower(lower, n, half);
    const gram = new Float64Array(n * n);
    gramOfLower(half, n, gram);
    expectNear(lowerOf(gram, n), inverse(full), 1e-6);
  });

  it.each([
    { name: 'indefinite', matrix: [1, 0, 2, 1], n: 2 },
    { name: 'indefinite in the last row of an odd size', matrix: [1, 0, 0, 0, 1, 0, 1, 1, 1], n: 3 },
    { name: 'a zero on the diagonal', matrix: [0], n: 1 },
    { name: 'NaN', matrix: [Number.NaN, 0, 0, 1], n: 2 },
  ])('does not exist: $name', ({ matrix, n }) => {
    expect(factorize(Float64Array.from(matrix), n)).toBe(false);
  });

  it.each([1, 2, 5, 8])('multiplies vectors of %i', (n) => {
    const rng = createRng(n);
    const m = new Float64Array(n * n).map((_, p) => (p % n > Math.floor(p / n) ? 0 : rng.next()));
    const x = new Float64Array(n).map(() => rng.next());
    const [forward, backward] = [new Float64Array(n), new Float64Array(n)];
    timesLower(m, n, x, forward);
    timesLowerTransposed(m, n, x, backward);
    const matrix = Matrix.from1DArray(n, n, m);
    const column = Matrix.columnVector([...x]);
    expect([...forward]).toEqual(
      matrix
        .mmul(column)
        .to1DArray()
        .map((v) => expect.closeTo(v, 12)),
    );
    expect([...backward]).toEqual(
      matrix
        .transpose()
        .mmul(column)
        .to1DArray()
        .map((v) => expect.closeTo(v, 12)),
    );
  });
});
