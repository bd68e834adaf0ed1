import type { DuckDBVector } from '@duckdb/node-api';

/** The values of a DOUBLE or INTEGER vector. */
export function numbersOf(vector: DuckDBVector, rows: number): Float64Array {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) values[row] = vector.getItem(row) as number;
  return values;
}

/** The texts of a VARCHAR vector; empty where it is NULL. */
export function textsOf(vector: DuckDBVector, rows: number): readonly string[] {
  return Array.from({ length: rows }, (_, row) => textAt(vector, row));
}

export function textAt(vector: DuckDBVector, row: number): string {
  return (vector.getItem(row) as string | null) ?? '';
}
