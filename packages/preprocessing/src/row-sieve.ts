import type { MalformedRow, TypedChunk } from './chunk-reader.js';
import { DuplicateWindow, duplicateWindowRows } from './duplicate-window.js';
import { type RowCheck, ruleChecker } from './recipe/rule.js';
import { rowHashes } from './row-hash.js';
import {
  type RowSplitter,
  type SourceRole,
  SPLIT_NAMES,
  type SplitName,
  splitterOf,
  type TimeCuts,
} from './split-rule.js';
import type { TableRecipe } from './table-recipe.js';
import { isMissing, type TypedTable } from './typed-table.js';

const DUPLICATE = 'duplicate';
const MISSING = 'missing value';

/** The rows of a chunk that are worth keeping, by split, ascending. Valid until the next chunk. */
export type KeptRows = Readonly<Record<SplitName, Int32Array>>;

/** The rules of a recipe at work on one pass over a table; what a rule remembers, it remembers from file to file. */
export type TableRules = readonly { readonly reason: string; readonly check: (table: TypedTable) => RowCheck }[];

export function tableRules(recipe: TableRecipe): TableRules {
  return recipe.rules.map((rule) => ({ reason: rule.reason, check: ruleChecker(rule) }));
}

/** Takes the chunks of one file in order: says which rows are kept on which side, and counts why the others are not. */
export class RowSieve {
  readonly #required: readonly boolean[];
  readonly #rules: TableRules;
  readonly #splitter: RowSplitter;
  readonly #window: DuplicateWindow;
  readonly #dropped: Record<string, number>;
  #kept: Record<SplitName, Int32Array> = { train: NO_ROWS, validation: NO_ROWS, test: NO_ROWS };
  rows = 0;
  malformed = 0;

  constructor(recipe: TableRecipe, role: SourceRole, rules: TableRules, cuts: TimeCuts | null) {
    this.#required = recipe.columns.map(({ optional }) => optional !== true);
    this.#window = new DuplicateWindow(duplicateWindowRows(recipe.columns.length));
    this.#rules = rules;
    this.#splitter = splitterOf(recipe.split, role, cuts);
    const reasons = [DUPLICATE, MISSING, ...rules.map(({ reason }) => reason)];
    this.#dropped = Object.fromEntries(reasons.map((reason) => [reason, 0]));
  }

  /** Rows dropped so far, by reason. */
  get dropped(): Readonly<Record<string, number>> {
    return this.#dropped;
  }

  take(chunk: TypedChunk): KeptRows {
    const { table, unparsable, malformed } = chunk;
    const counts = { train: 0, validation: 0, test: 0 };
    this.#makeRoom(table.rows);
    const hashes = rowHashes(table);
    const reasonOf = this.#verdicts(chunk, hashes);
    const sideOf = this.#splitter(table, hashes);
    for (let row = 0; row < table.rows; row++) {
      if (unparsable.has(row)) continue;
      const reason = reasonOf(row);
      if (reason !== undefined) {
        this.#dropped[reason]!++;
        continue;
      }
      const side = sideOf(row);
      this.#kept[side][counts[side]++] = row;
    }
    this.rows += table.rows + malformed.length;
    this.malformed += unparsable.size + malformed.length;
    return {
      train: this.#kept.train.subarray(0, counts.train),
      validation: this.#kept.validation.subarray(0, counts.validation),
      test: this.#kept.test.subarray(0, counts.test),
    };
  }

  #makeRoom(rows: number): void {
    if (this.#kept.train.length >= rows) return;
    for (const name of SPLIT_NAMES) this.#kept[name] = new Int32Array(rows);
  }

  /** Why a row is dropped, or undefined to keep it. To be asked once for every row, in order: rules may remember rows. */
  #verdicts({ table, unparsable }: TypedChunk, hashes: Uint32Array): (row: number) => string | undefined {
    const repeats = this.#window.repeats(table, hashes, unparsable);
    const incomplete = this.#incompleteRows(table);
    const rules = this.#rules.map(({ reason, check }) => ({ reason, check: check(table) }));
    return (row) => {
      if (repeats[row] === 1) return DUPLICATE;
      if (incomplete[row] === 1) return MISSING;
      for (const { reason, check } of rules) if (!check(row)) return reason;
      return undefined;
    };
  }

  /** 1 for every row that lacks a required value. */
  #incompleteRows(table: TypedTable): Uint8Array {
    const incomplete = new Uint8Array(table.rows);
    for (const [i, column] of table.columns.entries()) {
      if (this.#required[i] !== true) continue;
      for (let row = 0; row < incomplete.length; row++) if (isMissing(column, row)) incomplete[row] = 1;
    }
    return incomplete;
  }
}

const NO_ROWS = new Int32Array(0);

/** Rows of a chunk that could not be split or parsed, by line. */
export function rejectedRows({ malformed, unparsable }: TypedChunk): readonly MalformedRow[] {
  return [...malformed, ...unparsable.values()].sort((a, b) => a.line - b.line);
}
