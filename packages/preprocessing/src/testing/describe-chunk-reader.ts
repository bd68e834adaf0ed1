import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ChunkReader, MalformedRow, TableSource } from '../chunk-reader.js';
import type { ColumnSpec } from '../table-recipe.js';
import { temporaryFolder } from './temporary-folder.js';

/** Everything a reader gives for a table, its chunks put together. */
export interface ReadTable {
  /** Texts and numbers as they are, NaN for a missing number. */
  readonly columns: readonly (readonly (string | number)[])[];
  readonly lines: readonly number[];
  readonly malformed: readonly MalformedRow[];
  readonly chunkSizes: readonly number[];
}

export async function readAll(
  reader: ChunkReader,
  source: TableSource,
  columns: readonly ColumnSpec[],
  chunkRows = 1000,
): Promise<ReadTable> {
  const merged: (string | number)[][] = columns.map(() => []);
  const lines: number[] = [];
  const malformed: MalformedRow[] = [];
  const chunkSizes: number[] = [];
  for await (const chunk of reader.read(source, { columns, chunkRows })) {
    const { table, unparsable, lineOf } = chunk;
    chunkSizes.push(table.rows);
    malformed.push(...chunk.malformed, ...unparsable.values());
    for (let row = 0; row < table.rows; row++) {
      if (unparsable.has(row)) continue;
      lines.push(lineOf(row));
      for (const [i, { values }] of table.columns.entries()) merged[i]!.push(values[row]!);
    }
  }
  return { columns: merged, lines, malformed: malformed.sort((a, b) => a.line - b.line), chunkSizes };
}

const FARE: ColumnSpec = { name: 'fare', type: 'text' };
const NOTE: ColumnSpec = { name: 'note', type: 'text', optional: true };

