import {
  type ChunkReader,
  type Learned,
  RowSample,
  readSplitRows,
  type SplitName,
  type SplitRowsPlan,
  type TableRecipe,
} from '@assay/preprocessing';
import { type LabelHead, type Predictor, type Scores, scoreSums } from '@assay/training';
import { type Slice, SliceSums, type Slicing, slicingOf } from './slice-scores.js';

export interface EvaluationOptions {
  readonly predictor: Predictor;
  /** What the model's predictions mean. */
  readonly label: LabelHead;
  readonly recipe: TableRecipe;
  /** What the recipe learned from the rows that the model was trained on. */
  readonly learned: Learned;
  /** All files of the preparation, in its order. */
  readonly sources: SplitRowsPlan['sources'];
  /** Which of their rows. */
  readonly split: SplitName;
  /** Columns of the files to slice by. */
  readonly by: readonly string[];
  readonly reader: ChunkReader;
  readonly signal?: AbortSignal;
}

/** How well a model predicts rows that it was not trained on. */
export interface Evaluation {
  readonly overall: Scores;
  readonly by: readonly { readonly column: string; readonly slices: readonly Slice[] }[];
}

/** Enough rows to place the deciles of a number column. */
const SAMPLE_ROWS = 10_000;

/**
 * Scores a model on the rows of a split, over all and slice by slice, in memory that does not grow with the rows. Where slices
 * are asked for, the files are read twice: first to see which values and ranges the columns have.
 * @throws {PreprocessingError} MISSING_COLUMN for a column that a file lacks, and what the reader throws
 */
export async function evaluateModel(options: EvaluationOptions): Promise<Evaluation> {
  const slicings = options.by.length === 0 ? [] : await slicingsOf(options);
  const slices = slicings.map((slicing) => ({ column: slicing.column, sums: new SliceSums(slicing, options.label) }));
  const overall = scoreSums(options.label);
  for await (const { rows, x, y, cells } of rowsOf(options)) {
    const predictions = await options.predictor.predict(x, rows);
    overall.add(predictions, y);
    for (const { column, sums } of slices) sums.add(cells[column]!, predictions, y);
  }
  return { overall: overall.scores(), by: slices.map(({ column, sums }) => ({ column, slices: sums.slices() })) };
}

async function slicingsOf(options: EvaluationOptions): Promise<readonly Slicing[]> {
  const samples = new Map(options.by.map((column) => [column, new RowSample<string>(SAMPLE_ROWS)]));
  for await (const { rows, cells } of rowsOf(options)) {
    for (const [column, sample] of samples)
      for (let row = 0; row < rows; row++) sample.offer(() => cells[column]![row]!);
  }
  const texts = new Set(options.recipe.columns.filter(({ type }) => type === 'text').map(({ name }) => name));
  return options.by.map((column) => slicingOf(column, samples.get(column)?.rows ?? [], texts.has(column)));
}

function rowsOf({ recipe, learned, sources, split, by, reader, signal }: EvaluationOptions) {
  return readSplitRows({ recipe, learned, sources, split, columns: by, reader, ...(signal && { signal }) });
}
