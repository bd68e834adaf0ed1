import type { Scores } from '@assay/training';
import { formatTable } from './format/table.js';

/** A line for each named set of rows: errors of numbers, or how well classes were told apart. */
export function scoresText(lines: readonly (readonly [name: string, scores: Scores])[], title = 'rows'): string {
  const isClasses = lines.some(([, scores]) => 'logLoss' in scores);
  const hasAuc = lines.some(([, scores]) => 'auc' in scores && scores.auc !== null);
  const titles = isClasses
    ? ['log loss', 'standard error', 'accuracy', ...(hasAuc ? ['auc'] : [])]
    : ['mae', 'standard error', 'rmse'];
  return formatTable(
    [{ title }, ...['count', ...titles].map((name) => ({ title: name, align: 'right' }) as const)],
    lines.map(([name, scores]) => [name, scores.rows.toLocaleString('en'), ...cells(scores)]),
  );
}

function cells(scores: Scores): string[] {
  const values =
    'logLoss' in scores
      ? [scores.logLoss, scores.logLossStandardError, scores.accuracy, scores.auc]
      : [scores.mae, scores.maeStandardError, scores.rmse];
  return values.map((value) => (value === null ? '' : value.toFixed(4)));
}