/** What every {@link ChunkReader} must do with CSV text. */
export function describeChunkReader(name: string, reader: ChunkReader): void {
  const file = (text: string | Buffer, fileName = 'table.csv'): string => {
    const path = join(temporaryFolder(), fileName);
    writeFileSync(path, text);
    return path;
  };
  const read = (text: string, columns: readonly ColumnSpec[] = [FARE, NOTE]): Promise<ReadTable> =>
    readAll(reader, file(text), columns);

  describe(`ChunkReader contract: ${name}`, () => {
    it.each([
      { name: 'plain rows', text: 'fare,note\n1,a\n2,b\n', fares: ['1', '2'], notes: ['a', 'b'], lines: [2, 3] },
      {
        name: 'no line end at the end',
        text: 'fare,note\n1,a\n2,b',
        fares: ['1', '2'],
        notes: ['a', 'b'],
        lines: [2, 3],
      },
      {
        name: 'Windows line ends',
        text: 'fare,note\r\n1,a\r\n2,b\r\n',
        fares: ['1', '2'],
        notes: ['a', 'b'],
        lines: [2, 3],
      },
      { name: 'a byte order mark', text: '\ufefffare,note\n1,a\n', fares: ['1'], notes: ['a'], lines: [2] },
      {
        name: 'blank lines, which are no rows',
        text: '\nfare,note\n\n1,a\n\n2,b\n\n',
        fares: ['1', '2'],
        notes: ['a', 'b'],
        lines: [4, 6],
      },
      {
        name: 'empty cells, spaces kept',
        text: 'fare,note\n,\n 1 , a\n',
        fares: ['', ' 1 '],
        notes: ['', ' a'],
        lines: [2, 3],
      },
      { name: 'blanks around header names', text: ' fare , note\n1,a\n', fares: ['1'], notes: ['a'], lines: [2] },
      {
        name: 'other columns and another order',
        text: 'x,note,y,fare\n9,a,8,1\n',
        fares: ['1'],
        notes: ['a'],
        lines: [2],
      },
      {
        name: 'quotes, doubled quotes, delimiters in quotes',
        text: 'fare,note\n"1","a ""b"", c"\n',
        fares: ['1'],
        notes: ['a "b", c'],
        lines: [2],
      },
      {
        name: 'a line end in quotes',
        text: 'fare,note\n1,"a\nb"\n2,c\n',
        fares: ['1', '2'],
        notes: ['a\nb', 'c'],
        lines: [2, 4],
      },
      {
        name: 'mixed line ends',
        text: 'fare,note\r\n1,a\n2,b\r\n3,c\n',
        fares: ['1', '2', '3'],
        notes: ['a', 'b', 'c'],
        lines: [2, 3, 4],
      },
      {
        name: 'a carriage return that ends no line, as part of its cell',
        text: 'fare,note\n 1,a\rb\n2,\r\n',
        fares: [' 1', '2'],
        notes: ['a\rb', ''],
        lines: [2, 3],
      },
      { name: 'UTF-8', text: 'fare,note\n1,Łódź 🚕\n', fares: ['1'], notes: ['Łódź 🚕'], lines: [2] },
    ])('reads $name', async ({ text, fares, notes, lines }) => {
      const table = await read(text);
      expect(table).toMatchObject({ columns: [fares, notes], lines, malformed: [] });
    });

    it('reads a gzipped file like the plain one', async () => {
      const text = 'fare,note\n1,a\n2,b\n';
      const zipped = await readAll(reader, file(gzipSync(text), 'table.csv.gz'), [FARE, NOTE]);
      expect(zipped).toEqual(await read(text));
    });

    it('reads bytes that are no UTF-8 as replacement characters, and the rows around them as they are', async () => {
      const latin1 = Buffer.from('fare,note\n1,M\u00fcnchen\n2,b\n', 'latin1');
      const table = await readAll(reader, file(latin1), [FARE, NOTE]);
      expect(table).toMatchObject({
        columns: [
          ['1', '2'],
          ['M\ufffdnchen', 'b'],
        ],
        lines: [2, 3],
        malformed: [],
      });
    });

    it('finds a column among 10,000, and names few of them in a refusal', async () => {
      const names = Array.from({ length: 10_000 }, (_, i) => `c${i}`);
      const wide = file(`${names.join(',')}\n${names.map((_, i) => i).join(',')}\n1,2\n`);
      const table = await readAll(reader, wide, [{ name: 'c9999', type: 'integer' }]);
      expect(table.columns).toEqual([[9999]]);
      expect(table.malformed).toEqual([{ line: 3, reason: '2 columns instead of 10000' }]);
      const refused = await readAll(reader, wide, [{ name: 'c1', type: 'text' }, FARE]).catch(
        (error: Error) => error.message,
      );
      expect(refused).toMatch(/no column fare; the header has "c0".*"c19" and 9980 more/);
      expect((refused as string).length).toBeLessThan(500);
    });

    it('refuses a line of 100 MB without holding it in memory, be it the header or a row', async () => {
      const line = Buffer.alloc(100e6, 'x');
      const before = process.memoryUsage.rss();
      for (const text of [line, Buffer.concat([Buffer.from('fare,note\n1,'), line])]) {
        await expect(readAll(reader, file(text), [FARE])).rejects.toMatchObject({
          code: 'BINARY_FILE',
          message: expect.stringContaining('no line end within') as string,
        });
      }
      expect(process.memoryUsage.rss() - before).toBeLessThan(350e6); // 200 MB of them are the lines that were written
    });

    it('lets go of the file when a few of its texts are kept', async () => {
      const path = file(longNames(150_000));
      const kept: string[] = [];
      const before = heapInUse();
      for await (const { table } of reader.read(path, { columns: [NOTE], chunkRows: 500 }))
        kept.push(table.texts('note')[0]!);
      expect(kept).toHaveLength(300);
      expect(heapInUse() - before).toBeLessThan(10e6); // the file has 30 MB, and some kept text lies in every part of it
    });

    it.each([
      { formats: ['month/day/year'] as const, cell: '4/1/2016 0:16', ms: Date.UTC(2016, 3, 1, 0, 16) },
      { formats: ['iso'] as const, cell: '2017-04-01 00:14:36', ms: Date.UTC(2017, 3, 1, 0, 14, 36) },
      { formats: ['iso'] as const, cell: '2018-01-01 02:06:17.5410', ms: Date.UTC(2018, 0, 1, 2, 6, 17, 541) },
      { formats: undefined, cell: '2009-06-15 17:26:21 UTC', ms: Date.UTC(2009, 5, 15, 17, 26, 21) },
    ])('reads $cell as the column declares it', async ({ formats, cell, ms }) => {
      const time: ColumnSpec = { name: 'time', type: 'timestamp', ...(formats && { formats }) };
      const table = await read(`time,note\n${cell},a\n13/13/2016 0:16,b\n`, [time]);
      expect(table.columns).toEqual([[ms]]);
      expect(table.malformed).toEqual([{ line: 3, reason: expect.stringMatching(/^time: "13.*is no time/) as string }]);
    });

    it.each([
      { type: 'number', reason: 'fare: "1_000" is no number' },
      { type: 'integer', reason: 'fare: "1_000" is no whole number' },
    ] as const)(
      'keeps the grammar of a $type: blanks around it, an empty cell missing, nothing else',
      async ({ type, reason }) => {
        const text = 'note,fare\na, -7 \nb,\nc,\t\nd,1_000\ne,3e2\n';
        const table = await read(text, [{ name: 'fare', type }]);
        expect(table.columns).toEqual([[-7, Number.NaN, Number.NaN, 300]]);
        expect(table.malformed).toEqual([{ line: 5, reason }]);
      },
    );

    it('gives missing values for an optional column that is absent', async () => {
      const distance: ColumnSpec = { name: 'distance', type: 'number', optional: true };
      expect((await read('fare\n1\n', [FARE, NOTE, distance])).columns).toEqual([['1'], [''], [Number.NaN]]);
    });

    it.each([
      { rows: 5, chunkRows: 2, sizes: [2, 2, 1] },
      { rows: 4, chunkRows: 2, sizes: [2, 2] },
      { rows: 1, chunkRows: 9, sizes: [1] },
    ])('cuts $rows rows into chunks of $chunkRows', async ({ rows, chunkRows, sizes }) => {
      const text = `fare\n${Array.from({ length: rows }, (_, i) => `${i}\n`).join('')}`;
      expect((await readAll(reader, file(text), [FARE], chunkRows)).chunkSizes).toEqual(sizes);
    });

    it('ends a chunk when as many malformed rows wait in it as it may have rows', async () => {
      const path = file(`fare,note\n1,a\n${'2\n'.repeat(5)}"3\n4,b\n${'5\n'.repeat(3)}`);
      const chunks: { rows: number; malformed: number[] }[] = [];
      for await (const { table, malformed } of reader.read(path, { columns: [FARE], chunkRows: 2 }))
        chunks.push({ rows: table.rows, malformed: malformed.map(({ line }) => line) });
      expect(chunks.map(({ malformed }) => malformed.length)).toEqual([2, 2, 2, 2, 1]);
      expect(chunks.flatMap(({ malformed }) => malformed)).toEqual([3, 4, 5, 6, 7, 8, 10, 11, 12]);
      expect(chunks.reduce((sum, { rows }) => sum + rows, 0)).toBe(2);
    });

    it.each([
      { name: 'too few cells', row: '1', reason: /1 columns instead of 2/ },
      { name: 'too many cells', row: '1,a,b', reason: /3 columns instead of 2/ },
      { name: 'text after a closing quote', row: '1,"a"b', reason: /quot/ },
      { name: 'a quote inside a bare cell', row: '1,5" pipe', reason: /quot/ },
      { name: 'two quotes inside a bare cell', row: '1,5"x7" pipe', reason: /quot/ },
      { name: 'a quote that never closes', row: '1,"a', reason: /quot/ },
    ])('reports a row with $name and reads on', async ({ row, reason }) => {
      const table = await read(`fare,note\n0,x\n${row}\n2,y\n3,"z"\n`);
      expect(table.columns).toEqual([
        ['0', '2', '3'],
        ['x', 'y', 'z'],
      ]);
      expect(table.malformed).toEqual([{ line: 3, reason: expect.stringMatching(reason) as string }]);
    });

    it.each([
      {
        name: 'a missing column',
        text: 'note,x\na,1\n',
        code: 'MISSING_COLUMN',
        message: /table\.csv:1:fare.*no column fare.*"note", "x"/,
      },
      {
        name: 'a missing column whose name is nearly there',
        text: 'fares,note\n1,a\n',
        code: 'MISSING_COLUMN',
        message: /no column fare;.*Did you mean fares\?/,
      },
      {
        name: 'another delimiter',
        text: 'fare;note\n1;a\n',
        code: 'BAD_HEADER',
        message: /separated by ";"; write it with commas/,
      },
      { name: 'rows without a header', text: '4.5,a\n1,b\n', code: 'BAD_HEADER', message: /header/ },
      { name: 'a column named twice', text: 'fare,fare\n1,2\n', code: 'BAD_HEADER', message: /twice/ },
      { name: 'an empty file', text: '', code: 'EMPTY_FILE', message: /empty/ },
      { name: 'a file of blank lines', text: '\n\n\n', code: 'EMPTY_FILE', message: /blank/ },
      { name: 'a header alone', text: 'fare,note\n', code: 'NO_ROWS', message: /no row/ },
      { name: 'zero bytes', text: 'fare,note\n\0\0\0', code: 'BINARY_FILE', message: /binary/ },
    ])('refuses $name', async ({ text, code, message }) => {
      await expect(read(text)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
    });

    it('refuses a file that is not there, and a directory', async () => {
      await expect(readAll(reader, join(temporaryFolder(), 'none.csv'), [FARE])).rejects.toMatchObject({
        code: 'FILE_NOT_FOUND',
      });
      await expect(readAll(reader, temporaryFolder(), [FARE])).rejects.toMatchObject({ code: 'NOT_A_FILE' });
    });

    it('refuses gzip that is cut off, damaged, absent, or under a plain name', async () => {
      const whole = gzipSync(`fare\n${'1\n'.repeat(10_000)}`);
      const zipped = (bytes: Buffer | string): Promise<ReadTable> =>
        readAll(reader, file(bytes, 'table.csv.gz'), [FARE]);
      await expect(zipped(whole.subarray(0, whole.length - 20))).rejects.toMatchObject({
        code: 'BAD_GZIP',
        message: expect.stringContaining('too early') as string,
      });
      await expect(zipped('fare\n1\n')).rejects.toMatchObject({ code: 'BAD_GZIP' });
      await expect(zipped(Buffer.concat([whole.subarray(0, 20), Buffer.alloc(20, 7)]))).rejects.toMatchObject({
        code: 'BAD_GZIP',
      });
      await expect(readAll(reader, file(whole), [FARE])).rejects.toMatchObject({
        code: 'BINARY_FILE',
        message: expect.stringContaining('.gz') as string,
      });
    });

    it('stops when it is told to', async () => {
      const controller = new AbortController();
      const text = `fare\n${'1\n'.repeat(1_000_000)}`;
      const read = async (): Promise<void> => {
        for await (const _ of reader.read(file(text), { columns: [FARE], chunkRows: 10, signal: controller.signal }))
          controller.abort(new Error('enough'));
      };
      await expect(read()).rejects.toThrow('enough');
    });
  });
}

/** Rows of 200 bytes each, as bytes, because a text would stay in the heap. */
function longNames(rows: number): Buffer {
  const lines = Array.from(
    { length: rows },
    (_, i) => `${i},a station with a rather long name ${i},${'x'.repeat(150)}\n`,
  );
  return Buffer.from(`fare,note,rest\n${lines.join('')}`);
}

/** Bytes of the heap that something still needs. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
