import { formatNumber } from './number.js';

/** `mae 1.84` or, with several objectives, `error 0.1, seconds 3`; empty without a value. */
export function formatValues(metrics: readonly string[], values: readonly number[]): string {
  return values.map((value, objective) => `${metrics[objective] ?? 'value'} ${formatNumber(value)}`).join(', ');
}

/** `best`, or with several objectives `best by error`: the first of them decides. */
export function bestLabel(metrics: readonly string[]): string {
  return metrics.length > 1 ? `best by ${metrics[0]}` : 'best';
}
