import type { ChunkReader, TableSource } from './chunk-reader.js';
import { learnerOf } from './recipe/feature.js';
import { type Learned, typesOf } from './recipe/feature-set.js';
import { timesOf } from './recipe/local-times.js';
import { rowHashes } from './row-hash.js';
import { type KeptRows, RowSieve, tableRules } from './row-sieve.js';
import type { SplitRule, TimeCuts } from './split-rule.js';
import type { TableRecipe } from './table-recipe.js';
import { LowestHashes } from './transforms/lowest-hashes.js';
import type { TypedTable } from './typed-table.js';

/** What learning reads. */
export interface LearningPlan {
  readonly recipe: TableRecipe;
  /** The training files, in order: nothing is learned from any other. */
  readonly sources: readonly TableSource[];
  readonly reader: ChunkReader;
  readonly chunkRows: number;
  readonly signal?: AbortSignal;
  /** After every chunk, with the rows and bytes of this pass so far. */
  readonly onChunk: (rows: number, bytesRead: number) => void;
}

/**
 * Learns from the training rows, in one pass, what a recipe must know before it can be applied: categories and their order,
 * means and deviations; before that, in a pass of its own, where a split by the latest rows begins. Reads nothing when there is
 * nothing to learn.
 */
export async function learnValues(plan: LearningPlan): Promise<Learned> {
  const { split } = plan.recipe;
  const cuts = split.by === 'latest' ? await learnCuts(plan, split) : null;
  const typeOf = typesOf(plan.recipe.columns);
  const learners = plan.recipe.features.flatMap(({ name, feature }) => {
    const learner = learnerOf(feature, typeOf);
    return learner === null ? [] : [{ name, learner }];
  });
  if (learners.length > 0)
    await eachChunk(plan, cuts, (table, { train }) => {
      for (const { learner } of learners) learner.observe(table, train);
    });
  return { cuts, features: Object.fromEntries(learners.map(({ name, learner }) => [name, learner.learned()])) };
}

/** A sample of this many rows tells a quantile to within half a percent of the rows. */
const CUT_SAMPLE = 100_000;

async function learnCuts(plan: LearningPlan, split: Extract<SplitRule, { by: 'latest' }>): Promise<TimeCuts> {
  const sample = new LowestHashes(CUT_SAMPLE);
  await eachChunk(plan, null, (table, { train }) => {
    const times = timesOf(table, split.column);
    const hashes = rowHashes(table);
    for (const row of train) if (!Number.isNaN(times[row]!)) sample.add(hashes[row]!, times[row]!);
  });
  const times = sample.values().sort();
  const from = (share: number): number | null =>
    share > 0 ? (times[Math.round((1 - share) * times.length)] ?? null) : null;
  const testFrom = from(split.test);
  return { validationFrom: split.validation > 0 ? from(split.validation + split.test) : null, testFrom };
}

async function eachChunk(
  { recipe, sources, reader, chunkRows, signal, onChunk }: LearningPlan,
  cuts: TimeCuts | null,
  take: (table: TypedTable, rows: KeptRows) => void,
): Promise<void> {
  const rules = tableRules(recipe);
  let [rowsBefore, bytesBefore] = [0, 0];
  for (const source of sources) {
    const sieve = new RowSieve(recipe, 'train', rules, cuts);
    let bytesRead = 0;
    for await (const chunk of reader.read(source, { columns: recipe.columns, chunkRows, ...(signal && { signal }) })) {
      signal?.throwIfAborted();
      take(chunk.table, sieve.take(chunk));
      bytesRead = chunk.bytesRead;
      onChunk(rowsBefore + sieve.rows, bytesBefore + bytesRead);
    }
    rowsBefore += sieve.rows;
    bytesBefore += bytesRead;
  }
}
