import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_SAMPLER } from '@assay/study';
import { describe, expect, it } from 'vitest';
import { assay, fixture, startAssay, temporaryFolder } from '../testing/assay-process.js';
import { inState, storedTrials } from '../testing/stored-trials.js';

const quick = fixture('quick');

describe.concurrent('assay run', { timeout: 60_000 }, () => {
  it('tells what happens on stderr, nothing on stdout, and what to type next', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const args = ['run', quick, '--sampler', 'auto', '--trials', '2', '--seed', '1', '--workers', '1'];
    const { code, stdout, stderr } = await assay(args, { cwd });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/seed +1\n/);
    const first = /study quick: new\nauto picks \S+: .+\ntrial 0 started\ntrial 0 complete {2}loss /;
    expect(stderr).toMatch(first);
    expect(stderr).toContain('quick: 2 complete, 0 pruned, 0 failed (all trials done');
    expect(stderr).toContain('next: assay best quick --format json\n');
    expect(stderr).toContain(`more: assay run ${quick} --trials 20\n`);
    const resumed = await assay(args, { cwd }); // goes on as before, and says so to who has not seen the first run
    expect(resumed.stderr).toMatch(/study quick: resumed, .+\nauto picks \S+: .+\ntrial 2 started\n/);
    expect(resumed.stderr.match(/^auto picks/gm)).toHaveLength(1);
  });

  it('adds with --trials, stops at --until, and says so where there is nothing to do', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const run = (...flags: string[]) => assay(['run', quick, '--workers', '2', ...flags], { cwd });
    expect(await run('--trials', '3')).toMatchObject({ code: 0 });
    expect(await storedTrials('quick', cwd)).toHaveLength(3);
    const resumed = await run('--until', '5');
    expect(resumed.stderr).toMatch(new RegExp(`^sampler +${DEFAULT_SAMPLER}\n`));
    expect(resumed.stderr).toMatch(/study quick: resumed, 3\/5, best: loss \S+ @\d/);
    expect(inState(await storedTrials('quick', cwd), 'complete')).toHaveLength(5);
    const done = await run('--until', '5', '--json');
    expect(done).toMatchObject({ code: 0 });
    expect(done.stderr).toContain('quick has 5 finished trials already, and 5 were asked for: nothing to do.\n');
    expect(done.stderr).toContain('--trials 20\n');
    expect(JSON.parse(done.stdout)).toMatchObject({ study: 'quick', reason: 'until', finished: 5, failed: 0 });
    expect(await storedTrials('quick', cwd)).toHaveLength(5);
  });

  it('--json prints the result, before the study file as well as after it', async ({ onTestFinished }) => {
    const { code, stdout } = await assay(['run', '--json', quick, '--trials', '1'], {
      cwd: temporaryFolder(onTestFinished),
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      ...{ study: 'quick', reason: 'trials', elapsedMs: expect.any(Number) as number, finished: 1, failed: 0 },
      best: { trial: 0, value: expect.any(Number) as number, params: expect.any(Object) as object },
    });
  });

  it.for([['--json', 'ndjson'], ['--json=ndjson']])(
    '%s %s prints every event as a line',
    async (flags, { onTestFinished }) => {
      const { stdout } = await assay(['run', fixture('diverges'), '--workers', '1', ...flags], {
        cwd: temporaryFolder(onTestFinished),
      });
      const events = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string; trial?: { values: unknown[] } });
      const trial = ['trial-started', 'trial-finished'];
      expect(events.map(({ type }) => type)).toEqual(['study-opened', ...trial, ...trial, ...trial, 'study-stopped']);
      expect(events.flatMap((event) => (event.type === 'trial-finished' ? event.trial?.values : []))).toEqual(
        expect.arrayContaining(['Infinity', 'Infinity', 1]),
      );
    },
  );

  it('ends after --timeout, with the running trials finished', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const { code, stderr } = await assay(['run', fixture('curve'), '--workers', '1', '--timeout', '300ms'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('stopped: time is up');
    expect(inState(await storedTrials('curve', cwd), 'running', 'waiting')).toEqual([]);
  });

  it('gives up after --max-failures in a row, with exit code 1 and the way to the reasons', async ({
    onTestFinished,
  }) => {
    const cwd = temporaryFolder(onTestFinished);
    const { code, stderr } = await assay(['run', fixture('throws'), '--max-failures', '3', '--workers', '1'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('trial 0 failed  threw: no such luck');
    expect(stderr).toContain('why:  assay trials throws --state failed\n');
    expect(inState(await storedTrials('throws', cwd), 'failed')).toHaveLength(3);
  });

  it('fails as well when every trial of a short run failed', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    expect(await assay(['run', fixture('throws'), '--trials', '2'], { cwd })).toMatchObject({ code: 1 });
  });

  it('ends a trial that runs for longer than --trial-timeout', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const limits = ['--trial-timeout', '300ms', '--max-failures', '1', '--workers', '1'];
    expect(await assay(['run', fixture('silent'), ...limits], { cwd })).toMatchObject({ code: 1 });
    expect(await storedTrials('silent', cwd)).toMatchObject([{ state: 'failed', end: { reason: 'timed-out' } }]);
  });

  it('refuses to go on under another seed, before anything runs', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    await assay(['run', quick, '--trials', '1', '--seed', '1'], { cwd });
    const { code, stderr } = await assay(['run', quick, '--trials', '1', '--seed', '2'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^assay: .*its seed is 1, not 2/);
    expect(await assay(['run', quick, '--trials', '1', '--seed', '2', '--name', 'second'], { cwd })).toMatchObject({
      code: 0,
    });
  });

  it('takes the store from --store before ASSAY_STORE, and names it in what to type next', async ({
    onTestFinished,
  }) => {
    const cwd = temporaryFolder(onTestFinished);
    const env = { ASSAY_STORE: 'environment.db' };
    const { stderr } = await assay(['run', quick, '--trials', '1', '--store', 'my flag.db'], { cwd, env });
    expect(stderr).toContain("next: assay best quick --format json --store 'my flag.db'\n");
    expect(await assay(['best', 'quick'], { cwd, env })).toMatchObject({ code: 3 });
    expect(await assay(['best', 'quick', '--store', 'my flag.db'], { cwd, env })).toMatchObject({ code: 0 });
  });

  it('runs a study defined outside of the repository, and keeps what it prints away from stdout', async ({
    onTestFinished,
  }) => {
    const cwd = temporaryFolder(onTestFinished);
    const file = path.join(cwd, 'mine.study.ts');
    writeFileSync(
      file,
      `import { defineStudy, float, space } from 'assay';
       console.log('loading');
       const objective = async (trial: { params: { x: number }; log(line: string): void }): Promise<number> => {
         console.log('printed'); trial.log('logged');
         return trial.params.x ** 2;
       };
       export default defineStudy({ name: 'mine', space: space({ x: float(-1, 1) }), objective });`,
    );
    const { code, stdout, stderr } = await assay(['run', 'mine.study.ts', '--trials', '1', '--json'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ study: 'mine', finished: 1 });
    expect(stderr).toContain('trial 0: printed\ntrial 0: logged\n');
    expect(await assay(['run', 'mine', '--trials', '1'], { cwd })).toMatchObject({ code: 0 });
  });

  it('goes on when the reader of its lines has gone', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const run = startAssay(['run', fixture('curve'), '--trials', '5', '--workers', '1', '--json', 'ndjson'], { cwd });
    run.child.stdout?.destroy();
    expect(await run.ended).toMatchObject({ code: 0 });
    expect(inState(await storedTrials('curve', cwd), 'complete', 'pruned').length).toBe(5);
  });
});
