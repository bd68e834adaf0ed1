import { quantile } from './quantile.js';

/** How a label is distributed, and how many validation rows its error needs. */
export interface LabelInspection {
  readonly name: string;
  readonly missing: number;
  readonly mean: number;
  readonly std: number;
  /** 0, 1, 5, 25, 50, 75, 95, 99 and 100 % of the values lie at or below these; from the sample. */
  readonly quantiles: readonly { readonly share: number; readonly value: number }[];
  /** Mean absolute error of always predicting the median: what every model must beat. */
  readonly medianMae: number;
  /** By how much that error wavers with the choice of validation rows: its standard error at several sizes. */
  readonly standardErrors: readonly { readonly rows: number; readonly error: number }[];
}

const SHARES = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1] as const;
const SIZES = [1000, 10_000, 100_000, 1_000_000] as const;

/**
 * @param sample present values, in any order; not empty
 * @param whole over all rows
 */
export function inspectLabel(
  name: string,
  sample: readonly number[],
  whole: { readonly missing: number; readonly mean: number; readonly std: number },
): LabelInspection {
  const sorted = [...sample].sort((a, b) => a - b);
  const median = quantile(sorted, 0.5);
  const errors = sorted.map((value) => Math.abs(value - median));
  const medianMae = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const spread = Math.sqrt(errors.reduce((sum, error) => sum + (error - medianMae) ** 2, 0) / errors.length);
  return {
    name,
    ...whole,
    quantiles: SHARES.map((share) => ({ share, value: quantile(sorted, share) })),
    medianMae,
    standardErrors: SIZES.map((rows) => ({ rows, error: spread / Math.sqrt(rows) })),
  };
}
