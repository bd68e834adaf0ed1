import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AssayProcess, assay, fixture, startAssay, temporaryFolder } from '../testing/assay-process.js';
import { inState, storedTrials } from '../testing/stored-trials.js';

/** Starts a study of long trials on two workers and waits until both of them run one. */
async function twoRunning(study: string, cwd: string, ...flags: readonly string[]): Promise<AssayProcess> {
  const run = startAssay(['run', fixture(study), '--trials', '4', '--workers', '2', '--seed', '3', ...flags], { cwd });
  await run.said(/trial \d started/, 2);
  return run;
}

const endsOf = async (study: string, cwd: string) =>
  (await storedTrials(study, cwd)).map(({ state, end }) => (end === null ? state : `${state}: ${end.reason}`));

describe.concurrent('Ctrl-C', { timeout: 60_000 }, () => {
  it('once: running trials finish, no new ones start; exit code 130 and the command that goes on', async ({
    onTestFinished,
  }) => {
    const cwd = temporaryFolder(onTestFinished);
    const run = await twoRunning('slow', cwd);
    run.child.kill('SIGINT');
    await run.said('stopping: running trials finish, no new ones start (Ctrl-C again');
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    const resume = `resume: assay run ${fixture('slow')} --until 4 --workers 2\n`;
    expect(stderr.endsWith(resume)).toBe(true);
    expect(await endsOf('slow', cwd)).toEqual(['complete', 'complete']);
    expect(await assay(resume.trim().split(' ').slice(2), { cwd })).toMatchObject({ code: 0 });
    expect(await endsOf('slow', cwd)).toEqual(['complete', 'complete', 'complete', 'complete']);
  });

  it('twice: running trials stop at their next report and are enqueued again', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const run = await twoRunning('slow', cwd);
    run.child.kill('SIGINT');
    await run.said('stopping: running trials finish');
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    const interrupted = 'failed: interrupted';
    expect(await endsOf('slow', cwd)).toEqual([interrupted, interrupted, 'waiting', 'waiting']);
    const watched = await assay(['watch', 'slow', '--plain'], { cwd });
    expect(watched).toMatchObject({ code: 0, stdout: expect.stringMatching(/^(trial \d failed .*\n){2}$/) });
    expect(watched.stderr).toMatch(
      /^2 trials wait, and nobody runs the study\. .* run .*slow\.study\.ts {2}adds some\.$/m,
    );
    expect(await assay(['run', fixture('slow'), '--until', '2', '--workers', '2'], { cwd })).toMatchObject({ code: 0 });
    expect(await endsOf('slow', cwd)).toEqual([interrupted, interrupted, 'complete', 'complete']);
  });

  it('twice, with repeats: they stop inside of one, at its next report', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const run = await twoRunning('slow', cwd, '--repeats', '3');
    for (const told of ['running trials finish', 'running trials stop at their next report']) {
      run.child.kill('SIGINT');
      await run.said(`stopping: ${told}`);
    }
    expect((await run.ended).code).toBe(130);
    const trials = await storedTrials('slow', cwd);
    expect(trials.map(({ state, reports }) => [state, reports.length])).toEqual([
      ['failed', 0], // no repeat was over
      ['failed', 0],
      ['waiting', 0],
      ['waiting', 0],
    ]);
  });

  it('three times: leaves although no trial reports, and the next run tries the same ones again', async ({
    onTestFinished,
  }) => {
    const cwd = temporaryFolder(onTestFinished);
    const run = await twoRunning('silent', cwd);
    for (const told of ['running trials finish', 'running trials stop at their next report']) {
      run.child.kill('SIGINT');
      await run.said(`stopping: ${told}`);
    }
    run.child.kill('SIGINT');
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/resume: assay run \S+ --until 4 --workers 2\n$/);
    const interrupted = 'failed: interrupted';
    expect(await endsOf('silent', cwd)).toEqual([interrupted, interrupted, 'waiting', 'waiting']);
    const trials = await storedTrials('silent', cwd);
    expect(trials[2]).toMatchObject({ retryOf: 0, draw: 0 });
    expect(trials[3]).toMatchObject({ retryOf: 1, draw: 1 });
  });

  it('while the data is prepared: 130, and no stack', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    writeFileSync(
      path.join(cwd, 'long.study.ts'),
      `import { defineStudy, float, type PrepareContext, space } from 'assay';
       const prepare = async ({ signal }: PrepareContext): Promise<never> => {
         console.error('preparing');
         return await new Promise((_resolve, reject) => {
           const waiting = setInterval(() => undefined, 1_000);
           signal.addEventListener('abort', () => { clearInterval(waiting); reject(signal.reason); });
         });
       };
       export default defineStudy({ name: 'long', space: space({ x: float(0, 1) }), objective: () => 0, prepare });`,
    );
    const run = startAssay(['run', 'long.study.ts'], { cwd });
    await run.said('preparing');
    run.child.kill('SIGINT');
    expect(await run.ended).toMatchObject({
      ...{
        code: 130,
        stderr: expect.stringMatching(/^preparing\nassay: Interrupted while preparing[^\n]*\n$/) as string,
      },
    });
  });
});

describe.concurrent('SIGTERM', { timeout: 60_000 }, () => {
  it('stops running trials at their next report, to be tried again; exit code 143', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const run = await twoRunning('slow', cwd);
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(143);
    const trials = await storedTrials('slow', cwd);
    expect(inState(trials, 'running')).toEqual([]);
    expect(inState(trials, 'waiting')).toHaveLength(2);
  });

  it('twice: leaves although no trial reports', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const run = await twoRunning('silent', cwd);
    run.child.kill('SIGTERM');
    await run.said('stopping: running trials stop at their next report');
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(143);
    expect(inState(await storedTrials('silent', cwd), 'waiting')).toHaveLength(2);
  });
});
