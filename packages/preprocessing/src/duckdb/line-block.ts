import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { ColumnSpec } from '../table-recipe.js';
import { numbersOf, textAt, textsOf } from './vector-cells.js';

/** Some lines of a file, as the line query gives them. */
export interface LineBlock {
  readonly lines: number;
  /** With a line feed behind each. */
  readonly bytes: number;
  /** Columns on each line, or one of the marks of the line query. */
  readonly widths: Float64Array;
  /** In the order of the specs; null for a column that is not in the file. */
  readonly columns: readonly (Float64Array | readonly string[] | null)[];
  /** 1 where SQL left a cell of the line to our own grammar. */
  readonly unsure: Uint8Array;
  readonly textOf: (line: number) => string;
}

/** @param positions where each declared column stands in the file; -1 for one that is not there */
export function lineBlock(
  chunk: DuckDBDataChunk,
  specs: readonly ColumnSpec[],
  positions: readonly number[],
): LineBlock {
  const lines = chunk.rowCount;
  const texts = chunk.getColumnVector(1);
  const unsure = new Uint8Array(lines);
  let next = 3;
  const columns = specs.map(({ type }, i) => {
    if (positions[i]! < 0) return null;
    const vector = chunk.getColumnVector(next++);
    if (type === 'text') return textsOf(vector, lines);
    const values = numbersOf(vector, lines);
    for (let line = 0; line < lines; line++) if (values[line] === Number.POSITIVE_INFINITY) unsure[line] = 1;
    return values;
  });
  const widths = numbersOf(chunk.getColumnVector(0), lines);
  const bytes = numbersOf(chunk.getColumnVector(2), lines).reduce((sum, length) => sum + length + 1, 0);
  return { lines, bytes, widths, columns, unsure, textOf: (line) => textAt(texts, line) };
}
