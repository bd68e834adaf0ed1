import { contains, type ParamValues, type SearchSpace } from '@assay/space';
import { type ValueGrid, valueGrid } from './value-grid.js';

/** A parameter's grid, and where its cells begin among those of all parameters. */
export interface Column {
  readonly name: string;
  readonly grid: ValueGrid;
  readonly start: number;
}

/**
 * The grids of a space's parameters laid end to end, so that a trial is a short list of cell numbers. A configuration never
 * changes, so its list is kept as long as it lives: drawing again after one more trial costs one trial's work.
 */
export class CellTable {
  readonly columns: readonly Column[];
  /** How many cells there are in all. */
  readonly size: number;
  readonly #space: SearchSpace;
  readonly #columnOf: ReadonlyMap<string, Column>;
  readonly #cells = new WeakMap<ParamValues, Uint32Array>();

  constructor(space: SearchSpace) {
    this.#space = space;
    let size = 0;
    this.columns = space.flatMap(({ name, distribution }): Column[] => {
      const grid = valueGrid(distribution);
      if (grid === null) return [];
      const start = size;
      size += grid.cells;
      return [{ name, grid, start }];
    });
    this.size = size;
    this.#columnOf = new Map(this.columns.map((column) => [column.name, column]));
  }

  /** The cells that the configuration is in, one for each of its parameters whose value the space contains. */
  cellsOf(params: ParamValues): Uint32Array {
    const known = this.#cells.get(params);
    if (known !== undefined) return known;
    const cells: number[] = [];
    for (const { name, distribution } of this.#space) {
      const column = this.#columnOf.get(name);
      const value = params[name];
      if (column !== undefined && contains(distribution, value)) cells.push(column.start + column.grid.cellOf(value!));
    }
    const list = Uint32Array.from(cells);
    this.#cells.set(params, list);
    return list;
  }
}

const tables = new WeakMap<SearchSpace, CellTable>();

/** The same table for the same space. */
export function cellTableOf(space: SearchSpace): CellTable {
  const known = tables.get(space);
  if (known !== undefined) return known;
  const table = new CellTable(space);
  tables.set(space, table);
  return table;
}
