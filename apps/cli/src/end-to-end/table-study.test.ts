import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assay, fixture, newFolder, temporaryFolder } from '../testing/assay-process.js';

const cwd = newFolder();
const rides = fixture('rides');
const here = (args: readonly string[], input?: string | Buffer) =>
  assay(args, { cwd, ...(input !== undefined && { input }) });

beforeAll(async () => {
  const { code, stderr } = await here(['run', rides, '--trials', '4', '--seed', '1', '--workers', '2']);
  if (code !== 0) throw new Error(stderr);
}, 60_000);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

interface Scores {
  readonly model: string;
  readonly trial: number;
  readonly validation: { readonly rows: number; readonly mae: number } | null;
  readonly test: { readonly rows: number; readonly mae: number };
  readonly stages: readonly { readonly name: string; readonly seconds: number; readonly peakBytes: number }[];
}

const sidecar = (model: string, name: string): unknown => JSON.parse(readFileSync(path.join(model, name), 'utf8'));

describe('assay train', () => {
  it('@best: the trial’s own score again, the test rows’ beside it; three files, their folder on stdout', async () => {
    const best = JSON.parse((await here(['best', 'rides', '--json'])).stdout) as { trial: number; values: [number] };
    const { code, stdout, stderr } = await here(['train', 'rides@best']);
    const model = stdout.trimEnd();
    expect([code, model]).toEqual([0, path.join(cwd, '.assay', 'models', `rides@${best.trial}`)]);
    expect(['model.onnx', 'params.json', 'metrics.json'].map((name) => existsSync(path.join(model, name)))).toEqual([
      ...[true, true, true],
    ]);
    const scores = sidecar(model, 'metrics.json') as Scores;
    expect(scores.validation?.mae).toBeCloseTo(best.values[0], 5);
    expect(sidecar(model, 'params.json')).toMatchObject({ study: 'rides', trial: best.trial, studyFile: rides });
    for (const stage of ['preparing', 'training', 'scoring']) {
      expect(stderr).toMatch(new RegExp(`^${stage} +\\d+\\.\\d\\d +\\d+ MB$`, 'm'));
    }
    expect(stderr).toMatch(/^validation +\d+ +\d\.\d{4} +\d\.\d{4} +\d+\.\d{4}\ntest /m);
    expect(stderr).toContain(`next: assay predict .assay/models/rides@${best.trial} --input file.csv\n`);
  });

  it('@latest --refit --json: trains on the validation rows too, and gives them no score', async () => {
    const { stdout } = await here(['train', 'rides@latest', '--refit', '--json', '--out', 'refit model']);
    const scores = JSON.parse(stdout) as Scores;
    expect(scores).toMatchObject({ model: path.join(cwd, 'refit model'), trial: 3, validation: null });
    expect(scores.test.rows).toBeGreaterThan(100);
    expect(scores.stages.map(({ name }) => name)).toEqual(['preparing', 'training', 'refit', 'scoring']);
    expect(sidecar(scores.model, 'params.json')).toMatchObject({ refit: true });
  });

  it('@2 names a trial; one that is not there is refused', async () => {
    expect(JSON.parse((await here(['train', 'rides@2', '--json'])).stdout)).toMatchObject({ trial: 2 });
    expect(await here(['train', 'rides@17'])).toMatchObject({ code: 3, stdout: '' });
  });
});

