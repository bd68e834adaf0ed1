import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AssayResult, assay, fixture, newFolder, startAssay, temporaryFolder } from '../testing/assay-process.js';
import { inState, type PrintedTrial, storedTrials } from '../testing/stored-trials.js';

const cwd = newFolder();
const read = (...args: string[]) => assay(args, { cwd });

interface Confirmed {
  readonly trial: number;
  readonly values: readonly number[];
  readonly confirmation: { readonly rank: number; readonly runs: number; readonly values: readonly number[] };
}

const REPEATS = 6;
let run: AssayResult;
let trials: readonly PrintedTrial[];
beforeAll(async () => {
  run = await read('run', fixture('noisy'), '--trials', '12', '--workers', '1', '--seed', '3');
  trials = await storedTrials('noisy', cwd);
}, 60_000);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe('repeats', () => {
  it('make one trial of several measurements, each under its own step', () => {
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/^repeats {2}6 \(mean\)$/m);
    for (const { values, reports, params } of inState(trials, 'complete')) {
      expect(reports.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
      const mean = reports.reduce((sum, { value }) => sum + value, 0) / REPEATS;
      expect(values[0]).toBeCloseTo(mean, 12);
      expect(new Set(reports.map(({ value }) => value)).size).toBe(REPEATS);
      expect(Math.abs(mean - Number(params.x))).toBeLessThanOrEqual(0.1);
    }
  });

  it('let the Wilcoxon pruner stop trials that are worse in every one of them', () => {
    const pruned = inState(trials, 'pruned');
    expect(pruned.length).toBeGreaterThan(0);
    for (const { reports } of pruned) expect(reports.length).toBeLessThan(REPEATS);
  });

  it('are the study’s: another number is refused', async () => {
    const refused = await read('run', fixture('noisy'), '--repeats', '2');
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toContain('its trials run 6 times (mean), not 2 times (mean)');
  });
});

describe('assay confirm', () => {
  it('runs the best again with fresh seeds, once; assay best shows it beside the value', async () => {
    const confirm = ['confirm', 'noisy', '--top', '2', '--repeats', '2', '--workers', '1'];
    const first = await read(...confirm);
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/^run 2 of trial \d+ complete {2}loss .* \[4\/4\]$/m);
    expect(first.stderr).toMatch(/^4 fresh runs, 0 failed\nby fresh runs noisy@\d+ is the best: loss \S+ ± \S+$/m);
    expect(first.stdout).toMatch(
      /^rank {2}trial +loss +confirmed {2}runs {2}parameters\n( +[12] .* ± .* 2 {2}x=\S+\n){2}$/,
    );

    const again = await read(...confirm, '--json');
    expect(again.stderr).toContain('nothing to do');
    const { confirmed } = JSON.parse(again.stdout) as { readonly confirmed: readonly Confirmed[] };
    expect(confirmed.map(({ confirmation }) => [confirmation.rank, confirmation.runs])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    const original = trials.find(({ number }) => number === confirmed[0]?.trial);
    expect(confirmed[0]?.values).toEqual(original?.values);
    expect(confirmed[0]?.confirmation.values).not.toEqual(original?.values);

    const best = await read('best', `noisy@${confirmed[1]?.trial}`);
    expect(best.stderr).toMatch(/ {2}loss \S+ {2}confirmed loss \S+ ± \S+ \(2 runs, rank 2\)\nby fresh runs noisy@/);
    expect((await read('studies')).stdout).toMatch(/^noisy-confirm {2}confirm noisy +- +4 +0 +0$/m);
    const weighed = await read('importance', 'noisy-confirm');
    expect(weighed.stderr).toMatch(/^fresh runs of a few of noisy's best trials: .*; assay importance noisy {2}does$/m);
    const none = await read('best', 'noisy-confirm');
    expect(none).toMatchObject({ code: 3, stderr: expect.stringContaining('assay best noisy  shows') as string });
  });

  it('stops at Ctrl-C, and says how to go on', async () => {
    const folder = temporaryFolder();
    await assay(['run', fixture('curve'), '--trials', '1', '--workers', '1', '--seed', '1'], { cwd: folder });
    const confirm = startAssay(['confirm', 'curve', '--top', '1', '--repeats', '9', '--workers', '1'], { cwd: folder });
    await confirm.said(/run 1 of trial \d+ started/);
    confirm.child.kill('SIGINT');
    const { code, stdout, stderr } = await confirm.ended;
    expect([code, stdout.split('\n')[0]]).toEqual([130, expect.stringMatching(/^rank/)]);
    const resume = 'resume: assay confirm curve --top 1 --repeats 9 --workers 1\n';
    expect(stderr).toContain(resume);
    expect(await assay(resume.trim().split(' ').slice(2), { cwd: folder })).toMatchObject({ code: 0 });
    expect(inState(await storedTrials('curve-confirm', folder), 'complete')).toHaveLength(9);
  });
});
