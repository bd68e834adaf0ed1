import { type ColumnInspection, cellValue, valuesOf } from './column-profile.js';
import { pearson, spearman } from './correlation.js';
import { quantile } from './quantile.js';

/** Something about a column that a person should look at before training on it. */
export interface InspectionWarning {
  readonly column: string;
  readonly kind:
    | 'empty'
    | 'constant'
    | 'unique'
    | 'encoding'
    | 'unparsable'
    | 'filler'
    | 'outlier'
    | 'leakage'
    | 'label';
  readonly text: string;
  /** The cell that a filler warning is about. */
  readonly value?: string;
}

/** A column with the cells of the sampled rows. */
export interface SampledColumn {
  readonly inspection: ColumnInspection;
  readonly cells: readonly string[];
}

/** Fewer cells than this say nothing about shapes. */
const MIN_SAMPLE = 100;
const ALMOST = 0.95;
/** A filler has this share of the rows; a whole number, this many times its neighbours' mean; at most `most` in a column. */
const FILLER = { share: 0.01, times: 5, minDistinct: 20, neighbours: 2, most: 2 } as const;
/** A range beyond the middle 98 % by this many times its width. */
const OUTLIER_TIMES = 10;
/** What readers make of bytes that are no UTF-8: different letters become one. */
const REPLACEMENT = '\ufffd';
/** Numbers as people write them in reports: `$1,234.50`, `12 %`. */
const WRITTEN_AMOUNT = /^[$€£¥]? ?-?\d{1,3}(?:,?\d{3})*(?:\.\d+)? ?[%$€£¥]?$/;
/** No honest feature predicts a label this well alone. */
const LEAKAGE = 0.99;

/** All warnings, in the order of the columns. @param label the label's column, if one is named */
export function inspectionWarnings(columns: readonly SampledColumn[], label: string | null): InspectionWarning[] {
  const labelColumn = columns.find(({ inspection }) => inspection.name === label) ?? null;
  return columns.flatMap((column) => {
    const { name } = column.inspection;
    const found =
      column === labelColumn
        ? [...aboutLabel(column.inspection), ...aboutValues(column).filter(([kind]) => kind !== 'unique')]
        : [...aboutValues(column), ...leakage(column, labelColumn)];
    return found.map(([kind, text, value]) => ({ column: name, kind, text, ...(value !== undefined && { value }) }));
  });
}

type Finding = readonly [kind: InspectionWarning['kind'], text: string, value?: string];

function aboutLabel({ type, missing, distinct, rows }: ColumnInspection): Finding[] {
  const found: Finding[] = [];
  if (type === 'text') found.push(['label', 'the label is text: only numbers can be predicted']);
  if (missing > 0 && missing < rows) found.push(['label', `${missing} rows have no label: they are dropped`]);
  if (distinct === 1) found.push(['label', 'the label never changes: there is nothing to learn']);
  return found;
}

function aboutValues(column: SampledColumn): Finding[] {
  const { rows, missing, unparsable, distinct, type } = column.inspection;
  const present = rows - missing;
  if (present === 0) return [['empty', 'every cell is empty']];
  const found: Finding[] = [];
  if (missing > ALMOST * rows) found.push(['empty', `${percent(missing / rows)} of the cells are empty`]);
  if (distinct === 1) found.push(['constant', 'one value only']);
  const amount = writtenAmount(column);
  if (amount !== undefined)
    found.push(['unparsable', `"${amount}" and the like are text here: write them as plain numbers`]);
  else if (isAlmostUnique(column) && type !== 'number' && type !== 'timestamp')
    found.push(['unique', 'nearly every row has a value of its own: a key rather than a feature']);
  const broken = column.cells.find((cell) => cell.includes(REPLACEMENT));
  if (broken !== undefined)
    found.push(['encoding', `"${broken.slice(0, 40)}" holds bytes that are no UTF-8: save the file as UTF-8`]);
  if (unparsable > 0) found.push(['unparsable', `${unparsable} cells are no ${type}`]);
  return [...found, ...fillers(column), ...outliers(column)];
}

/** One of a text column's cells, where all that are sampled are amounts. */
function writtenAmount({ inspection: { type }, cells }: SampledColumn): string | undefined {
  const present = type === 'text' ? cells.map((cell) => cell.trim()).filter((cell) => cell !== '') : [];
  return present.every((cell) => WRITTEN_AMOUNT.test(cell)) ? present[0] : undefined;
}

