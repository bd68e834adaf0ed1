import type { MalformedRow, TypedChunk } from './chunk-reader.js';
import { DuplicateWindow } from './duplicate-window.js';
import type { RowBuffer } from './row-buffer.js';
import { rowHash } from './row-hash.js';
import { type SourceRole, type SplitName, splitOf } from './split-rule.js';
import type { TableRecipe } from './table-recipe.js';
import { isMissing, type TypedTable } from './typed-table.js';

export const DUPLICATE = 'duplicate';
export const MISSING = 'missing value';
export const NOT_FINITE = 'feature or label not finite';

/** Takes the chunks of one file in order: cleans, splits and computes features; counts what became of every row. */
export class SourceCleaner {
  readonly #recipe: TableRecipe;
  readonly #role: SourceRole;
  readonly #window = new DuplicateWindow();
  readonly #dropped: Record<string, number>;
  readonly kept: Record<SplitName, number> = { train: 0, validation: 0, test: 0 };
  rows = 0;
  malformed = 0;

  constructor(recipe: TableRecipe, role: SourceRole) {
    this.#recipe = recipe;
    this.#role = role;
    const reasons = [DUPLICATE, MISSING, ...recipe.rules.map(({ name }) => name), NOT_FINITE];
    this.#dropped = Object.fromEntries(reasons.map((reason) => [reason, 0]));
  }

  /** Rows dropped so far, by reason. */
  get dropped(): Readonly<Record<string, number>> {
    return this.#dropped;
  }

  /**
   * Appends the rows worth keeping to the buffer of their split.
   * @returns the rows that could not be split or parsed, by line
   */
  take(chunk: TypedChunk, buffers: Readonly<Record<SplitName, RowBuffer>>): readonly MalformedRow[] {
    const { table, unparsable } = chunk;
    const verdict = this.#verdicts(table);
    const label = this.#recipe.label.value(table);
    const write = this.#recipe.writer(table);
    for (let row = 0; row < table.rows; row++) {
      if (unparsable.has(row)) continue;
      const hash = rowHash(table, row);
      const split = splitOf(this.#recipe.split, this.#role, hash);
      const reason = verdict(row, hash) ?? (buffers[split].push(row, write, label(row)) ? undefined : NOT_FINITE);
      if (reason === undefined) this.kept[split]++;
      else this.#dropped[reason]!++;
    }
    this.rows += table.rows + chunk.malformed.length;
    this.malformed += unparsable.size + chunk.malformed.length;
    return [...chunk.malformed, ...unparsable.values()].sort((a, b) => a.line - b.line);
  }

  /** Why a row is dropped, or undefined to keep it. Asked once for every row in order: it remembers rows for duplicates. */
  #verdicts(table: TypedTable): (row: number, hash: number) => string | undefined {
    const required = table.columns.filter((_, i) => this.#recipe.columns[i]!.optional !== true);
    const rules = this.#recipe.rules.map(({ name, keep }) => ({ name, keep: keep(table) }));
    return (row, hash) => {
      if (this.#window.isRepeat(table, row, hash)) return DUPLICATE;
      for (const column of required) if (isMissing(column, row)) return MISSING;
      for (const rule of rules) if (!rule.keep(row)) return rule.name;
      return undefined;
    };
  }
}