describe('assay evaluate', () => {
  const model = path.join(cwd, '.assay', 'models', 'rides@1');
  let scores: Scores;

  beforeAll(async () => {
    scores = JSON.parse((await here(['train', 'rides@1', '--json'])).stdout) as Scores;
  });

  interface Evaluated {
    readonly overall: { readonly rows: number; readonly mae: number };
    readonly by: readonly { readonly column: string; readonly slices: readonly { scores: { rows: number } }[] }[];
  }

  it.each(['test', 'validation'] as const)('gives the %s rows the error that training gave them', async (rows) => {
    const { stdout } = await here(['evaluate', model, '--on', rows, '--json']);
    const { overall } = JSON.parse(stdout) as Evaluated;
    expect(overall.rows).toBe(scores[rows]?.rows);
    expect(overall.mae).toBeCloseTo(scores[rows]?.mae ?? Number.NaN, 5);
  });

  it('slices by columns that the network does not see, and keeps the table with the model', async () => {
    const { code, stdout } = await here(['evaluate', model, '--by', 'passenger_count,fare_amount,key']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^fare_amount +count +mae +standard error +rmse\n< [\d.]+ /m);
    expect(stdout).toMatch(/^kept in .*evaluation\.json$/m);
    const { overall, by } = sidecar(model, 'evaluation.json') as Evaluated;
    expect(by.map(({ column }) => column)).toEqual(['passenger_count', 'fare_amount', 'key']);
    for (const { slices } of by) {
      expect(slices.reduce((sum, { scores: own }) => sum + own.rows, 0)).toBe(overall.rows);
    }
  });

  it('scores all rows of another file', async () => {
    await here(['data', 'generate', 'taxifare', '--rows', '300', '--seed', '9', '--out', 'other rides.csv']);
    const { stdout } = await here(['evaluate', model, '--data', 'other rides.csv', '--json']);
    expect((JSON.parse(stdout) as Evaluated).overall.rows).toBeGreaterThan(250);
    expect(sidecar(model, 'evaluation-other_rides.csv.json')).toEqual(JSON.parse(stdout));
    expect(sidecar(model, 'evaluation.json')).not.toEqual(JSON.parse(stdout));
  });

  it.each([
    { name: 'a folder without a model', args: ['no model'], code: 2, says: 'no model is no model folder' },
    { name: 'a column that is not there', args: [model, '--by', 'passengers'], code: 2, says: 'passengers' },
  ])('refuses $name', async ({ args, code, says }) => {
    expect(await here(['evaluate', ...args])).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringContaining(says),
    });
  });
});

describe('assay train --from', () => {
  const model = path.join(cwd, '.assay', 'models', 'rides@2');

  beforeAll(async () => {
    await here(['train', 'rides@2']);
    await here(['data', 'generate', 'taxifare', '--rows', '2000', '--seed', '11', '--out', 'newer rides.csv']);
  });

  it('goes on with newer rows, and says what that does to old and new ones', async () => {
    const { stdout } = await here(['train', '--from', model, '--data', 'newer rides.csv', '--json']);
    const { model: folder, ...errors } = JSON.parse(stdout) as Record<'model' | 'before' | 'after', unknown>;
    expect(folder).toBe(`${model}-continued`);
    const mae = { mae: expect.any(Number) as number };
    expect(errors).toMatchObject({ before: { old: mae, new: mae }, after: { old: mae, new: mae } });
    expect(sidecar(`${model}-continued`, 'params.json')).toMatchObject({
      study: 'rides',
      trial: 2,
      continuedFrom: model,
    });
  });

  it('once more from there, for people', async () => {
    const { code, stderr } = await here([
      'train',
      '--from',
      `${model}-continued`,
      '--data',
      'newer rides.csv',
      '--out',
      'next',
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^old rows, before +[\d,]+ [\s\S]*^new rows, after +[\d,]+ /m);
    expect((await here(['predict', 'next', '--input', 'newer rides.csv'])).stdout.split('\n')).toHaveLength(2002);
  });

  it.each([
    { name: 'no rows', args: ['--from', model], says: '--data <file>' },
    {
      name: 'a trial as well',
      args: ['rides@2', '--from', model, '--data', 'newer rides.csv'],
      says: 'Name one of them',
    },
    { name: 'rows without a model', args: ['rides@2', '--data', 'newer rides.csv'], says: '--from <model>' },
    { name: 'neither', args: [], says: 'No trial is named' },
  ])('refuses $name', async ({ args, says }) => {
    expect(await here(['train', ...args])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(says),
    });
  });
});

