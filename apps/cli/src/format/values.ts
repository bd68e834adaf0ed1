import { formatNumber } from './number.js';

/** `mae 1.84` or, with several objectives, `error 0.1, seconds 3`; empty without a value. */
export function formatValues(metrics: readonly string[], values: readonly number[]): string {
  return values.map((value, objective) => `${metrics[objective]} ${formatNumber(value)}`).join(', ');
}
