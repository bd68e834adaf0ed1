import type { ChunkReader, ReadOptions, TableSource, TypedChunk } from './chunk-reader.js';
import { readLineBlocks } from './line-blocks.js';
import { PreprocessingError } from './preprocessing-error.js';
import { RecordSplitter } from './record-splitter.js';
import { blankFile, noRows } from './table-errors.js';
import { TextChunkBuilder } from './text-chunk-builder.js';

const NEWLINE = 10;

/**
 * The {@link ChunkReader} for CSV text, plain or compressed. Strict where it matters (quoting, columns per row), and every column
 * that was not asked for is ignored.
 * @param options.delimiter one character; default a comma
 * @throws {PreprocessingError} BAD_OPTION
 */
export function createCsvReader(options: { readonly delimiter?: string } = {}): ChunkReader {
  const delimiter = options.delimiter ?? ',';
  if (!/^[^"\r\n]$/.test(delimiter)) {
    throw new PreprocessingError('BAD_OPTION', `the delimiter is ${JSON.stringify(delimiter)}`, {
      expected: 'one character, neither quote nor line end',
    });
  }
  return {
    name: 'csv',
    dialect: dialectOf(delimiter),
    read: (source, readOptions) => readCsv(source, readOptions, delimiter),
  };
}

/** The part of a reader's cache key that decides what it reads from the same bytes. */
export function dialectOf(delimiter: string): string {
  return `delimiter ${JSON.stringify(delimiter)}`;
}

/** Lines to leave out, `after` exclusive, `upTo` inclusive: both 1-based, none of them part of a quoted cell. */
export interface SkippedLines {
  readonly after: number;
  readonly upTo: number;
}

/** {@link createCsvReader} without the lines that another reader has taken already. */
export async function* readCsv(
  source: TableSource,
  options: ReadOptions,
  delimiter: string,
  skipped: SkippedLines = { after: 0, upTo: 0 },
): AsyncGenerator<TypedChunk> {
  const file = typeof source === 'string' ? source : source.name;
  const builder = new TextChunkBuilder(file, options);
  const splitter = new RecordSplitter(delimiter, builder);
  let bytesRead = 0;
  let line = 1;
  for await (const block of readLineBlocks(source, options.signal)) {
    bytesRead = block.bytesRead;
    const cut = line <= skipped.upTo ? cutLines(block.bytes, line, skipped) : undefined;
    if (cut !== undefined) {
      splitter.push(cut.before, false);
      splitter.skip(cut.skipped);
      line = cut.nextLine;
    }
    splitter.push(cut?.rest ?? block.bytes, false);
    for (let chunk = builder.takeFull(); chunk !== undefined; chunk = builder.takeFull()) yield { ...chunk, bytesRead };
  }
  splitter.push(Buffer.alloc(0), true);
  for (let chunk = builder.takeFull(); chunk !== undefined; chunk = builder.takeFull()) yield { ...chunk, bytesRead };
  if (!builder.sawHeader) throw blankFile(file);
  const rest = builder.takeRest();
  if (rest !== undefined) yield { ...rest, bytesRead };
  if (!builder.sawRows && skipped.upTo <= skipped.after) throw noRows(file);
}

/** Cuts the skipped lines out of a block that begins with line `line`. */
function cutLines(
  bytes: Buffer,
  line: number,
  { after, upTo }: SkippedLines,
): { before: Buffer; skipped: number; rest: Buffer; nextLine: number } {
  let next = line;
  let end = 0;
  const passLines = (last: number): void => {
    for (; next <= last && end < bytes.length; next++) {
      const at = bytes.indexOf(NEWLINE, end);
      end = at === -1 ? bytes.length : at + 1;
    }
  };
  passLines(after);
  const before = bytes.subarray(0, end);
  const first = next;
  passLines(upTo);
  return { before, skipped: next - first, rest: bytes.subarray(end), nextLine: next };
}
