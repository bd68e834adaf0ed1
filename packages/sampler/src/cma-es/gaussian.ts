import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** A normal distribution N(mean, sigma^2 C) in n dimensions; matrices are n x n, row by row. */
export interface Gaussian {
  readonly mean: Float64Array;
  readonly sigma: number;
  readonly covariance: Float64Array;
  /** C = basis diag(lengths^2) basis^T, the basis orthogonal. */
  readonly basis: Float64Array;
  readonly lengths: Float64Array;
}

/** Below this share of the largest, a variance is rounding: C counts as that long in the direction. */
const LEAST_VARIANCE = 1e-14;

export function gaussianOf(mean: Float64Array, sigma: number, covariance: Float64Array): Gaussian {
  const n = mean.length;
  const rows = Array.from({ length: n }, (_, i) => covariance.subarray(i * n, (i + 1) * n));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(rows), {
    assumeSymmetric: true,
  });
  const least = LEAST_VARIANCE * Math.max(...realEigenvalues);
  return {
    mean,
    sigma,
    covariance,
    basis: Float64Array.from(eigenvectorMatrix.to1DArray()),
    lengths: Float64Array.from(realEigenvalues, (variance) => Math.sqrt(Math.max(variance, least))),
  };
}

/** The standard deviation along a coordinate. */
export function deviation({ mean, sigma, covariance }: Gaussian, coordinate: number): number {
  return sigma * Math.sqrt(covariance[coordinate * (mean.length + 1)]!);
}

/** The point that standard normal numbers stand for. */
export function pointAt({ mean, sigma, basis, lengths }: Gaussian, normals: Float64Array): Float64Array {
  const n = mean.length;
  return mean.map((centre, i) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += basis[i * n + k]! * lengths[k]! * normals[k]!;
    return centre + sigma * sum;
  });
}

/** C^(-1/2) step. */
export function whitened({ basis, lengths }: Gaussian, step: Float64Array): Float64Array {
  const n = step.length;
  const result = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let along = 0;
    for (let i = 0; i < n; i++) along += basis[i * n + k]! * step[i]!;
    along /= lengths[k]!;
    for (let i = 0; i < n; i++) result[i]! += along * basis[i * n + k]!;
  }
  return result;
}

export function lengthOf(vector: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i]! * vector[i]!;
  return Math.sqrt(sum);
}
