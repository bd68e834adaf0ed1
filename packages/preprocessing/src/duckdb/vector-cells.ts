import type { DuckDBVector } from '@duckdb/node-api';

/**
 * The values of a DOUBLE vector, none of which is NULL: a view of the chunk's own memory, to be copied while the chunk is held. It is a
 * private part of the vector; but every number that `getItem` gives is boxed, for it might have been null.
 */
export function numbersOf(vector: DuckDBVector): Float64Array {
  return (vector as unknown as { readonly items: Float64Array }).items;
}

/** The texts of a VARCHAR vector; empty where it is NULL. */
export function textsOf(vector: DuckDBVector, rows: number): readonly string[] {
  return Array.from({ length: rows }, (_, row) => textAt(vector, row));
}

export function textAt(vector: DuckDBVector, row: number): string {
  return (vector.getItem(row) as string | null) ?? '';
}
