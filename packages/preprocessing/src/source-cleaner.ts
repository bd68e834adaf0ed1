import type { TypedChunk } from './chunk-reader.js';
import type { FeatureSet, Learned } from './recipe/feature-set.js';
import { evaluateNumber } from './recipe/number-expression.js';
import type { RowBuffer } from './row-buffer.js';
import { RowSieve, type TableRules } from './row-sieve.js';
import { type SourceRole, SPLIT_NAMES, type SplitName } from './split-rule.js';
import type { TableRecipe } from './table-recipe.js';

const NOT_FINITE = 'feature or label not finite';

/** What cleaning a table takes beside its rows. */
export interface CleaningPlan {
  readonly recipe: TableRecipe;
  readonly learned: Learned;
  readonly features: FeatureSet;
  readonly rules: TableRules;
}

/** Takes the chunks of one file in order: cleans, splits and computes features; counts what became of every row. */
export class SourceCleaner {
  readonly #plan: CleaningPlan;
  readonly #sieve: RowSieve;
  readonly kept: Record<SplitName, number> = { train: 0, validation: 0, test: 0 };
  #notFinite = 0;

  constructor(plan: CleaningPlan, role: SourceRole) {
    this.#plan = plan;
    this.#sieve = new RowSieve(plan.recipe, role, plan.rules, plan.learned.cuts);
  }

  /** Rows read so far, malformed ones included. */
  get rows(): number {
    return this.#sieve.rows;
  }

  get malformed(): number {
    return this.#sieve.malformed;
  }

  /** Rows dropped so far, by reason. */
  get dropped(): Readonly<Record<string, number>> {
    return { ...this.#sieve.dropped, [NOT_FINITE]: this.#notFinite };
  }

  /** Appends the rows worth keeping to the buffer of their split. */
  take(chunk: TypedChunk, buffers: Readonly<Record<SplitName, RowBuffer>>): void {
    const rows = this.#sieve.take(chunk);
    const columns = this.#plan.features.evaluate(chunk.table);
    const labels = evaluateNumber(this.#plan.recipe.label.value, chunk.table);
    for (const split of SPLIT_NAMES) {
      const taken = buffers[split].append(rows[split], columns, labels);
      this.kept[split] += taken;
      this.#notFinite += rows[split].length - taken;
    }
  }
}