function isAlmostUnique({ inspection: { distinct, rows, missing }, cells }: SampledColumn): boolean {
  if (rows - missing < MIN_SAMPLE) return false;
  if (distinct !== null) return distinct > ALMOST * (rows - missing);
  const present = cells.filter((cell) => cell.trim() !== '');
  return new Set(present).size > ALMOST * present.length;
}

/**
 * One or two values that cannot be like the others: whole numbers with far more rows than their neighbours, as 1969 has among
 * birth years (codes stand out in crowds, and are left alone), or numbers far from all others, as 0 among longitudes.
 */
function fillers({ inspection, cells }: SampledColumn): Finding[] {
  const { type, values, distinct, rows } = inspection;
  if (values === null || distinct === null || distinct < FILLER.minDistinct) return [];
  const frequent = values.filter((value) => value.rows >= FILLER.share * rows);
  const isFiller = type === 'integer' ? outgrown(values) : type === 'number' ? far(valuesOf(type, cells)) : null;
  const found = isFiller === null ? [] : frequent.filter(isFiller);
  if (found.length > FILLER.most) return [];
  return found.map((value) => [
    'filler',
    `${value.text} stands out with ${percent(value.rows / rows)} of the rows: does it stand for "unknown"?`,
    value.text,
  ]);
}

type Frequency = NonNullable<ColumnInspection['values']>[number];

function outgrown(values: readonly Frequency[]): (value: Frequency) => boolean {
  const counts = new Map(values.map(({ text, rows }) => [Number(text), rows]));
  return ({ text, rows }) => rows >= FILLER.times * around(counts, Number(text));
}

function far(sample: number[]): (value: Frequency) => boolean {
  const sorted = sample.sort((a, b) => a - b);
  const median = quantile(sorted, 0.5);
  const width = quantile(sorted, 0.9) - quantile(sorted, 0.1);
  // Where most rows have one value, as tolls have 0, every other value is far from it.
  return ({ text }) => width > 0 && Math.abs(Number(text) - median) > OUTLIER_TIMES * width;
}

function around(counts: ReadonlyMap<number, number>, value: number): number {
  let sum = 0;
  for (let step = 1; step <= FILLER.neighbours; step++)
    sum += (counts.get(value - step) ?? 0) + (counts.get(value + step) ?? 0);
  return sum / (2 * FILLER.neighbours);
}

function outliers({ inspection: { type, range, quantiles }, cells }: SampledColumn): Finding[] {
  if ((type !== 'number' && type !== 'integer') || range === null || quantiles === null) return [];
  const { low, high } = quantiles;
  const reach = OUTLIER_TIMES * (high - low);
  if (cells.length < MIN_SAMPLE || reach === 0) return [];
  if (range.max <= high + reach && range.min >= low - reach) return [];
  const text = `values reach from ${short(range.min)} to ${short(range.max)}, 98 % of them lie between ${short(low)} and ${short(high)}: clip or drop the rest`;
  return [['outlier', text]];
}

function leakage(column: SampledColumn, label: SampledColumn | null): Finding[] {
  const { type } = column.inspection;
  if (label === null || type === 'text' || label.inspection.type === 'text') return [];
  const pairs = pairsOf(column, type, label, label.inspection.type);
  if (pairs.a.length < MIN_SAMPLE) return [];
  const strongest = Math.max(Math.abs(pearson(pairs.a, pairs.b)), Math.abs(spearman(pairs.a, pairs.b)));
  if (strongest < LEAKAGE) return [];
  return [
    ['leakage', `follows the label (correlation ${strongest.toFixed(3)}): is it known when a prediction is asked for?`],
  ];
}

type Counted = 'integer' | 'number' | 'timestamp';

function pairsOf(column: SampledColumn, type: Counted, label: SampledColumn, labelType: Counted) {
  const pairs = column.cells.map(
    (cell, row) => [cellValue(type, cell), cellValue(labelType, label.cells[row]!)] as const,
  );
  const whole = pairs.filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b));
  return { a: whole.map(([a]) => a), b: whole.map(([, b]) => b) };
}

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
const short = (value: number): string => String(Number(value.toPrecision(5)));
