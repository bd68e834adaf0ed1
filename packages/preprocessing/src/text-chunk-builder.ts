import type { ChunkReader, MalformedRow, ReadOptions, TypedChunk } from './chunk-reader.js';
import { locateColumns } from './locate-columns.js';
import { PreprocessingError } from './preprocessing-error.js';
import type { RecordSink } from './record-splitter.js';
import type { ColumnSpec } from './table-recipe.js';
import { typeColumns } from './type-columns.js';

type Chunk = Omit<TypedChunk, 'bytesRead'>;

/** Collects the records of one file, the header first, into typed chunks: see {@link ChunkReader}. */
export class TextChunkBuilder implements RecordSink {
  readonly #file: string;
  readonly #specs: readonly ColumnSpec[];
  readonly #chunkRows: number;
  #positions: readonly number[] | undefined;
  #columns: string[][] = [];
  #lines: number[] = [];
  #malformed: MalformedRow[] = [];
  #full: Chunk[] = [];
  #sawRows = false;

  constructor(file: string, { columns, chunkRows }: ReadOptions) {
    this.#file = file;
    this.#specs = columns;
    this.#chunkRows = chunkRows;
  }

  get sawHeader(): boolean {
    return this.#positions !== undefined;
  }

  get sawRows(): boolean {
    return this.#sawRows;
  }

  record(cells: readonly string[], line: number): void {
    if (this.#positions === undefined) {
      this.#positions = locateColumns(cells, this.#specs, this.#file, line);
      this.#columns = this.#specs.map(() => []);
      return;
    }
    this.#sawRows = true;
    for (let i = 0; i < this.#positions.length; i++) {
      const at = this.#positions[i]!;
      if (at >= 0) this.#columns[i]!.push(cells[at]!);
    }
    if (this.#lines.push(line) === this.#chunkRows) this.#full.push(this.#take());
  }

  malformed(line: number, reason: string): void {
    if (this.#positions === undefined) {
      throw new PreprocessingError('BAD_HEADER', reason, { file: this.#file, line, expected: 'a header line' });
    }
    this.#sawRows = true;
    if (this.#malformed.push({ line, reason }) === this.#chunkRows) this.#full.push(this.#take());
  }

  takeFull(): Chunk | undefined {
    return this.#full.shift();
  }

  /** What is left at the end of the file: fewer than `chunkRows` rows, perhaps malformed ones only. */
  takeRest(): Chunk | undefined {
    return this.#lines.length + this.#malformed.length > 0 ? this.#take() : undefined;
  }

  #take(): Chunk {
    const positions = this.#positions ?? [];
    const columns = this.#columns.map((column, i) => (positions[i]! >= 0 ? column : null));
    const lines = this.#lines;
    const lineOf = (row: number): number => lines[row]!;
    const typed = typeColumns({ rows: lines.length, columns, lineOf }, this.#specs);
    const chunk = { ...typed, lineOf, malformed: this.#malformed };
    this.#columns = this.#specs.map(() => []);
    this.#lines = [];
    this.#malformed = [];
    return chunk;
  }
}
