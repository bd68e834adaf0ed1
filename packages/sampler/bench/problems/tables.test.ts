import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readTables } from './tables.js';

/** NumPy's format, version 1: magic, header length, header, data. */
function npyOf(values: readonly number[], type = '<f8'): Buffer {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${values.length},), }`.padEnd(117);
  const start = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${header}\n`, 'latin1');
  return Buffer.concat([start, Buffer.from(Float64Array.from(values).buffer)]);
}

function folderWith(npy: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-tables-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const params = [
    { name: 'depth', type: 'int', low: 0, high: 2 },
    { name: 'kind', type: 'cat', choices: ['a', 'b'] },
  ];
  writeFileSync(
    join(folder, 'tables.json'),
    JSON.stringify({ tables: [{ name: 't', file: 't.npy', params, optimum: 10 }] }),
  );
  writeFileSync(join(folder, 't.npy'), npy);
  return folder;
}

it('finds each configuration in its row, the last parameter counting fastest', () => {
  const [table] = readTables(folderWith(npyOf([10, 11, 20, 21, 30, 31])));
  const losses = [0, 1, 2].flatMap((depth) => ['a', 'b'].map((kind) => table!.loss({ depth, kind })));
  expect(losses).toEqual([10, 11, 20, 21, 30, 31]);
});

it('refuses numbers of another type', () => {
  expect(() => readTables(folderWith(npyOf([1, 2, 3, 4, 5, 6], '<f4')))).toThrow('no float64');
});
