import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AssayResult, assay, fixture, startAssay, temporaryFolder } from '../testing/assay-process.js';
import { inState, storedTrials } from '../testing/stored-trials.js';

/** Numbers of the trials that a process has finished, by what it said. */
const finishedBy = ({ stderr }: AssayResult): number[] =>
  [...stderr.matchAll(/trial (\d+) (?:complete|pruned) /g)].map(([, number]) => Number(number));

/** A study whose trials never end in a process that has HANG set. */
const HANGING = `import { setTimeout as sleep } from 'node:timers/promises';
  import { defineStudy, float, space } from 'assay';
  export default defineStudy({
    name: 'hanging',
    space: space({ x: float(0, 1) }),
    objective: async ({ params }) => {
      if (process.env.HANG) await sleep(600_000);
      return params.x;
    },
  });`;

function hangingStudy(cwd: string): string {
  writeFileSync(path.join(cwd, 'hanging.study.ts'), HANGING);
  return 'hanging.study.ts';
}

describe.concurrent('several processes on one file', { timeout: 120_000 }, () => {
  it('are one study: together exactly as many trials as were asked for, each in one of them', async ({
    onTestFinished,
  }) => {
    const cwd = temporaryFolder(onTestFinished);
    const command = ['run', fixture('curve'), '--until', '30', '--workers', '1', '--seed', '7', '--plain'];
    const [one, two] = await Promise.all([assay(command, { cwd }), assay(command, { cwd })]);
    expect([one.code, two.code]).toEqual([0, 0]);
    const trials = await storedTrials('curve', cwd);
    expect(inState(trials, 'complete', 'pruned')).toHaveLength(30);
    expect(inState(trials, 'running', 'waiting', 'failed')).toEqual([]);
    expect([...finishedBy(one), ...finishedBy(two)].sort((a, b) => a - b)).toEqual(trials.map(({ number }) => number));
    const summary =
      /curve: \d+ complete, \d+ pruned, 0 failed(?:; (\d+) finished elsewhere meanwhile)? \(all trials done/;
    const elsewhere = [one, two].map(({ stderr }) => Number(summary.exec(stderr)?.[1] ?? 0));
    expect(Math.max(...elsewhere)).toBeGreaterThan(0);
    expect(elsewhere[0]).toBeLessThanOrEqual(finishedBy(two).length);
    expect(elsewhere[1]).toBeLessThanOrEqual(finishedBy(one).length);
  });

  it('wait for the last trials of the others, and take over from one that dies', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const command = ['run', hangingStudy(cwd), '--until', '2', '--workers', '1', '--plain'];
    const dying = startAssay(command, { cwd, env: { HANG: '1' } });
    await dying.said('trial 0 started');
    const waiting = startAssay(command, { cwd });
    await waiting.said('waiting: 1 trial runs elsewhere');
    dying.child.kill('SIGKILL');
    expect(await waiting.ended).toMatchObject({ code: 0 });
    const trials = await storedTrials('hanging', cwd);
    expect(trials).toMatchObject([
      { state: 'failed', end: { reason: 'process-died' } },
      { state: 'complete' },
      { state: 'complete', retryOf: 0, params: trials[0]?.params },
    ]);
  });

  it('does not try a dead trial again where nobody wants that', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const command = ['run', hangingStudy(cwd), '--until', '1', '--workers', '1', '--plain'];
    const dying = startAssay(command, { cwd, env: { HANG: '1' } });
    await dying.said('trial 0 started');
    dying.child.kill('SIGKILL');
    await dying.ended;
    expect(await assay([...command, '--max-retries', '0'], { cwd })).toMatchObject({ code: 0 });
    expect(await storedTrials('hanging', cwd)).toMatchObject([
      { state: 'failed', end: { reason: 'process-died' } },
      { state: 'complete', retryOf: null, draw: 1 },
    ]);
  });
});

