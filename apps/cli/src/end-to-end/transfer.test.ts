import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assay, fixture, newFolder } from '../testing/assay-process.js';
import { type PrintedTrial, storedTrials } from '../testing/stored-trials.js';

const cwd = newFolder();
const TRIALS = 6;

const run = (...args: string[]) => assay(args, { cwd });
const inFolder = (file: string): string => path.join(cwd, file);

beforeAll(async () => {
  await run('run', fixture('quick'), '--trials', String(TRIALS), '--seed', '5', '--workers', '1');
  await run('run', fixture('diverges'), '--workers', '1');
}, 60_000);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const bare = ({ id: _, ...trial }: PrintedTrial) => trial;

describe('assay export', () => {
  it('writes CSV on stdout, a line for each trial', async () => {
    const trials = await storedTrials('quick', cwd);
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
    const told = JSON.parse(stdout) as { study: object; trials: PrintedTrial[] };
    expect(told.study).toMatchObject({ name: 'quick', directions: ['minimize'], definition: { seed: 5 } });
    expect(told.trials).toMatchObject((await storedTrials('quick', cwd)).map(bare));
    expect(told.trials[0]).toHaveProperty('distributions.lr.kind', 'float');
  });

  it('writes Parquet that reads back as the same table', async () => {
    expect((await run('export', 'quick', '--to', 'parquet', '--out', 'quick.parquet')).code).toBe(0);
    const { buffer, byteOffset, byteLength } = readFileSync(inFolder('quick.parquet'));
    const file = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    const trials = await storedTrials('quick', cwd);
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

  it('asks for a file where bytes would go to nowhere', async () => {
    expect(await run('export', 'quick', '--to', 'optuna')).toMatchObject({ code: 2, stdout: '' });
    expect(await run('export', 'nope', '--to', 'csv')).toMatchObject({ code: 3, stdout: '' });
    expect(await run('export', 'quick', '--to', 'csv', '--out', 'no/folder.csv')).toMatchObject({
      code: 1,
      stdout: '',
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
    const back = JSON.parse((await run('trials', 'quick', ...elsewhere, '--json')).stdout) as PrintedTrial[];
    expect(back.map(bare)).toEqual((await storedTrials('quick', cwd)).map(bare));
  });

  it('touches no study that is there, and takes another name', async () => {
    await run('export', 'quick', '--to', 'optuna', '--out', 'one.db');
    expect(await run('import', 'one.db')).toMatchObject({ code: 3, stdout: '' });
    expect(await run('import', 'one.db', 'quick', '--name', 'quick 2')).toMatchObject({
      code: 0,
      stdout: `quick 2: ${TRIALS} trials\n`,
    });
    expect(await run('import', 'none.db')).toMatchObject({ code: 3 });
    expect(await run('import', 'one.db', 'nope', '--name', 'other')).toMatchObject({ code: 3 });
  });
});

describe('assay studies rename, copy, delete', () => {
  it('copies, renames and deletes', async () => {
    expect(await run('studies', 'copy', 'quick', 'again')).toMatchObject({ code: 0, stdout: '' });
    expect(await run('studies', 'copy', 'quick', 'again')).toMatchObject({ code: 3 });
    expect(await run('studies', 'rename', 'again', 'quick')).toMatchObject({ code: 3 });
    expect(await run('studies', 'rename', 'again', 'yet again')).toMatchObject({ code: 0 });
    expect((await storedTrials('yet again', cwd)).map(bare)).toEqual((await storedTrials('quick', cwd)).map(bare));
    const refused = await run('studies', 'delete', 'yet again');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await run('studies', 'delete', 'yet again', '--yes')).toMatchObject({ code: 0 });
    expect(await run('studies', 'delete', 'yet again', '--yes')).toMatchObject({ code: 3 });
    expect((await storedTrials('quick', cwd)).length).toBe(TRIALS);
  });
});

describe('assay trials --note, --tag, --ignore', () => {
  it('marks trials; an ignored one is not the best until it is no longer ignored', async () => {
    const [best] = JSON.parse((await run('trials', 'quick', '--sort', 'value', '--json')).stdout) as PrintedTrial[];
    const at = `@${best?.number}`;
    const { stdout } = await run('trials', 'quick', '--ignore', at, '--tag', at, 'odd', '--note', at, 'too', 'good');
    expect(stdout).toBe(`${at}  ignored [odd] too good\n`);
    const other = JSON.parse((await run('best', 'quick', '--json')).stdout) as { trial: number };
    expect(other.trial).not.toBe(best?.number);
    expect((await run('trials', 'quick')).stdout).toMatch(/complete, ignored .* {2}\[odd\] {2}# too good$/m);
    expect(await run('trials', 'quick', '--unignore', at, '--untag', at, 'odd', '--json')).toMatchObject({ code: 0 });
    expect(JSON.parse((await run('best', 'quick', '--json')).stdout)).toMatchObject({ trial: best?.number });
  });

  it.each([
    { args: ['--ignore', '17'], code: 2 },
    { args: ['--ignore', '@1', 'because'], code: 2 },
    { args: ['--tag', '@1'], code: 2 },
    { args: ['--note', '@99', 'text'], code: 3 },
  ])('refuses $args', async ({ args, code }) => {
    expect(await run('trials', 'quick', ...args)).toMatchObject({ code, stdout: '' });
  });
});
