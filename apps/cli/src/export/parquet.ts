import type { TrialRecord } from '@assay/study';
import type { Cell, TrialColumn } from './trial-columns.js';

const TYPES = { whole: 'INT32', number: 'DOUBLE', boolean: 'BOOLEAN', text: 'STRING', time: 'TIMESTAMP' } as const;

/** A table of trials that grows column by column, and is a Parquet file in the end. */
export class ParquetTable {
  readonly #columns: readonly { readonly column: TrialColumn; readonly cells: Cell[] }[];

  constructor(columns: readonly TrialColumn[]) {
    this.#columns = columns.map((column) => ({ column, cells: [] }));
  }

  add(trials: readonly TrialRecord[]): void {
    for (const { column, cells } of this.#columns) for (const trial of trials) cells.push(column.cell(trial));
  }

  async toBuffer(): Promise<Buffer> {
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    const columnData = this.#columns.map(({ column, cells }) => {
      return { name: column.name, type: TYPES[column.type], data: cells, nullable: column.type !== 'whole' };
    });
    return Buffer.from(parquetWriteBuffer({ columnData, createdBy: 'assay' }));
  }
}
