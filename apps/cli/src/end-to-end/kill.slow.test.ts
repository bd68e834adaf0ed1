import { setTimeout as sleep } from 'node:timers/promises';
import { createRng } from '@assay/sampler';
import { describe, expect, it } from 'vitest';
import { assay, fixture, startAssay, temporaryFolder } from '../testing/assay-process.js';
import { inState, outcomesByDraw, type PrintedTrial, storedTrials } from '../testing/stored-trials.js';

const KILLS = 10;

/** So many that ten kills come before the end: a worker takes some 65 ms for a trial, and a kill comes 125 ms later on average. */
const trialsFor = (workers: number): number => 45 * workers;

const runCurve = (workers: number): readonly string[] => [
  ...[
    'run',
    fixture('curve'),
    '--until',
    String(trialsFor(workers)),
    '--workers',
    String(workers),
    '--seed',
    '7',
    '--plain',
  ],
];

/** Runs and SIGKILLs the study ten times: once while it starts, then at moments of its trials. Returns how many died so. */
async function killAndResume(workers: number, cwd: string, seed: number): Promise<number> {
  const rng = createRng(seed);
  let killed = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const run = startAssay(runCurve(workers), { cwd });
    if (kill > 0) await run.said(/trial \d+ started/);
    await sleep(rng.next() * (kill === 0 ? 500 : 250));
    run.child.kill('SIGKILL');
    if ((await run.ended).signal === 'SIGKILL') killed += 1;
  }
  return killed;
}

/** Every draw, and the default configuration, has ended well exactly once; everything else is an attempt that died. */
function expectWhole(trials: readonly PrintedTrial[], count: number): void {
  const finished = inState(trials, 'complete', 'pruned');
  expect(finished).toHaveLength(count);
  expect(inState(trials, 'running', 'waiting')).toEqual([]);
  expect(finished.map(({ draw }) => draw ?? -1).sort((a, b) => a - b)).toEqual(
    Array.from({ length: count }, (_, at) => at - 1),
  );
  const died = inState(trials, 'failed');
  expect(new Set(died.map(({ end }) => end?.reason))).toEqual(new Set(['process-died']));
  expect(died.length).toBeGreaterThanOrEqual(KILLS / 2); // the kills did land inside trials
  expect(trials.map(({ number }) => number)).toEqual(trials.map((_, at) => at));
}

describe.concurrent('a study killed ten times at random moments', () => {
  it('ends, with one worker, with the trials of a run that nobody disturbed', { timeout: 120_000 }, async ({
    onTestFinished,
  }) => {
    const [disturbed, undisturbed] = [temporaryFolder(onTestFinished), temporaryFolder(onTestFinished)];
    expect(await killAndResume(1, disturbed, 1)).toBe(KILLS);
    const [last, whole] = [
      await assay(runCurve(1), { cwd: disturbed }),
      await assay(runCurve(1), { cwd: undisturbed }),
    ];
    expect([last.code, whole.code]).toEqual([0, 0]);
    const trials = await storedTrials('curve', disturbed);
    expectWhole(trials, trialsFor(1));
    const expected = await storedTrials('curve', undisturbed);
    expect(inState(expected, 'pruned').length).toBeGreaterThan(0);
    expect(outcomesByDraw(trials)).toEqual(outcomesByDraw(expected));
  });

  it('loses and doubles nothing with two workers', { timeout: 120_000 }, async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    expect(await killAndResume(2, cwd, 2)).toBe(KILLS);
    expect(await assay(runCurve(2), { cwd })).toMatchObject({ code: 0 });
    expectWhole(await storedTrials('curve', cwd), trialsFor(2));
  });

  it('tries one and the same trial again, however often its process is killed in it', { timeout: 120_000 }, async ({
    onTestFinished,
  }) => {
    const cwd = temporaryFolder(onTestFinished);
    for (let attempt = 0; attempt < 5; attempt++) {
      const run = startAssay(['run', fixture('silent'), '--workers', '1', '--plain'], { cwd });
      await run.said(attempt === 0 ? 'trial 0 started' : `trial ${attempt} started (trial 0 again)`);
      run.child.kill('SIGKILL');
      await run.ended;
    }
  });
});
