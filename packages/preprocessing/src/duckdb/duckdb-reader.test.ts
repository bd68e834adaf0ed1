import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvReader } from '../csv-reader.js';
import type { ColumnSpec } from '../table-recipe.js';
import { describeChunkReader, type ReadTable, readAll } from '../testing/describe-chunk-reader.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { createDuckdbReader } from './duckdb-reader.js';
import { runInDuckdb } from './duckdb-reader.test.kit.js';

const duckdb = createDuckdbReader();
const csv = createCsvReader();

describeChunkReader('duckdb', duckdb);

const A: ColumnSpec = { name: 'a', type: 'number' };
const B: ColumnSpec = { name: 'b', type: 'integer' };

/** What both readers give for a file, which has to be the same. */
async function readTwice(file: string, specs: readonly ColumnSpec[], chunkRows = 1000): Promise<ReadTable> {
  const table = await readAll(csv, file, specs, chunkRows);
  expect(await readAll(duckdb, file, specs, chunkRows)).toEqual(table);
  return table;
}

function tableFile(text: string | Buffer, name = 'table.csv'): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
}

/** Every text of 1 to `length` of the letters. */
function wordsOf(letters: readonly string[], length: number): string[] {
  const shorter = length === 1 ? [''] : wordsOf(letters, length - 1);
  return [
    ...shorter,
    ...shorter.filter((word) => word.length >= length - 1).flatMap((word) => letters.map((l) => word + l)),
  ];
}