describe('assay predict', () => {
  const model = path.join(cwd, '.assay', 'models', 'rides@0');
  let ridesCsv = '';

  beforeAll(async () => {
    await here(['train', 'rides@0']);
    ridesCsv = (await here(['data', 'generate', 'taxifare', '--rows', '200', '--seed', '5', '--out', '-'])).stdout;
  });

  const predict = (args: readonly string[], input?: string | Buffer) => here(['predict', model, ...args], input);

  it('prints a row for each row, in order, also without key and label', async () => {
    const whole = await predict(['--input', '-'], ridesCsv);
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    const lines = whole.stdout.trimEnd().split('\n');
    expect([lines.length, lines[0]]).toEqual([201, 'prediction,reason']);
    const reversed = [ridesCsv.split('\n')[0], ...ridesCsv.trimEnd().split('\n').slice(1).reverse(), ''].join('\n');
    const backwards = (await predict(['--input', '-'], reversed)).stdout.trimEnd().split('\n');
    expect(backwards.slice(1).reverse()).toEqual(lines.slice(1));
    const bare = ridesCsv.replace(/^[^,\n]*,[^,\n]*,/gm, '');
    expect(bare.split('\n')[0]).not.toMatch(/key|fare_amount/);
    expect((await predict(['--input', '-'], bare)).stdout).toBe(whole.stdout);
  });

  it('keeps the place of a row that cannot be parsed, with a reason and no value', async () => {
    const lines = ridesCsv.trimEnd().split('\n');
    const spoilt = [
      ...lines.slice(0, 3),
      'three,little,fields',
      ...lines.slice(3, 5),
      lines[5]?.replace('UTC', 'x'),
      '',
    ];
    const expected = (await predict(['--input', '-'], ridesCsv)).stdout.split('\n');
    const printed = (await predict(['--input', '-'], spoilt.join('\n'))).stdout.trimEnd().split('\n');
    expect(printed.slice(0, 3)).toEqual(expected.slice(0, 3));
    expect(printed[3]).toBe(',3 columns instead of 8');
    expect(printed.slice(4, 6)).toEqual(expected.slice(3, 5));
    expect(printed[6]).toMatch(/^,"?.*pickup_datetime/);
    expect(printed).toHaveLength(7);
  });

  it('needs no study file: the recipe went with the model', async () => {
    const whole = (await predict(['--input', '-'], ridesCsv)).stdout;
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'assay-model-'));
    cpSync(model, elsewhere, { recursive: true });
    const file = path.join(elsewhere, 'params.json');
    const params = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...params, studyFile: '/gone.study.ts' }));
    expect((await here(['predict', elsewhere, '--input', '-'], ridesCsv)).stdout).toBe(whole);
    writeFileSync(file, JSON.stringify({ ...params, recipe: undefined }));
    expect(await here(['predict', elsewhere, '--input', '-'], ridesCsv)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds no recipe') as string,
    });
    rmSync(elsewhere, { recursive: true });
  });

  it('reads a file, plain or gzipped, and prints JSON lines', async () => {
    writeFileSync(path.join(cwd, 'rides.csv'), ridesCsv);
    writeFileSync(path.join(cwd, 'rides.csv.gz'), gzipSync(ridesCsv));
    const plain = await predict(['--input', 'rides.csv']);
    expect((await predict(['--input', 'rides.csv.gz'])).stdout).toBe(plain.stdout);
    const rows = (await predict(['--input', 'rides.csv', '--json'])).stdout.trimEnd().split('\n');
    expect(rows.map((row) => (JSON.parse(row) as { prediction: number }).prediction)).toEqual(
      plain.stdout
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((row) => Number(row.split(',')[0])),
    );
    expect(JSON.parse(rows[0] ?? '')).toEqual({ line: 2, prediction: expect.any(Number) as number, reason: null });
  });

  it.each([
    { name: 'a wrong header', input: 'a,b\n1,2\n', says: 'not the header of this table' },
    { name: 'an empty file', input: '', says: 'empty' },
    { name: 'a binary file', input: Buffer.from([0x50, 0x4b, 0, 0, 1, 2]), says: 'binary' },
    { name: 'a missing column', input: 'pickup_datetime,pickup_longitude\n1,2\n', says: 'pickup_latitude' },
  ])('refuses $name with exit code 2 and nothing on stdout', async ({ input, says }) => {
    const result = await predict(['--input', '-'], input);
    expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(says) as string });
  });
});

