import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { openStore } from '@assay/store';
import type { TrialRecord } from '@assay/study';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assay, fixture, newFolder } from '../testing/assay-process.js';

const cwd = newFolder();
const TRIALS = 6;

const run = (...args: string[]) => assay(args, { cwd });
const inFolder = (file: string): string => path.join(cwd, file);

beforeAll(async () => {
  await run('run', fixture('quick'), '--trials', String(TRIALS), '--seed', '5', '--workers', '1');
  await run('run', fixture('diverges'), '--workers', '1');
}, 60_000);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** What a store holds, asked in this process. */
async function stored(study: string, file = '.assay/assay.db') {
  const store = await openStore(inFolder(file), { mustExist: true });
  try {
    const record = await store.findStudy(study);
    const trials = record === null ? [] : await store.readTrials(record.id);
    return trials.map(({ id: _, ...trial }) => trial);
  } finally {
    await store.close();
  }
}

const bestOf = (trials: readonly Omit<TrialRecord, 'id'>[]) =>
  trials.reduce((best, trial) => (trial.values[0]! < best.values[0]! ? trial : best));

describe('assay export', () => {
  it('writes CSV on stdout, a line for each trial', async () => {
    const trials = await stored('quick');
    const { code, stdout, stderr } = await run('export', 'quick', '--to', 'csv');
    expect([code, stderr]).toEqual([0, `quick: ${TRIALS} trials to stdout\n`]);
    const [head = '', first = '', ...others] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^number,state,value,datetime_start,datetime_complete,duration,params_/);
    expect(first).toMatch(/^0,complete,/);
    expect(first.split(',')[2]).toBe(String(trials[0]?.values[0]));
    expect(others).toHaveLength(TRIALS - 1);
    expect((await run('export', 'diverges', '--to', 'csv')).stdout).toMatch(/^\d,pruned,inf,\d{4}-\d\d-\d\dT\S+Z,/m);
  });

  it('writes JSON with everything', async () => {
    const { stdout } = await run('export', 'quick', '--to', 'json');
    const told = JSON.parse(stdout) as { study: object; trials: unknown[] };
    expect(told.study).toMatchObject({ name: 'quick', directions: ['minimize'], definition: { seed: 5 } });
    expect(told.trials).toMatchObject(await stored('quick'));
    expect(told.trials[0]).toHaveProperty('distributions.lr.kind', 'float');
  });

  it('writes Parquet that reads back as the same table', async () => {
    expect((await run('export', 'quick', '--to', 'parquet', '--out', 'quick.parquet')).code).toBe(0);
    const { buffer, byteOffset, byteLength } = readFileSync(inFolder('quick.parquet'));
    const file = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    const trials = await stored('quick');
    expect(await parquetReadObjects({ file })).toEqual(
      trials.map(({ number, values: [value], params, startedMs }) =>
        expect.objectContaining({
          ...{ number, value, state: 'complete', datetime_start: new Date(startedMs ?? 0), ignored: false },
          ...{ params_lr: params.lr, params_optimizer: params.optimizer, params_flag: params.flag },
        }),
      ),
    );
    expect(readdirSync(cwd).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('asks for a file where bytes would go to nowhere, and for a folder that is there', async () => {
    expect(await run('export', 'quick', '--to', 'optuna')).toMatchObject({ code: 2, stdout: '' });
    expect(await run('export', 'nope', '--to', 'csv')).toMatchObject({ code: 3, stdout: '' });
    expect(await run('export', 'quick', '--to', 'csv', '--out', 'no/folder.csv')).toMatchObject({
      ...{ code: 2, stdout: '' },
      stderr: expect.stringContaining('mkdir -p no  makes it'),
    });
  });
});

describe('assay import', () => {
  it('brings back what was exported for Optuna, trial for trial', async () => {
    expect((await run('export', 'quick', '--to', 'optuna', '--out', 'shared.db')).code).toBe(0);
    await run('export', 'diverges', '--to', 'optuna', '--out', 'shared.db');
    const elsewhere = ['--store', 'elsewhere.db'];
    const { code, stdout } = await run('import', 'shared.db', ...elsewhere, '--json');
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      [
        { study: 'quick', trials: TRIALS },
        { study: 'diverges', trials: 3 },
      ],
    ]);
    for (const study of ['quick', 'diverges']) expect(await stored(study, 'elsewhere.db')).toEqual(await stored(study));
  });

  it('touches no study that is there, and takes another name', async () => {
    const otherwise = 'assay import sqlite:///shared.db quick --name <other name>  imports it under another name.';
    const refused = { code: 3, stdout: '', stderr: expect.stringContaining(otherwise) };
    expect(await run('import', 'shared.db')).toMatchObject(refused);
    expect(await run('import', 'shared.db', 'quick', '--name', 'quick 2')).toMatchObject({
      code: 0,
      stdout: `quick 2: ${TRIALS} trials\n`,
    });
    expect(await run('import', 'shared.db', '--name', 'both')).toMatchObject({ code: 2 });
  });
});

