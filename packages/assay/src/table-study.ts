import type { FeatureGroup, Manifest, StoredColumn, TableRecipe } from '@assay/preprocessing';
import type { Space } from '@assay/space';
import type { PrepareContext, Repeats, StudySpec } from '@assay/study';
import type { ErrorMetric, ModelDescription, TrainingDescription } from '@assay/training';
import { defineStudy } from './define-study.js';
import { prepareTableData, type TableData } from './table-data.js';
import { trainTrial } from './table-objective.js';

/** Files with rows, and what to tell a person about them. */
export interface TableSources {
  readonly train: readonly string[];
  readonly validation: readonly string[];
  /** Files all of whose rows are test rows. */
  readonly test?: readonly string[];
  /** One line for the screen: which rows these are. */
  readonly description: string;
}

/** What a network may be built from: the prepared table, without its rows. Statistics are over the training rows. */
export interface TableFacts {
  /** The stored columns: numbers, and categories as indices. */
  readonly features: readonly StoredColumn[];
  readonly groups: readonly FeatureGroup[];
  /** One entry a feature. */
  readonly featureStatistics: Manifest['featureStatistics'];
  readonly label: Manifest['label'];
  /** Rows of each training shard. */
  readonly shardRows: readonly number[];
}

/** How one configuration trains. */
export interface TableFit {
  readonly model: ModelDescription;
  readonly training: TrainingDescription;
  /** Passes over all shards. */
  readonly passes: number;
  /** Epochs on a shard before the next one; 1 except for the course's way. */
  readonly epochsPerShard: number;
  /**
   * Shards whose rows are mixed in memory before they are trained on, for files that are sorted by something: batch norm needs
   * it there, and every network where it is the label they are sorted by. Default: 1, shards hold rows in the files' order.
   */
  readonly mixedShards?: number;
  /** Training ends early after this many passes without a better validation value; null: never. */
  readonly patiencePasses: number | null;
}

/** What the commands `train`, `predict` and `data prepare` need of a study on a table. */
export interface TableWorkload<P> {
  readonly recipe: TableRecipe;
  /** Finds or makes the files. */
  readonly sources: (context: PrepareContext) => Promise<TableSources>;
  readonly fit: (params: P, facts: TableFacts) => TableFit;
  /** What a trial is worth, in the label's units, and what training stops by. Default: mae. */
  readonly metric?: ErrorMetric;
  /** Rows of a shard: training reports, and keeps its checkpoint, after each. Default: 8,192; more for tens of millions of rows. */
  readonly shardRows?: number;
  /**
   * For small tables: a trial trains this many networks, each on all training and validation rows but those of one fold, which
   * validate it; the trial's reports are the folds' values, its value their mean. Test rows stay apart. Default: one network, on
   * the training rows.
   */
  readonly folds?: number;
}

export interface TableStudySpec<P> extends StudySpec<P, TableData> {
  readonly table: TableWorkload<P>;
}

/** A study that tunes a network on a table; the value is the validation rows' error, in the label's units. */
export interface TableStudyDeclaration<P> extends TableWorkload<P> {
  readonly name: string;
  readonly space: Space<P>;
  /** Tried first. */
  readonly defaults?: NoInfer<P>;
  readonly sampler?: string;
  readonly pruner?: string;
  /** How often each trial trains its network, each time from other initial weights and in another order. Default: once a fold. */
  readonly repeats?: number | Partial<Repeats>;
  readonly trials?: number;
}

/**
 * Declares a study on a table: rows are prepared once into shards, and every trial trains a network on them shard by shard,
 * reporting after each.
 * @throws {TypeError} when a part is left out, both folds and repeats are declared, or fewer than two folds
 */
export function defineTableStudy<P>(declaration: TableStudyDeclaration<P>): TableStudySpec<P> {
  requireParts(declaration);
  const { recipe, sources, fit, metric = 'mae', shardRows, folds, ...rest } = declaration;
  if (folds !== undefined && (rest.repeats !== undefined || !Number.isInteger(folds) || folds < 2))
    throw new TypeError(`A study has two folds or more, and no repeats beside them; got ${folds} folds.`);
  const table = { recipe, sources, fit, metric, ...(shardRows && { shardRows }), ...(folds && { folds }) };
  const spec = defineStudy<P, TableData>({
    ...rest,
    ...(folds && { repeats: folds }),
    metric,
    prepare: (context) => prepareTableData(table, context),
    objective: (trial) => trainTrial(table, trial),
  });
  return { ...spec, table };
}

/** How each part that a study cannot be without is mostly made. */
const PARTS = {
  recipe: 'recipe({ ... })',
  sources: "tableFiles({ train: 'trips.csv' })",
  fit: '...tabularNetwork()',
} as const;

/** Study files run unchecked by the compiler. */
function requireParts(declaration: Partial<Record<keyof typeof PARTS, unknown>>): void {
  for (const [name, made] of Object.entries(PARTS)) {
    if (declaration[name as keyof typeof PARTS] === undefined)
      throw new TypeError(`A study on a table needs ${name}, which is mostly made by ${made}.`);
  }
}
