import type { ColumnInspection, LabelInspection, TableInspection } from '@assay/preprocessing';
import { formatNumber } from './format/number.js';
import { formatTable } from './format/table.js';

/** A table's columns, its label and what to look at, for people. */
export function inspectionText(inspection: TableInspection): string {
  const { rows, malformed, duplicates, columns, distinctLimit, label, warnings } = inspection;
  const counts = [`${count(rows)} rows`, `${count(duplicates)} exact duplicates`, `${count(malformed)} malformed`];
  const parts = [`${counts.join(', ')}\n\n${columnTable(columns, distinctLimit)}`];
  if (label !== null) parts.push(labelText(label));
  if (warnings.length > 0)
    parts.push(`look at:\n${warnings.map(({ column, text }) => `  ${column}: ${text}\n`).join('')}`);
  return parts.join('\n');
}

function columnTable(columns: readonly ColumnInspection[], distinctLimit: number): string {
  return formatTable(
    [
      { title: 'column' },
      { title: 'type' },
      { title: 'missing', align: 'right' },
      { title: 'distinct', align: 'right' },
      { title: 'min', align: 'right' },
      { title: 'mean', align: 'right' },
      { title: 'max', align: 'right' },
      { title: 'most frequent' },
    ],
    columns.map((column) => [
      column.name,
      column.type,
      column.missing === 0 ? '' : percent(column.missing / column.rows),
      column.distinct === null ? `${count(distinctLimit)} or more` : count(column.distinct),
      ...rangeCells(column),
      mostFrequent(column),
    ]),
  );
}

function rangeCells({ type, range }: ColumnInspection): string[] {
  if (range === null) return ['', '', ''];
  const show = type === 'timestamp' ? moment : (value: number) => formatNumber(Number(value.toPrecision(5)));
  return [range.min, range.mean, range.max].map(show);
}

function mostFrequent({ values, rows }: ColumnInspection): string {
  const [first] = values ?? [];
  if (first === undefined || first.rows === 1) return '';
  const text = first.text.length > 24 ? `${first.text.slice(0, 23)}…` : first.text;
  return `${text} (${percent(first.rows / rows)})`;
}

function labelText({ name, mean, std, quantiles, medianMae, standardErrors }: LabelInspection): string {
  const spread = quantiles
    .map(({ share, value }) => `${100 * share} % ${formatNumber(Number(value.toPrecision(4)))}`)
    .join('   ');
  const errors = standardErrors
    .map(({ rows, error }) => `${count(rows)} rows: ±${Number(error.toPrecision(2))}`)
    .join('   ');
  return [
    `label ${name}: mean ${formatNumber(mean)}, standard deviation ${formatNumber(std)}`,
    `  ${spread}`,
    `  always predicting the median: mae ${formatNumber(medianMae)}; standard error of that on a validation set of`,
    `  ${errors}`,
    '',
  ].join('\n');
}

const count = (rows: number): string => rows.toLocaleString('en');
const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
const moment = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