describe('duckdb reader', () => {
  it('keeps our number grammar on every text of up to five of its characters and DuckDB-s own', async () => {
    const words = wordsOf(['1', '0', '.', '-', 'e', '_', ' ', '\v'], 5).filter((word) => word !== '');
    expect(words.length).toBe(8 + 8 ** 2 + 8 ** 3 + 8 ** 4 + 8 ** 5);
    const { lines, malformed } = await readTwice(
      tableFile(`a,b\n${words.map((word) => `${word},1\n`).join('')}`),
      [A, B],
      5000,
    );
    expect(lines.length).toBeGreaterThan(900);
    expect(malformed.length).toBeGreaterThan(1000);
    expect(lines.length + malformed.length).toBe(words.length);
  });

  it('gives the bits and refusals of our own grammar for other numbers', async () => {
    const cells = [
      'inf',
      '-inf',
      'nan',
      'NaN',
      'Infinity',
      '1_000',
      '0x1F',
      '1e400',
      '-1e400',
      '1e-400',
      '-0',
      '+7',
      '.5',
      '5.',
      '1E+5',
    ];
    const digits = Array.from(
      { length: 2000 },
      (_, i) => `${(i * 7919) % 180}.${(i * 104_729) % 1_000_003}${(i * 31) % 9973}`,
    );
    const exponents = Array.from({ length: 600 }, (_, i) => `${i * 7 + 1}.${i * 13}e${i - 300}`);
    const whole = ['3.0', '3e2', '2.5', '9007199254740991', '9007199254740992', '-9007199254740993', '1\f', '٣', '1,5'];
    const all = [...cells, ...digits, ...exponents, ...whole];
    await readTwice(tableFile(`a;b\n${all.map((cell) => `${cell};${cell}\n`).join('')}`), [A, B]).catch(
      () => undefined,
    );
    const semicolon = { csv: createCsvReader({ delimiter: ';' }), duckdb: createDuckdbReader({ delimiter: ';' }) };
    const file = tableFile(`a;b;c\n${all.map((cell) => `${cell};${cell};x\n`).join('')}`);
    for (const spec of [A, B]) {
      const expected = await readAll(semicolon.csv, file, [spec]);
      expect(await readAll(semicolon.duckdb, file, [spec])).toEqual(expected);
      expect(expected.lines.length).toBeGreaterThan(10);
    }
  });

  it('reads times as our own parser does', async () => {
    const iso = [
      '2013-07-06 17:18:00 UTC',
      '2013-07-06T17:18:05Z',
      '2013-07-06 17:18',
      ' 2013-07-06 17:18:00',
      '1969-12-31 23:59:59.9996',
    ];
    const fractions = [
      '2018-01-01 02:06:17.5410',
      '2018-01-01 02:06:17.289999',
      '2018-01-01 02:06:17.1234567',
      '1900-01-01 00:00:00.0009',
    ];
    const zones = [
      '2013-07-06 17:18:00+02:00',
      '2013-07-06 17:18:00 -0430',
      '2013-07-06 17:18:00 EST',
      '2013-07-06 17:18:00 UTCx',
    ];
    const wrong = [
      '2013-02-29 00:00:00',
      '2013-7-06 17:18:00',
      '2013-07-06 24:00:00',
      '2013-07-06 17:60:00',
      '2013-07-06',
      '24',
    ];
    const far = [
      '0001-01-01 00:00:00',
      '2999-12-31 23:59:59.999999',
      '12013-07-06 17:18:00',
      '1800-02-28 00:00:00',
      '',
      ' ',
    ];
    const monthFirst = [
      '4/1/2016 0:16',
      '12/31/2016 23:59:07',
      '13/1/2016 0:16',
      '2/30/2016 0:16',
      '4/1/16 0:16',
      '4/1/2016 24:00',
    ];
    const dayFirst = [
      '1.4.2016 0:16',
      '31.12.2016 23:59:07',
      '31.12.2016',
      '31.13.2016',
      '30.2.2016',
      '1.4.2016 24:00',
      '1.4.2016 1:60',
      '1.4.16',
      ' 1.4.2016',
    ];
    const dates = ['2016-02-29', '2015-02-29', '2016-13-01', ' 2016-02-29', '0999-01-01', '2016-02-29x', '2016-2-29'];
    const others = [...zones, ...wrong, ...far, ...monthFirst, ...dayFirst, ...dates];
    const text = `t,n\n${[...iso, ...fractions, ...others].map((cell) => `${cell},1\n`).join('')}`;
    const { columns, malformed } = await readTwice(tableFile(text), [{ name: 't', type: 'timestamp' }]);
    expect(columns[0]!.slice(0, 2)).toEqual([Date.UTC(2013, 6, 6, 17, 18), Date.UTC(2013, 6, 6, 17, 18, 5)]);
    const both = await readTwice(tableFile(text), [
      { name: 't', type: 'timestamp', formats: ['iso', 'month/day/year'] },
    ]);
    expect(both.columns[0]).toContain(Date.UTC(2016, 3, 1, 0, 16));
    expect(both.malformed.length).toBe(malformed.length - 2);
    const formats = ['day.month.year', 'date'] as const;
    const days = await readTwice(tableFile(text), [{ name: 't', type: 'timestamp', formats }]);
    expect(days.columns[0]!.filter((time) => !Number.isNaN(time))).toEqual([
      Date.UTC(2013, 6, 6),
      Date.UTC(2016, 3, 1, 0, 16),
      Date.UTC(2016, 11, 31, 23, 59, 7),
      Date.UTC(2016, 11, 31),
      Date.UTC(2016, 3, 1),
      Date.UTC(2016, 1, 29),
      Date.UTC(2016, 1, 29),
      Date.UTC(999, 0, 1),
    ]);
  });

  it('takes no control character and no foreign blank for what it is not, in numbers and times', async () => {
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    const odd = [
      ...ascii.filter((letter) => !'\n\r",'.includes(letter)),
      '\u00a0',
      '\u0661',
      '\u2028',
      '\u3000',
      '\ufeff',
    ];
    const numbers = odd.flatMap((c) => [`1${c}`, `${c}1`, `1${c}1`, `1.${c}`, `1e${c}5`]);
    const time = '2009-06-15 17:26:21';
    const times = odd.flatMap((c) => [
      `${time}${c}`,
      `${c}${time}`,
      `2009-06-15${c}17:26:21`,
      `${time.slice(0, -1)}${c}`,
    ]);
    const rows = [...numbers.map((cell) => `${cell},${time},1`), ...times.map((cell) => `0,${cell},1`)];
    const start = `0,${time},1\n`.repeat(12_000); // a zero byte this near to the start would make the file binary
    const specs: readonly ColumnSpec[] = [A, { name: 't', type: 'timestamp' }, B];
    const { malformed } = await readTwice(tableFile(`a,t,b\n${start}${rows.join('\n')}\n`), specs, 5000);
    expect(malformed.length).toBeGreaterThan(1000);
  });

  it('finds the rows, lines and refusals of the CSV reader in damaged text', async () => {
    const unit = fc.constantFrom('1', '2', ',', ',', '"', '\n', '\n', '\r\n', '\r', ' ', '\t', 'é');
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit, maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        async (damage, chunkRows) => {
          await readTwice(tableFile(`a,b\n1,2\n${damage}\n3,4\n`), [{ name: 'b', type: 'text' }, A], chunkRows);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leaves a file to the CSV reader from the first quote on', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) =>
      i === 20_000 ? '7,"x\ny"' : `${i},${i % 7 === 0 ? '' : 'fine'}`,
    );
    const table = await readTwice(tableFile(`a,note\n${rows.join('\n')}\n`), [A, { name: 'note', type: 'text' }], 8192);
    expect(table.chunkSizes).toEqual([8192, 8192, 8192, 5424]);
    expect(table.lines.slice(20_000, 20_002)).toEqual([20_002, 20_004]);
  });

  it.each([
    {
      name: 'bytes that are no UTF-8',
      text: Buffer.concat([Buffer.from('a,note\n1,M'), Buffer.from([0xfc]), Buffer.from('n\n2,b\n')]),
    },
    { name: 'mixed line ends', text: 'a,note\r\n1,x\n2,y\r\n3,z\n' },
    { name: 'a line of three megabytes', text: `a,note\n1,${'x'.repeat(3_000_000)}\n2,y\n` },
    { name: 'texts of any length', text: `a,note\n1,123456789012\n2,1234567890123\n3,Łódź 🚕 Łódź 🚕\n` },
    { name: 'a single column with blank lines', text: 'a\n1\n\n \n2\n', specs: [A] },
  ])('agrees with the CSV reader on $name', async ({ text, specs }) => {
    const table = await readTwice(tableFile(text), specs ?? [A, { name: 'note', type: 'text' }]);
    expect(table.lines.length).toBeGreaterThanOrEqual(2);
  });

  it('takes wildcards in a path for what they are', async () => {
    expect((await readTwice(tableFile('a\n1\n', 'we[i]rd*?.csv'), [A])).columns).toEqual([[1]]);
  });

  it('reads a .gz of several members, and refuses one whose checksum is wrong', async () => {
    const members = Buffer.concat([gzipSync('a,b\n1,2\n'), gzipSync('3,4\n')]);
    expect((await readTwice(tableFile(members, 'table.csv.gz'), [A, B])).columns).toEqual([
      [1, 3],
      [2, 4],
    ]);
    const damaged = gzipSync('a,b\n1,2\n');
    damaged[damaged.length - 6]! ^= 1;
    const file = tableFile(damaged, 'table.csv.gz');
    await expect(readAll(duckdb, file, [A])).rejects.toMatchObject({ code: 'BAD_GZIP' });
  });

  it('reads .zst, and refuses one that is cut off or is none', async () => {
    const plain = tableFile(`a,b\n${'1,2\n'.repeat(100_000)}`);
    const zipped = `${plain}.zst`;
    await runInDuckdb(`COPY (FROM read_csv('${plain}')) TO '${zipped}' (FORMAT csv, COMPRESSION zstd)`);
    expect(await readAll(duckdb, zipped, [A, B])).toEqual(await readAll(csv, plain, [A, B]));
    truncateSync(zipped, readFileSync(zipped).length - 5);
    await expect(readAll(duckdb, zipped, [A])).rejects.toMatchObject({
      code: 'BAD_ZSTD',
      message: expect.stringContaining('too early') as string,
    });
    await expect(readAll(duckdb, tableFile('a\n1\n', 'plain.csv.zst'), [A])).rejects.toMatchObject({
      code: 'BAD_ZSTD',
    });
  });

  it('says what is missing to read an address', async () => {
    await expect(readAll(duckdb, 'https://example.invalid/rides.csv', [A])).rejects.toMatchObject({
      code: 'READER_UNAVAILABLE',
      message: expect.stringMatching(/httpfs.*INSTALL httpfs/) as string,
    });
  });
});
