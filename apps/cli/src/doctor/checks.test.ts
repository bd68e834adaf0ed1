import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore } from '@assay/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBroken } from '../commands/doctor.js';
import type { Check } from './check.js';
import { checkNode, checkTerminal } from './machine-checks.js';
import { checkData, checkSqlite, checkStore } from './storage-checks.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-doctor-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each([
  ['20.18.3', 'broken'],
  ['20.19.0', 'ok'],
  ['22.1.0', 'ok'],
  ['9.11.2', 'broken'],
])('node %s is %s', (version, state) => expect(checkNode(version).state).toBe(state));

describe('the terminal', () => {
  const terminal = (isTTY: boolean) =>
    ({ isTTY, columns: 80, rows: 24, getColorDepth: () => 8 }) as unknown as NodeJS.WriteStream;

  it.each([
    { name: 'a terminal', isTTY: true, env: { TERM: 'xterm' }, state: 'ok', detail: '80x24, 256 colors, TERM=xterm' },
    { name: 'a pipe', isTTY: false, env: {}, state: 'missing', detail: 'no terminal' },
    { name: 'CI', isTTY: true, env: { CI: '1' }, state: 'missing', detail: 'CI is set' },
    { name: 'a dumb terminal', isTTY: true, env: { TERM: 'dumb' }, state: 'missing', detail: 'TERM is dumb' },
  ])('$name', ({ isTTY, env, state, detail }) => {
    const check = checkTerminal(terminal(isTTY), env);
    expect(check.state).toBe(state);
    expect(check.detail).toContain(detail);
  });
});

it('sqlite loads and writes', async () => expect((await checkSqlite()).state).toBe('ok'));

describe('the store', () => {
  it('counts the studies of one that is there', async () => {
    const url = path.join(folder, 'some.db');
    await (await openStore(url)).close();
    expect(await checkStore(url)).toMatchObject({ state: 'ok', detail: `${url}: 0 studies` });
  });

  it('says that one can be made, and makes none', async () => {
    const url = path.join(folder, 'some.db');
    for (const _ of [1, 2]) expect((await checkStore(url)).detail).toContain('none yet');
  });

  it.each([
    { name: 'a folder that is not there', url: () => path.join(folder, 'no', 'some.db') },
    { name: 'a file that is no database', url: () => path.join(folder, 'text.db') },
    { name: 'a URL of another kind', url: () => 'mysql://host/name' },
  ])('$name is broken', async ({ url }) => {
    await writeFile(path.join(folder, 'text.db'), 'not a database, but a text that is long enough to be read as one');
    const check = await checkStore(url());
    expect(check.state).toBe('broken');
    expect(check.detail).toContain('ASSAY_STORE');
  });
});

describe('the data', () => {
  it('is optional', async () => {
    expect(await checkData(undefined)).toMatchObject({ state: 'missing', required: false });
  });

  it('is broken where ASSAY_DATA names nothing', async () => {
    expect((await checkData(path.join(folder, 'no'))).state).toBe('broken');
  });

  it('is missing until every study has its files', async () => {
    for (const study of ['taxifare', 'green_tripdata', 'citibike']) await mkdir(path.join(folder, study));
    await writeFile(path.join(folder, 'taxifare', 'train_50k.csv.gz'), '');
    const half = await checkData(folder);
    expect(half.state).toBe('missing');
    expect(half.detail).toContain(
      'taxifare: no taxifare/val_10k.csv.gz; green-taxi: no green_tripdata/green_tripdata_2021-01',
    );
    expect(half.detail).toContain('citibike: there');
    const rest = ['taxifare/val_10k', 'green_tripdata/green_tripdata_2021-01', 'green_tripdata/green_tripdata_2021-02'];
    for (const file of rest) await writeFile(path.join(folder, `${file}.csv.gz`), '');
    expect((await checkData(folder)).state).toBe('ok');
  });
});

it.each([
  { name: 'nothing', checks: [], broken: false },
  { name: 'something optional that is broken', checks: [{ state: 'broken', required: false }], broken: false },
  { name: 'something required that is broken', checks: [{ state: 'broken', required: true }], broken: true },
] as const)('the machine is broken with $name: $broken', ({ checks, broken }) => {
  const all: Check[] = checks.map((check) => ({ name: 'x', detail: '', ...check }));
  expect(isBroken([{ name: 'y', state: 'ok', required: true, detail: '' }, ...all])).toBe(broken);
});
