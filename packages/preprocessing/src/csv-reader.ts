import type { ChunkReader, ReadOptions, TableSource, TypedChunk } from './chunk-reader.js';
import { readLineBlocks } from './line-blocks.js';
import { PreprocessingError } from './preprocessing-error.js';
import { RecordSplitter } from './record-splitter.js';
import { TextChunkBuilder } from './text-chunk-builder.js';

/**
 * The {@link ChunkReader} for CSV text, plain or gzipped. Strict where it matters (quoting, columns per row), and every column
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
    name: `csv ${JSON.stringify(delimiter)}`,
    read: (source, readOptions) => readCsv(source, readOptions, delimiter),
  };
}

async function* readCsv(source: TableSource, options: ReadOptions, delimiter: string): AsyncGenerator<TypedChunk> {
  const file = typeof source === 'string' ? source : source.name;
  const builder = new TextChunkBuilder(file, options);
  const splitter = new RecordSplitter(delimiter, builder);
  let bytesRead = 0;
  for await (const block of readLineBlocks(source, options.signal)) {
    bytesRead = block.bytesRead;
    splitter.push(block.bytes, false);
    for (let chunk = builder.takeFull(); chunk !== undefined; chunk = builder.takeFull()) yield { ...chunk, bytesRead };
  }
  splitter.push(Buffer.alloc(0), true);
  for (let chunk = builder.takeFull(); chunk !== undefined; chunk = builder.takeFull()) yield { ...chunk, bytesRead };
  if (!builder.sawHeader)
    throw new PreprocessingError('EMPTY_FILE', 'there are only blank lines', {
      file,
      expected: 'a header line and rows',
    });
  const rest = builder.takeRest();
  if (rest !== undefined) yield { ...rest, bytesRead };
  if (!builder.sawRows)
    throw new PreprocessingError('NO_ROWS', 'there is a header and no row', {
      file,
      line: 1,
      expected: 'rows below the header',
    });
}
