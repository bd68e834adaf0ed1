import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type AssayResult, assay, fixture, newFolder, temporaryFolder } from '../testing/assay-process.js';
import { inState, storedTrials } from '../testing/stored-trials.js';

const cwd = newFolder();
const read = (...args: string[]) => assay(args, { cwd });
const json = async <T>(...args: string[]): Promise<T> => JSON.parse((await read(...args, '--json')).stdout) as T;

let run: AssayResult;
beforeAll(async () => {
  run = await assay(['run', fixture('tradeoff'), '--seed', '1', '--workers', '1', '--json'], { cwd });
}, 60_000);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** The grid's ten trials, worked out by hand: these no other feasible one beats, the smallest error first. */
const FRONT = [
  { values: [1, 1], params: { size: 4, fast: false } },
  { values: [2, 7], params: { size: 3, fast: true } },
  { values: [3, 8], params: { size: 2, fast: true } },
  { values: [4, 9], params: { size: 1, fast: true } },
  { values: [5, 10], params: { size: 0, fast: true } },
];
const objectives = [
  { metric: 'error', direction: 'minimize' },
  { metric: 'speed', direction: 'maximize' },
];

describe('a run', () => {
  it('ends with the front as a table, and as JSON', () => {
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ study: 'tradeoff', finished: 10, front: FRONT });
    const told = '5 of 10 complete trials on the front, 1 infeasible\nminimize error, maximize speed\n';
    expect(run.stderr).toContain(`${told}trial  error  speed  parameters\n`);
    expect(run.stderr).toMatch(/^ +\d +2 +7 {2}size=3 fast=true$/m);
  });

  it('says what each trial did, and how large the front has become', () => {
    expect(run.stderr).toMatch(/^trial \d complete {2}error 5, speed 10 .*\[\d+\/50, front: \d trials?\]$/m);
    expect(run.stderr).toMatch(/^trial \d complete {2}error 1, speed 6 {2}infeasible {2}/m);
    expect(run.stderr).toContain('[10/50, front: 5 trials]\n');
  });
});

describe('assay best', () => {
  it('prints the front', async () => {
    const { stdout, stderr } = await read('best', 'tradeoff');
    expect(stdout).toMatch(/^trial {2}error {2}speed {2}parameters\n(.+\n){5}$/);
    expect(stderr).toContain('tradeoff: 5 of 10 complete trials on the front, 1 infeasible');
    expect(await json('best', 'tradeoff')).toMatchObject({ study: 'tradeoff', objectives, front: FRONT });
  });

  it('--format json and yaml name trial, values and parameters', async () => {
    const named = FRONT.map(({ values: [error, speed], params }) => ({ values: { error, speed }, params }));
    expect(JSON.parse((await read('best', 'tradeoff', '--format', 'json')).stdout)).toMatchObject(named);
    expect(parse((await read('best', 'tradeoff', '--format', 'yaml')).stdout)).toMatchObject(named);
  });

  it('--metric picks one of the front, in any format', async () => {
    expect(await json('best', 'tradeoff', '--metric', 'speed')).toMatchObject({ values: [5, 10] });
    expect(await read('best', 'tradeoff', '--metric', 'error', '--format', 'args')).toMatchObject({
      ...{ code: 0, stdout: '--size=4 --fast=false\n' },
    });
  });
});

describe('where one trial is needed', () => {
  it.each([
    { args: ['best', 'tradeoff', '--format', 'env'], says: 'its front is trials' },
    { args: ['train', 'tradeoff@best'], says: '--metric error' },
    { args: ['best', 'tradeoff', '--metric', 'loss'], says: 'it has error, speed' },
    { args: ['best', 'tradeoff@1', '--metric', 'error'], says: 'tradeoff@1 is one trial already' },
    { args: ['trials', 'tradeoff', '--sort', 'value'], says: '--metric error or --metric speed' },
    { args: ['trials', 'tradeoff', '--metric', 'error'], says: 'this sorts by number' },
  ])('refuses $args', async ({ args, says }) => {
    expect(await read(...args)).toMatchObject({
      ...{ code: 2, stdout: '', stderr: expect.stringContaining(says) as string },
    });
  });
});

it('assay trials marks the front and what is infeasible, which comes last', async () => {
  const { stdout } = await read('trials', 'tradeoff', '--sort', 'value', '--metric', 'error');
  const [titles, ...lines] = stdout.trimEnd().split('\n');
  expect(titles).toMatch(/^trial {2}state +error {2}speed {2}steps +time {2}parameters$/);
  expect(lines.filter((line) => line.includes('complete, on front'))).toHaveLength(5);
  expect(lines.at(-1)).toMatch(/^ +\d {2}complete, infeasible +1 +6 .* size=4 fast=true$/);
});

it('assay importance judges all objectives together, or one', async () => {
  const all = await json<{ importances: { parameter: string }[] }>('importance', 'tradeoff');
  expect(all).toMatchObject({ objectives, trials: 10 });
  expect(all.importances.map(({ parameter }) => parameter).sort()).toEqual(['fast', 'size']);
  const one = await json('importance', 'tradeoff', '--metric', 'error', '--evaluator', 'fanova');
  // the error is 5 - size, whether fast or not
  expect(one).toMatchObject({
    objectives: [objectives[0]],
    importances: [{ parameter: 'size' }, { parameter: 'fast' }],
  });
});

it('prunes by a named metric, and counts what it has pruned as finished', async () => {
  const folder = temporaryFolder();
  const flags = ['--prune-metric', 'error', '--until', '6', '--workers', '1', '--seed', '1'];
  const { code, stderr } = await assay(['run', fixture('pruned'), ...flags], { cwd: folder });
  expect(code).toBe(0);
  expect(stderr).toMatch(/^pruner +threshold by error$/m);
  expect(stderr).toMatch(/^trial \d pruned {2}\S+, 1 report {2}\[/m);
  const ended = await storedTrials('pruned', folder);
  expect(inState(ended, 'complete', 'pruned')).toHaveLength(6);
  for (const { state, params, values } of ended) {
    const x = Number(params.x);
    expect([state, values]).toEqual(x > 0.5 ? ['pruned', []] : ['complete', [x, 2 * x]]);
  }
});

it('assay studies counts the front', async () => {
  expect((await read('studies')).stdout).toMatch(/^tradeoff +min error, max speed +front of 5 +10 +0 +0$/m);
  expect(await json('studies')).toMatchObject([{ study: 'tradeoff', front: FRONT.map(({ values }) => ({ values })) }]);
});
