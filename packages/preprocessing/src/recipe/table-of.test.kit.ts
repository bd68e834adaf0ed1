import type { ColumnType } from '../table-recipe.js';
import { type TypedColumn, TypedTable } from '../typed-table.js';

/** A column of texts, of numbers, or of times as `Date` reads them; null is missing. */
type Cells = readonly (string | number | Date | null)[];

/** A chunk with these columns. */
export function tableOf(columns: Readonly<Record<string, Cells>>): TypedTable {
  const cells = Object.values(columns);
  return new TypedTable(cells[0]?.length ?? 0, Object.keys(columns), cells.map(columnOf));
}

/** The types of a table's columns, by name. */
export function typesIn(columns: Readonly<Record<string, Cells>>): (name: string) => ColumnType {
  return (name) => columnOf(columns[name]!).type;
}

function columnOf(cells: Cells): TypedColumn {
  if (cells.some((cell) => typeof cell === 'string'))
    return { type: 'text', values: cells.map((cell) => String(cell ?? '')) };
  const type = cells.some((cell) => cell instanceof Date) ? 'timestamp' : 'number';
  return { type, values: Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell))) };
}
