import type { MalformedRow, TypedChunk } from '../chunk-reader.js';
import type { CsvHeader } from '../csv-header.js';
import type { ColumnSpec } from '../table-recipe.js';
import { typeColumns } from '../type-columns.js';
import { TypedChunkBuilder } from '../typed-chunk-builder.js';
import type { LineBlock } from './line-block.js';
import { LINE_STATES } from './line-query.js';

type Chunk = Omit<TypedChunk, 'bytesRead'>;

/**
 * Turns the lines of a file, in order, into chunks of rows. It takes lines that DuckDB is sure of in runs, and the others one by
 * one through our own grammar.
 */
export class LineTable {
  readonly #specs: readonly ColumnSpec[];
  readonly header: CsvHeader;
  readonly delimiter: string;
  readonly builder: TypedChunkBuilder;
  /** Lines taken so far. */
  line = 0;
  /** Their bytes, with a line feed behind each. */
  bytes = 0;

  constructor(specs: readonly ColumnSpec[], header: CsvHeader, delimiter: string, chunkRows: number) {
    this.#specs = specs;
    this.header = header;
    this.delimiter = delimiter;
    this.builder = new TypedChunkBuilder(specs, chunkRows);
  }

  /**
   * Takes the lines of a block until one that DuckDB is no judge of.
   * @returns false when it stopped before such a line
   */
  *take(block: LineBlock): Generator<Chunk, boolean> {
    let at = 0;
    while (at < block.lines) {
      const end = this.#runFrom(block, at);
      if (end > at) {
        yield* this.#takeRun(block, at, end);
        at = end;
        continue;
      }
      if (block.states[at] === LINE_STATES.unsure) return false;
      const chunk = this.line < this.header.line ? undefined : this.#takeOddLine(block.textOf(at));
      this.line++;
      at++;
      if (chunk !== undefined) yield chunk;
    }
    this.bytes += block.bytes;
    return true;
  }

  /** Where the run of plain rows that begins on a line of the block ends; there, when that line is none. */
  #runFrom({ lines, states }: LineBlock, from: number): number {
    if (this.line < this.header.line) return from;
    let end = from;
    while (end < lines && states[end] === LINE_STATES.row) end++;
    return end;
  }

  *#takeRun(block: LineBlock, from: number, end: number): Generator<Chunk> {
    const before = this.line - from;
    const rows = { columns: block.columns, lineOf: (row: number): number => before + row + 1 };
    for (let at = from; at < end; ) {
      const stop = Math.min(end, at + this.builder.room);
      const chunk = this.builder.append(rows, at, stop);
      at = stop;
      if (chunk !== undefined) yield chunk;
    }
    this.line += end - from;
  }

  /** A blank line, a line with too many or too few cells, or a row with a cell that SQL was not sure of. */
  #takeOddLine(text: string): Chunk | undefined {
    const { width, positions } = this.header;
    const cells = text.split(this.delimiter);
    const line = this.line + 1;
    if (cells.length === 1 && text.trim() === '') return undefined;
    if (cells.length !== width) {
      return this.builder.malformed({ line, reason: `${cells.length} columns instead of ${width}` });
    }
    const columns = positions.map((at) => (at < 0 ? null : [cells[at]!]));
    const { table, unparsable } = typeColumns({ rows: 1, columns, lineOf: () => line }, this.#specs);
    return this.builder.append({ columns: valuesOf(table.columns), lineOf: () => line, unparsable }, 0, 1);
  }

  /** Takes a chunk of the CSV reader that begins behind the lines taken here. */
  *takeParsed({ table, lineOf, unparsable, malformed }: TypedChunk): Generator<Chunk> {
    const rows = { columns: valuesOf(table.columns), lineOf, unparsable };
    let next = 0;
    for (let at = 0; at < table.rows; ) {
      const stop = Math.min(table.rows, at + this.builder.room);
      const end = malformed.findIndex(({ line }, i) => i >= next && line >= lineOf(stop - 1));
      yield* this.#takeMalformed(malformed.slice(next, end === -1 ? undefined : end));
      next = end === -1 ? malformed.length : end;
      const chunk = this.builder.append(rows, at, stop);
      at = stop;
      if (chunk !== undefined) yield chunk;
    }
    yield* this.#takeMalformed(malformed.slice(next));
  }

  *#takeMalformed(rows: readonly MalformedRow[]): Generator<Chunk> {
    for (const row of rows) {
      const chunk = this.builder.malformed(row);
      if (chunk !== undefined) yield chunk;
    }
  }
}

function valuesOf(columns: TypedChunk['table']['columns']): readonly (Float64Array | readonly string[])[] {
  return columns.map(({ values }) => values);
}
