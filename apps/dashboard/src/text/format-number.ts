/** Up to `digits` significant digits, exponent only where that is shorter: 1.8427, 0.0003, 2.1e-7, NaN, +inf. */
export function formatNumber(value: number, digits = 5): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+inf' : '-inf';
  const rounded = Number(value.toPrecision(digits));
  const plain = String(rounded).replace('e+', 'e');
  const short = rounded.toExponential().replace('e+', 'e');
  return plain.length > digits + 3 && short.length < plain.length ? short : plain;
}
