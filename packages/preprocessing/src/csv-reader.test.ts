import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvReader } from './csv-reader.js';
import { canReadZstd } from './line-blocks.js';
import { splitPlainLines } from './plain-lines.js';
import { describeChunkReader, readAll } from './testing/describe-chunk-reader.js';
import { temporaryFolder } from './testing/temporary-folder.js';

describeChunkReader('csv', createCsvReader());

const A = { name: 'a', type: 'text' } as const;
const B = { name: 'b', type: 'text' } as const;

/** The bytes of a text in pieces of a given size. */
function pieces(text: string, size: number): Readable {
  const bytes = Buffer.from(text);
  return Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size)),
  );
}

describe('csv reader', () => {
  const cell = fc.string({ unit: fc.constantFrom('x', '1', ' ', ',', '"', '\n', 'é', '🚕'), maxLength: 6 });
  const row = fc.tuple(cell, cell);

  it('gives back what was quoted, however the bytes arrive and whatever the chunk size', async () => {
    const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 1, max: 7 }),
        async (rows, size, chunkRows) => {
          const text = `a,b\n${rows.map((cells) => `${cells.map(quote).join(',')}\n`).join('')}`;
          const table = await readAll(
            createCsvReader(),
            { name: 'piped', stream: pieces(text, size) },
            [A, B],
            chunkRows,
          );
          expect(table.columns).toEqual([rows.map(([a]) => a), rows.map(([, b]) => b)]);
          expect(table.malformed).toEqual([]);
        },
      ),
    );
  });

  it('never loses or invents a line of damaged text: every line is a row, malformed, blank, or inside quotes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('1', ',', '"', '\n'), maxLength: 60 }),
        fc.integer({ min: 1, max: 64 }),
        async (damage, size) => {
          const text = `a,b\n1,2\n${damage}\n3,4\n`;
          const piped = await readAll(createCsvReader(), { name: 'piped', stream: pieces(text, size) }, [A, B]);
          const whole = await readAll(createCsvReader(), { name: 'whole', stream: pieces(text, text.length) }, [A, B]);
          expect(piped).toEqual(whole);
          const starts = [...piped.lines, ...piped.malformed.map(({ line }) => line)];
          expect(new Set(starts).size).toBe(starts.length);
          const inQuotes = piped.columns.flat().join('').split('\n').length - 1;
          const blank = text
            .split('\n')
            .slice(0, -1)
            .filter((line, i) => line === '' && !starts.includes(i + 1)).length;
          expect(starts.length + inQuotes + blank).toBeGreaterThanOrEqual(text.split('\n').length - 2);
        },
      ),
    );
  });

  it('splits lines without quotes exactly as csv-parse does', () => {
    const plain = fc.string({ unit: fc.constantFrom('x', '1', ' ', ',', '\n', '\r\n', 'é'), maxLength: 80 });
    fc.assert(
      fc.property(plain, (text) => {
        const bytes = Buffer.from(text);
        const parsed = parse(bytes, { record_delimiter: ['\r\n', '\n'], relax_column_count: true });
        expect(splitPlainLines(bytes, ',')).toEqual(parsed);
      }),
    );
  });

  it('gives up one line for a quote that never closes in a long file', async () => {
    const file = join(temporaryFolder(), 'long.csv');
    const rows = Array.from({ length: 50_000 }, (_, i) => (i === 20_000 ? `${i},"oops` : `${i},fine`));
    writeFileSync(file, `a,b\n${rows.join('\n')}\n`);
    const table = await readAll(createCsvReader(), file, [A, B], 8192);
    expect(table.lines).toHaveLength(49_999);
    expect(table.malformed).toEqual([{ line: 20_002, reason: 'broken quoting' }]);
  });

  it.skipIf(canReadZstd)('says what it takes to read .zst where this Node cannot', async () => {
    const file = join(temporaryFolder(), 'table.csv.zst');
    writeFileSync(file, 'any bytes');
    await expect(readAll(createCsvReader(), file, [A])).rejects.toMatchObject({
      code: 'READER_UNAVAILABLE',
      message: expect.stringMatching(/cannot decompress zstd.*Node 22\.15.*DuckDB reader/) as string,
    });
  });

  it('reads other delimiters and refuses impossible ones', async () => {
    const table = await readAll(
      createCsvReader({ delimiter: ';' }),
      { name: 'piped', stream: pieces('a;b\n1,5;"x;y"\n', 4) },
      [A, B],
    );
    expect(table.columns).toEqual([['1,5'], ['x;y']]);
    expect(() => createCsvReader({ delimiter: '"' })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });
});
