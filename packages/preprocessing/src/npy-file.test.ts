import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNpy } from './npy-file.js';
import { npyHeader } from './npy-header.js';
import { hasTaxiData, taxiData, whenTaxiData } from './testing/assay-data.js';
import { temporaryFolder } from './testing/temporary-folder.js';

/** What `numpy.save` writes for `numpy.array([[1, 2], [3, 4], [5, -6.5]], dtype='<f4')`, byte by byte. */
const SAVED = Buffer.concat([
  Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 0x76, 0]),
  Buffer.from(
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }\n".replace('\n', `${' '.repeat(58)}\n`),
    'latin1',
  ),
  Buffer.from(Float32Array.of(1, 2, 3, 4, 5, -6.5).buffer),
]);

function saved(bytes: Buffer): string {
  const file = join(temporaryFolder(), 'a.npy');
  writeFileSync(file, bytes);
  return file;
}

describe('npy', () => {
  it('writes the header that NumPy writes', () => {
    expect(npyHeader([3, 2])).toEqual(SAVED.subarray(0, 128));
    expect(npyHeader([7]).toString('latin1')).toContain("'shape': (7,), }");
    expect(npyHeader([10 ** 30, 10 ** 30, 10 ** 30]).length % 64).toBe(0);
  });

  it('reads what NumPy writes', async () => {
    const { shape, values } = await readNpy(saved(SAVED));
    expect(shape).toEqual([3, 2]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, -6.5]);
  });

  it('reads into shared memory', async () => {
    const { values } = await readNpy(saved(SAVED), (bytes) => new SharedArrayBuffer(bytes));
    expect(values.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([...values]).toEqual([1, 2, 3, 4, 5, -6.5]);
  });

  it.each([
    { name: 'no .npy file', bytes: Buffer.from('hello, world, hello') },
    { name: 'an empty file', bytes: Buffer.alloc(0) },
    { name: 'a header cut off', bytes: SAVED.subarray(0, 60) },
    { name: 'data cut off', bytes: SAVED.subarray(0, SAVED.length - 1) },
    { name: 'float64', bytes: Buffer.from(SAVED.toString('latin1').replace('<f4', '<f8'), 'latin1') },
    { name: 'Fortran order', bytes: Buffer.from(SAVED.toString('latin1').replace('False', 'True '), 'latin1') },
  ])('refuses $name', async ({ bytes }) => {
    await expect(readNpy(saved(bytes))).rejects.toMatchObject({ code: 'DATASET_DAMAGED' });
  });

  it('says when a file is not there', async () => {
    await expect(readNpy(join(temporaryFolder(), 'none.npy'))).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
  });

  it.skipIf(!hasTaxiData)(`agrees with the reference labels written by NumPy${whenTaxiData}`, async () => {
    const file = taxiData('reference_y_1k.npy');
    const { shape, values } = await readNpy(file);
    expect(shape).toEqual([970, 1]);
    expect(npyHeader(shape)).toEqual(readFileSync(file).subarray(0, 128));
    expect(values.reduce((sum, fare) => sum + fare, 0) / 970).toBeCloseTo(10.928, 3);
    expect([Math.min(...values), Math.max(...values)]).toEqual([2.5, 60.5]);
  });
});
