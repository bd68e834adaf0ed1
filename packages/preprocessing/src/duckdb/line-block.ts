import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { ColumnSpec } from '../table-recipe.js';
import { numbersOf, textAt, textsOf } from './vector-cells.js';

/** Some lines of a file, as the line query gives them. */
export interface LineBlock {
  readonly lines: number;
  /** With a line feed behind each. */
  readonly bytes: number;
  /** One of the states of the line query for each line. */
  readonly states: Float64Array;
  /** In the order of the specs; null for a column that is not in the file. */
  readonly columns: readonly (Float64Array | readonly string[] | null)[];
  /** Of a line that is no plain row. */
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
  let next = 3;
  const columns = specs.map(({ type }, i) => {
    if (positions[i]! < 0) return null;
    const vector = chunk.getColumnVector(next++);
    return type === 'text' ? textsOf(vector, lines) : numbersOf(vector);
  });
  const states = numbersOf(chunk.getColumnVector(0));
  let bytes = lines;
  for (const length of numbersOf(chunk.getColumnVector(2))) bytes += length;
  return { lines, bytes, states, columns, textOf: (line) => textAt(texts, line) };
}
