import type { Json, Scalar } from '@assay/space';
import { formatNumber } from './format-number.js';

/** A parameter's value in a table. */
export function formatScalar(value: Scalar): string {
  return typeof value === 'number' ? formatNumber(value, 4) : String(value);
}

/** An attribute: text as it is, everything else as JSON. */
export function formatJson(value: Json): string {
  if (typeof value === 'number') return formatNumber(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
