import type { Evaluation } from 'assay';
import { scoresText } from './scores-text.js';

/** Errors over all rows, then a table for each column. */
export function evaluationText({ rows, overall, by }: Evaluation & { readonly rows: string }): string {
  const whole = scoresText([['all', overall]], rows);
  const parts = by.map(({ column, slices }) =>
    scoresText(
      slices.map(({ value, scores }) => [value, scores] as const),
      column,
    ),
  );
  return [whole, ...parts].join('\n');
}
