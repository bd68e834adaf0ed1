import { type LabelHead, outputCount, type ScoreSums, type Scores, scoreSums } from '@assay/training';

/** Scores of the rows that agree in a column, or fall into one of its bins. */
export interface Slice {
  /** The cell's text, a bin's range, `(empty)`, or `(others)`. */
  readonly value: string;
  readonly scores: Scores;
}

/** How the rows of one column are told apart. */
export type Slicing =
  /** Every value is a slice. */
  | { readonly kind: 'values'; readonly column: string }
  /** Bins of numbers, or of times in milliseconds since 1970: the ascending inner edges. */
  | { readonly kind: 'numbers' | 'times'; readonly column: string; readonly edges: readonly number[] };

/** A column with more values than this is cut into bins where it holds numbers or times. */
const MOST_VALUES = 20;
/** A text column shows its most frequent values, the others together. */
const MOST_SLICES = 50;
const BINS = 10;
const EMPTY = '(empty)';
const OTHERS = '(others)';
const READERS = { numbers: Number, times: Date.parse } as const;

/**
 * @param sample cells of some rows; numbers and times of many values are cut at their deciles
 * @param isText the recipe reads the column as text: its numbers, if it holds any, are names
 */
export function slicingOf(column: string, sample: readonly string[], isText: boolean): Slicing {
  const present = sample.filter((cell) => cell !== '');
  if (isText || new Set(present).size <= MOST_VALUES) return { kind: 'values', column };
  for (const kind of ['numbers', 'times'] as const) {
    const values = present.map(READERS[kind]);
    if (!values.some(Number.isNaN)) return { kind, column, edges: deciles(values) };
  }
  return { kind: 'values', column };
}

function deciles(values: number[]): number[] {
  const sorted = values.sort((a, b) => a - b);
  const inner = Array.from({ length: BINS - 1 }, (_, i) => sorted[Math.floor(((i + 1) / BINS) * sorted.length)]!);
  return [...new Set(inner)];
}

/** Scores slice by slice; for labels that are numbers, in memory that does not grow with the rows. */
export class SliceSums {
  readonly #slicing: Slicing;
  readonly #label: LabelHead;
  readonly #sums = new Map<string, ScoreSums>();

  constructor(slicing: Slicing, label: LabelHead) {
    this.#slicing = slicing;
    this.#label = label;
  }

  add(cells: readonly string[], predictions: Float32Array, labels: Float32Array): void {
    const width = outputCount(this.#label);
    for (const [row, cell] of cells.entries()) {
      const slice = sliceOf(this.#slicing, cell);
      const sums = this.#sums.get(slice) ?? scoreSums(this.#label);
      this.#sums.set(slice, sums);
      sums.add(predictions.subarray(row * width, (row + 1) * width), labels.subarray(row, row + 1));
    }
  }

  /** Bins in their order; values by their rows, the most frequent first. */
  slices(): readonly Slice[] {
    const all = [...this.#sums].map(([value, sums]) => ({ value, sums, scores: sums.scores() }));
    if (this.#slicing.kind !== 'values') {
      const order = [...binNames(this.#slicing), EMPTY];
      return all.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value)).map(withoutSums);
    }
    all.sort((a, b) => b.scores.rows - a.scores.rows || (a.value < b.value ? -1 : 1));
    if (all.length <= MOST_SLICES) return all.map(withoutSums);
    const others = scoreSums(this.#label);
    for (const { sums } of all.slice(MOST_SLICES)) others.merge(sums);
    return [...all.slice(0, MOST_SLICES).map(withoutSums), { value: OTHERS, scores: others.scores() }];
  }
}

function withoutSums({ value, scores }: Slice): Slice {
  return { value, scores };
}

type Bins = Exclude<Slicing, { readonly kind: 'values' }>;

function sliceOf(slicing: Slicing, cell: string): string {
  if (cell === '') return EMPTY;
  if (slicing.kind === 'values') return cell;
  const { kind, edges } = slicing;
  const value = READERS[kind](cell);
  let bin = 0;
  while (bin < edges.length && value >= edges[bin]!) bin++;
  return binName(slicing, bin);
}

function binNames(bins: Bins): string[] {
  return Array.from({ length: bins.edges.length + 1 }, (_, bin) => binName(bins, bin));
}

function binName({ kind, edges }: Bins, bin: number): string {
  const [from, to] = [edges[bin - 1], edges[bin]].map((edge) => (edge === undefined ? '' : EDGE_TEXT[kind](edge)));
  if (from === '') return `< ${to}`;
  return to === '' ? `>= ${from}` : `${from} .. ${to}`;
}

const EDGE_TEXT = {
  numbers: (value: number): string => String(Number(value.toPrecision(6))),
  times: (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' '),
} as const;