describe.concurrent('assay worker', { timeout: 120_000 }, () => {
  it('waits for the study, joins it with its own definition, and ends when it is done', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const worker = startAssay(['worker', 'curve', '--wait', '2m', '--workers', '1'], { cwd });
    await worker.said('waiting: sqlite:///.assay/assay.db does not exist');
    const run = assay(['run', fixture('curve'), '--until', '30', '--workers', '1', '--sampler', 'random'], { cwd });
    const [joined, first] = await Promise.all([worker.ended, run]);
    expect([joined.code, first.code, joined.stdout]).toEqual([0, 0, '']);
    expect(joined.stderr).toMatch(/: sampler random\n/);
    expect(joined.stderr).toMatch(/: 30 trials finished, [1-9]\d* of them here \(all trials done, /);
    const trials = await storedTrials('curve', cwd);
    expect(inState(trials, 'complete', 'pruned')).toHaveLength(30);
    expect([...finishedBy(joined), ...finishedBy(first)]).toHaveLength(30);
    const late = await assay(['worker'], { cwd });
    expect(late).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('is done: 30 of 30 trials finished') as string,
    });
    await assay(['run', fixture('curve'), '--until', '31', '--workers', '1'], { cwd });
    const later = await assay(['worker'], { cwd });
    expect(later.stderr).toContain('is done: 31 of 31 trials finished'); // the goal of the run that went furthest
    const more = await assay(['worker', '--until', '33', '--workers', '1'], { cwd });
    expect(finishedBy(more)).toHaveLength(2);
  });

  it('finishes what runs after SIGTERM, and hands back what takes longer than its grace', async ({
    onTestFinished,
  }) => {
    const cwd = temporaryFolder(onTestFinished);
    const study = hangingStudy(cwd);
    await assay(['run', study, '--trials', '1', '--workers', '1'], { cwd });
    const worker = (...more: string[]) => ['worker', 'hanging', '--until', '2', '--workers', '1', ...more];
    const hanging = startAssay(worker('--grace', '500ms'), { cwd, env: { HANG: '1' } });
    await hanging.said('trial 1 started');
    hanging.child.kill('SIGTERM');
    await hanging.said('stopping: running trials finish');
    const { code, stderr } = await hanging.ended;
    expect(code).toBe(143);
    expect(stderr).toMatch(/what was running is handed back/);
    expect(inState(await storedTrials('hanging', cwd), 'waiting')).toMatchObject([{ retryOf: 1 }]);
    expect(await assay(worker(), { cwd })).toMatchObject({ code: 0 });
    expect((await storedTrials('hanging', cwd)).map(({ state }) => state)).toEqual(['complete', 'failed', 'complete']);

    const slow = startAssay(['run', fixture('slow'), '--trials', '1', '--workers', '1'], { cwd });
    await slow.ended;
    const polite = startAssay(['worker', 'slow', '--until', '9', '--workers', '1'], { cwd });
    await polite.said('trial 1 started');
    polite.child.kill('SIGTERM');
    expect((await polite.ended).code).toBe(143);
    expect((await storedTrials('slow', cwd)).map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  it('finds the study file by what was typed, and refuses one with another space', async ({ onTestFinished }) => {
    const [first, second] = [temporaryFolder(onTestFinished), temporaryFolder(onTestFinished)];
    const store = path.join(first, 'shared.db');
    const source = (high: number): string =>
      `import { defineStudy, float, space } from 'assay';
       export default defineStudy({ name: 'moved', space: space({ x: float(0, ${high}) }), objective: () => 0 });`;
    writeFileSync(path.join(first, 'moved.study.ts'), source(1));
    await assay(['run', './moved.study.ts', '--store', store, '--trials', '1'], { cwd: first });
    rmSync(path.join(first, 'moved.study.ts')); // as on another machine
    const join = (...more: string[]) =>
      assay(['worker', 'moved', '--store', store, '--until', '2', ...more], { cwd: second });
    const missing = await join();
    expect(missing).toMatchObject({ code: 3, stderr: expect.stringContaining('--study-file <file>') as string });
    expect(missing.stderr).toContain('./moved.study.ts');
    writeFileSync(path.join(second, 'moved.study.ts'), source(2));
    const other = await join();
    expect(other.code).toBe(3);
    expect(other.stderr).toContain(`'x' takes a number in [0, 2]; so far it was a number in [0, 1]`);
    expect(other.stderr).toContain('--study-file <file>  says where it is.');
    writeFileSync(path.join(second, 'moved.study.ts'), source(1));
    expect(await join()).toMatchObject({ code: 0 });
    writeFileSync(path.join(second, 'elsewhere.ts'), source(1));
    expect(await join('--study-file', 'elsewhere.ts', '--until', '3')).toMatchObject({ code: 0 });
  });
});
