/** The p-quantile with linear interpolation (NumPy's default); Infinity is a value like others. */
export function quantile(xs: readonly number[], p: number): number {
  const sorted = [...xs].sort((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below === above ? below : below + (above - below) * (place - Math.floor(place));
}

/** `median [lower quartile, upper quartile]`. */
export function quartileText(xs: readonly number[]): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((p) => quantile(xs, p).toPrecision(3));
  return `${middle} [${low}, ${high}]`;
}

/** A p-value; small ones as a power of ten. */
export function pText(p: number): string {
  return p < 0.001 ? p.toExponential(0) : p.toFixed(3);
}