describe('assay studies rename, copy, delete', () => {
  it('copies, renames and deletes', async () => {
    expect(await run('studies', 'copy', 'quick', 'again')).toMatchObject({ code: 0, stdout: '' });
    expect(await run('studies', 'copy', 'quick', 'again')).toMatchObject({ code: 3 });
    expect(await run('studies', 'rename', 'again', 'quick')).toMatchObject({ code: 3 });
    expect(await run('studies', 'rename', 'again', ' ')).toMatchObject({ code: 2 });
    expect(await run('studies', 'rename', 'again', 'yet again')).toMatchObject({ code: 0 });
    expect(await stored('yet again')).toEqual(await stored('quick'));
    const refused = await run('studies', 'delete', 'yet again');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await run('studies', 'delete', 'yet again', '--yes')).toMatchObject({ code: 0 });
    expect(await stored('yet again')).toEqual([]);
    expect(await stored('quick')).toHaveLength(TRIALS);
  });
});

describe('assay trials --note, --tag, --ignore', () => {
  it('marks trials; an ignored one is not the best until it is no longer ignored', async () => {
    const best = bestOf(await stored('quick'));
    const at = `@${best.number}`;
    const { stdout } = await run('trials', 'quick', '--ignore', at, '--tag', at, 'odd', '--note', at, 'too', 'good');
    expect(stdout).toBe(`${at}  ignored [odd] too good\n`);
    const other = JSON.parse((await run('best', 'quick', '--json')).stdout) as { trial: number };
    expect(other.trial).toBe(bestOf((await stored('quick')).filter(({ marks }) => !marks?.ignored)).number);
    expect(other.trial).not.toBe(best.number);
    expect((await run('trials', 'quick')).stdout).toMatch(/complete, ignored .* {2}\[odd\] {2}# too good$/m);
    expect(await run('trials', 'quick', '--unignore', at, '--untag', at, 'odd', '--json')).toMatchObject({ code: 0 });
    expect((await stored('quick'))[best.number]).toMatchObject({
      marks: { note: 'too good', tags: [], ignored: false },
    });
  });

  it('names the trial that is not there', async () => {
    expect(await run('trials', 'quick', '--note', '@99', 'text')).toMatchObject({ code: 3, stdout: '' });
  });
});

describe('a store of a later version', () => {
  it('is read with a warning, and not run in', async () => {
    await run('export', 'quick', '--to', 'optuna', '--out', 'later.db');
    const Database = createRequire(import.meta.resolve('@assay/store'))('better-sqlite3');
    const database = new Database(inFolder('later.db'));
    database.exec('UPDATE assay_version SET version = 99');
    database.close();
    const store = ['--store', 'later.db'];
    const read = await run('best', 'quick', ...store);
    expect(read).toMatchObject({ code: 0, stderr: expect.stringMatching(/^warning: .*version 99.*update Assay\n/) });
    expect(await run('run', fixture('quick'), ...store)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('update Assay'),
    });
  });
});
