import type { Metrics } from '@assay/training';
import type { Evaluation } from 'assay';
import { formatTable } from './format/table.js';

/** Errors over all rows, then a table for each column, the slices with the most rows first. */
export function evaluationText({ rows, overall, by }: Evaluation & { readonly rows: string }): string {
  const whole = table(rows, [['all', overall]]);
  return [
    whole,
    ...by.map(({ column, slices }) =>
      table(
        column,
        slices.map((slice) => [slice.value, slice.metrics] as const),
      ),
    ),
  ].join('\n');
}

function table(title: string, lines: readonly (readonly [string, Metrics])[]): string {
  return formatTable(
    [
      { title },
      { title: 'rows', align: 'right' },
      { title: 'mae', align: 'right' },
      { title: 'standard error', align: 'right' },
      { title: 'rmse', align: 'right' },
    ],
    lines.map(([name, { rows, mae, maeStandardError, rmse }]) => [
      name,
      rows.toLocaleString('en'),
      ...[mae, maeStandardError, rmse].map((error) => error.toFixed(4)),
    ]),
  );
}
