/** The values of one constraint, standardised, and where its limit lies among them. */
export interface ConstraintValues {
  readonly values: Float64Array;
  readonly limit: number;
}

/**
 * Squeezes large values by sign(c) ln(1 + |c| / median |c|), which keeps the limit in its place and the slope around it,
 * then standardises. Infinite values count as the worst finite one; NaN as a violation.
 * @returns null when all values are the same: then nothing can be learnt
 * @see Eriksson and Poloczek 2021, "Scalable constrained Bayesian optimization" (the bilog transform)
 */
export function constraintValues(raw: readonly number[]): ConstraintValues | null {
  const finite = raw.filter(Number.isFinite);
  const worst = finite.reduce((most, c) => Math.max(most, c), 0);
  const best = finite.reduce((least, c) => Math.min(least, c), 0);
  const sizes = finite.map(Math.abs).sort((a, b) => a - b);
  const unit = sizes[Math.floor(sizes.length / 2)] || sizes.at(-1) || 1;
  const values = Float64Array.from(raw, (c) => {
    const clipped = Number.isNaN(c) ? worst : Math.min(Math.max(c, best), worst);
    return Math.sign(clipped) * Math.log1p(Math.min(Math.abs(clipped) / unit, Number.MAX_VALUE));
  });
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
  return deviation > 0 ? { values: values.map((v) => (v - mean) / deviation), limit: -mean / deviation } : null;
}