describe('assay data prepare', () => {
  const prepare = (folder: string, train: string, ...flags: string[]) =>
    assay(['data', 'prepare', rides, ...flags], { cwd: folder, env: { RIDES_TRAIN: train } });

  it('prints the folder on stdout and counts on stderr; the second time there is nothing to do', async () => {
    const folder = temporaryFolder();
    const first = await assay(['data', 'prepare', rides], { cwd: folder });
    expect(first.stderr).toMatch(/^4,000 rows in [\d.]+s \([\d,]+ rows\/s\), peak memory \d+ MB$/m);
    expect(first.stderr).toMatch(/^kept: [\d,]+ train, \d+ validation, \d+ test; \d+ bytes a row on disk$/m);
    expect(existsSync(path.join(first.stdout.trimEnd(), 'manifest.json'))).toBe(true);
    const second = await assay(['data', 'prepare', rides], { cwd: folder });
    expect(second.stderr).toContain('prepared before: nothing to do\n');
    expect(second.stdout).toBe(first.stdout);
    const { stdout } = await assay(['data', 'prepare', rides, '--json'], { cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({ dir: first.stdout.trimEnd(), cached: true, manifest: { malformed: 0 } });
  });

  it('takes malformed rows up to --max-bad, and names the first of them', async () => {
    const folder = temporaryFolder();
    const lines = readFileSync(path.join(cwd, '.assay', 'train.csv'), 'utf8')
      .split('\n')
      .slice(0, 201);
    writeFileSync(
      path.join(folder, 'bad.csv'),
      [...lines, ...Array.from({ length: 40 }, () => 'bad,row'), ''].join('\n'),
    );
    const refused = await prepare(folder, 'bad.csv');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/40 of 240 rows are malformed: line 202: 2 columns instead of 8/);
    expect(refused.stderr).toContain('--max-bad <fraction>  allows more.');
    const allowed = await prepare(folder, 'bad.csv', '--max-bad', '0.2');
    expect(allowed).toMatchObject({ code: 0 });
    expect(allowed.stderr).toContain('malformed: 40\n  bad.csv:202: 2 columns instead of 8\n');
  });

  it.each([
    { name: 'a missing column', content: 'key,fare_amount,pickup_datetime\na,1,b\n', says: 'pickup_longitude' },
    { name: 'a wrong header', content: 'a,b\n1,2\n', says: 'not the header of this table' },
    { name: 'an empty file', content: '', says: 'the file is empty' },
    { name: 'a binary file', content: Buffer.from([0x1f, 0, 0, 7]), says: 'binary' },
  ])('refuses $name with exit code 2, in run as well', async ({ content, says }) => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'input.csv'), content);
    const prepared = await prepare(folder, 'input.csv');
    expect(prepared).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(says) as string });
    expect(prepared.stderr).toMatch(/^assay: input\.csv/);
    const run = await assay(['run', rides], { cwd: folder, env: { RIDES_TRAIN: 'input.csv' } });
    expect(run).toMatchObject({ code: 2, stderr: prepared.stderr });
    const studies = await assay(['studies'], { cwd: folder });
    expect(studies).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('No studies yet') as string });
  });
});
