import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { generateTaxiRides, RIDES_PER_BLOCK } from './generate-taxi-rides.js';
import { writeTaxiRides } from './write-taxi-rides.js';

const rides = { rows: 2 * RIDES_PER_BLOCK + 100, seed: 3 };

it('writes what is generated, and says how far it is', async () => {
  const dir = temporaryFolder();
  const done: number[] = [];
  await writeTaxiRides(join(dir, 'rides.csv'), { ...rides, onRows: (rows) => done.push(rows) });
  expect(readdirSync(dir)).toEqual(['rides.csv']);
  const text = Array.from(generateTaxiRides(rides), (piece) => piece.toString()).join('');
  expect(readFileSync(join(dir, 'rides.csv'), 'utf8')).toBe(text);
  expect(done).toEqual([0, RIDES_PER_BLOCK, 2 * RIDES_PER_BLOCK, rides.rows]);
});

it('leaves nothing behind when it is aborted', async () => {
  const dir = temporaryFolder();
  const abort = new AbortController();
  const onRows = (rows: number): void => {
    if (rows > 0) abort.abort(new Error('enough'));
  };
  await expect(writeTaxiRides(join(dir, 'rides.csv'), { ...rides, signal: abort.signal, onRows })).rejects.toThrow(
    'enough',
  );
  expect(readdirSync(dir)).toEqual([]);
});

it('removes what killed processes left of this file, and nothing else', async () => {
  const dir = temporaryFolder();
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const others = [`rides.csv.${process.ppid}.part`, `other.csv.${dead}.part`, 'rides.csv.part', `rides.csv.${dead}.gz`];
  for (const name of [`rides.csv.${dead}.part`, ...others]) writeFileSync(join(dir, name), '');
  await writeTaxiRides(join(dir, 'rides.csv'), { rows: 1, seed: 1 });
  expect(readdirSync(dir).sort()).toEqual(['rides.csv', ...others].sort());
});

it('refuses to take the place of a folder, and a folder that is not there', async () => {
  const dir = temporaryFolder();
  mkdirSync(join(dir, 'rides.csv'));
  const write = (file: string): Promise<void> => writeTaxiRides(join(dir, file), { rows: 1, seed: 1 });
  await expect(write('rides.csv')).rejects.toMatchObject({ code: 'NOT_A_FILE' });
  await expect(write('none/rides.csv')).rejects.toMatchObject({ code: 'WRITE_FAILED' });
  await expect(writeTaxiRides('/dev/null', { rows: 1, seed: 1 })).rejects.toMatchObject({ code: 'NOT_A_FILE' });
});

it('reports a full disk and takes its half file away', async () => {
  const dir = temporaryFolder();
  // A limit on the size of files that this process may write is what a full disk looks like to it.
  const script = `
    process.on('SIGXFSZ', () => undefined);
    const { writeTaxiRides } = await import(process.argv[1]);
    await writeTaxiRides(process.argv[2], { rows: 60_000, seed: 1 }).catch(({ code, cause }) => console.log(code, cause.code));
  `;
  const built = join(import.meta.dirname, '../../dist/rides/write-taxi-rides.js');
  const node = [process.execPath, '--input-type=module', '-e', script, built, join(dir, 'rides.csv')];
  const { stdout } = spawnSync('sh', ['-c', 'ulimit -f 4000; exec "$@"', 'sh', ...node], { encoding: 'utf8' });
  expect(stdout).toBe('WRITE_FAILED EFBIG\n');
  expect(readdirSync(dir)).toEqual([]);
});

it.each([
  { name: 'a link to itself', file: 'rides.csv', code: 'ELOOP' },
  { name: 'a file where a folder should be', file: 'file/rides.csv', code: 'ENOTDIR' },
])('reports $name, and takes it for no missing file', async ({ file, code }) => {
  const dir = temporaryFolder();
  symlinkSync('rides.csv', join(dir, 'rides.csv'));
  writeFileSync(join(dir, 'file'), '');
  await expect(writeTaxiRides(join(dir, file), { rows: 1, seed: 1 })).rejects.toMatchObject({
    code: 'WRITE_FAILED',
    cause: { code },
  });
  expect(readdirSync(dir).sort()).toEqual(['file', 'rides.csv']);
});
