import type { ColumnInspection, LabelInspection, TableInspection } from '@assay/preprocessing';
import { formatNumber } from './format/number.js';
import { type Column, formatTable } from './format/table.js';
import { wrapParts } from './format/wrap.js';

/**
 * A table's columns, its label and what to look at, for people.
 * @param width of the terminal, in cells; default: there is none, and lines are as long as they come
 */
export function inspectionText(inspection: TableInspection, width: number = Number.POSITIVE_INFINITY): string {
  const { rows, malformed, duplicates, label, warnings } = inspection;
  const counts = [`${count(rows)} rows`, `${count(duplicates)} exact duplicates`, `${count(malformed)} malformed`];
  const parts = [`${counts.join(', ')}\n\n${columnTables(inspection, width)}`];
  if (label !== null) parts.push(labelText(label, width));
  if (warnings.length > 0)
    parts.push(
      `look at:\n${warnings.map(({ column, text }) => `${warningText(`${column}: ${text}`, width)}\n`).join('')}`,
    );
  return parts.join('\n');
}

const NAME: Column = { title: 'column' };
const KINDS: readonly Column[] = [
  { title: 'type' },
  { title: 'missing', align: 'right' },
  { title: 'distinct', align: 'right' },
];
const RANGE: readonly Column[] = [
  { title: 'min', align: 'right' },
  { title: 'mean', align: 'right' },
  { title: 'max', align: 'right' },
];
const FREQUENT: Column = { title: 'most frequent' };

/** One table; on a terminal that is too narrow for it, the ranges are in one of their own. */
function columnTables({ columns, distinctLimit }: TableInspection, width: number): string {
  const rows = columns.map((column) => ({
    isCounted: column.range !== null,
    name: column.name,
    kind: kindCells(column, distinctLimit),
    range: rangeCells(column),
    frequent: mostFrequent(column),
  }));
  const whole = formatTable(
    [NAME, ...KINDS, ...RANGE, FREQUENT],
    rows.map(({ name, kind, range, frequent }) => [name, ...kind, ...range, frequent]),
  );
  if (whole.split('\n').every((line) => line.length <= width)) return whole;
  const kinds = formatTable(
    [NAME, ...KINDS, FREQUENT],
    rows.map(({ name, kind, frequent }) => [name, ...kind, frequent]),
  );
  const ranges = formatTable(
    [NAME, ...RANGE],
    rows.filter(({ isCounted }) => isCounted).map(({ name, range }) => [name, ...range]),
  );
  return `${kinds}\n${ranges}`;
}

function kindCells({ type, missing, rows, distinct }: ColumnInspection, distinctLimit: number): string[] {
  return [
    type,
    missing === 0 ? '' : percent(missing / rows),
    distinct === null ? `${count(distinctLimit)} or more` : count(distinct),
  ];
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

function labelText({ name, mean, std, quantiles, medianMae, standardErrors }: LabelInspection, width: number): string {
  const spread = quantiles.map(({ share, value }) => `${100 * share} % ${formatNumber(Number(value.toPrecision(4)))}`);
  const errors = standardErrors.map(({ rows, error }) => `${count(rows)} rows: ±${Number(error.toPrecision(2))}`);
  const layout = { separator: '   ', indent: '  ', width };
  return [
    `label ${name}: mean ${formatNumber(mean)}, standard deviation ${formatNumber(std)}`,
    wrapParts(spread, layout),
    `  always predicting the median: mae ${formatNumber(medianMae)}`,
    '  standard error of that on a validation set of',
    wrapParts(errors, layout),
    '',
  ].join('\n');
}

/** Behind two blanks, with further lines behind four. */
function warningText(text: string, width: number): string {
  return wrapParts(text.split(' '), { separator: ' ', indent: '    ', width }).slice(2);
}

const count = (rows: number): string => rows.toLocaleString('en');
const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
const moment = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
