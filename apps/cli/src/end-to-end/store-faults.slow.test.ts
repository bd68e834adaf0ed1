import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { openStore } from '@assay/store';
import { describe, expect, it } from 'vitest';
import { type AssayOptions, assay, fixture, temporaryFolder } from '../testing/assay-process.js';
import { inState, type PrintedTrial } from '../testing/stored-trials.js';

/** The store's own. */
const BETTER_SQLITE = createRequire(import.meta.resolve('@assay/store')).resolve('better-sqlite3');

/** Root may, outside of most containers. */
const canMount = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

type AtEnd = (clean: () => void | Promise<void>) => void;

/** A folder with little room, as those see it who run under `scarce`; others, under `ample`, have enough. */
interface SmallPlace {
  readonly scarce: AssayOptions;
  readonly ample: AssayOptions;
}

/** No file may grow beyond 600 kB. */
async function fileSizeLimit(atEnd: AtEnd): Promise<SmallPlace> {
  const cwd = temporaryFolder(atEnd);
  return { scarce: { cwd, under: ['bash', '-c', 'ulimit -f 600 && exec "$0" "$@"'] }, ample: { cwd } };
}

/** A disk of 800 kB, in a mount namespace that goes when the process goes that holds it; then one of 20 MB. */
async function smallDisk(atEnd: AtEnd): Promise<SmallPlace> {
  const cwd = temporaryFolder(atEnd);
  mkdirSync(path.join(cwd, '.assay'));
  const mount = 'mount -t tmpfs -o size=800k none .assay && echo mounted && exec sleep 600';
  const holder: ChildProcess = spawn('unshare', ['--mount', 'bash', '-c', mount], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  atEnd(() => void holder.kill('SIGKILL'));
  await once(holder.stdout!, 'data');
  const inside = ['nsenter', `--target=${holder.pid}`, '--mount', `--wdns=${cwd}`];
  const grow = ['bash', '-c', 'mount -o remount,size=20m .assay && exec "$0" "$@"'];
  return { scarce: { cwd, under: inside }, ample: { cwd, under: [...inside, ...grow] } };
}

const command = ['run', fixture('bulky'), '--until', '25', '--workers', '2', '--plain'];

/** Asks SQLite itself, from where the file can be seen. */
function integrity({ cwd, under = [] }: AssayOptions): string {
  const check = `const Database = require(process.argv[1]);
    console.log(new Database('.assay/assay.db', { readonly: true }).pragma('integrity_check', { simple: true }))`;
  const [program = process.execPath, ...words] = [...under, process.execPath, '-e', check, BETTER_SQLITE];
  return execFileSync(program, words, { cwd, encoding: 'utf8' }).trim();
}

async function trialsIn(place: AssayOptions): Promise<readonly PrintedTrial[]> {
  const { stdout } = await assay(['trials', 'bulky', '--json'], place);
  return JSON.parse(stdout) as PrintedTrial[];
}

describe.concurrent('no room left', { timeout: 120_000 }, () => {
  it.for([
    { name: 'a limit on file sizes', make: fileSizeLimit, isPossible: true },
    {
      name: `a full disk${canMount ? '' : ' (skipped: it takes the right to mount one)'}`,
      make: smallDisk,
      isPossible: canMount,
    },
  ])(
    '$name: stops and says so, loses nothing that was acknowledged, and goes on later',
    async (place, { onTestFinished, skip }) => {
      if (!place.isPossible) skip();
      const { scarce, ample } = await place.make(onTestFinished);
      const stopped = await assay(command, scarce);
      expect(stopped.code).toBe(1);
      expect(stopped.stderr).toMatch(/free space|free some space/);
      expect(stopped.stderr).not.toContain('    at ');

      const acknowledged = [...stopped.stderr.matchAll(/trial (\d+) complete/g)].map(([, number]) => Number(number));
      const [lost, ...others] = [...stopped.stderr.matchAll(/could not be stored .*?: (\{"study".*\})$/gm)].map(
        ([, json]) => JSON.parse(json!) as { trial: number; params: { x: number }; values: number[] },
      );
      expect(others.filter(({ trial }) => trial === lost!.trial)).toEqual([]);
      expect(acknowledged.length).toBeGreaterThan(0);
      expect(lost).toMatchObject({ study: 'bulky', state: 'complete', values: [lost!.params.x] });

      expect(integrity(ample)).toBe('ok');
      const kept = await trialsIn(ample);
      for (const number of acknowledged) expect(kept[number]).toMatchObject({ state: 'complete' });
      expect(inState(kept, 'complete')).toHaveLength(acknowledged.length);

      expect(await assay(command, ample)).toMatchObject({ code: 0 });
      const trials = await trialsIn(ample);
      expect(inState(trials, 'complete')).toHaveLength(25);
      expect(inState(trials, 'running', 'waiting')).toEqual([]);
      expect(trials.find(({ retryOf }) => retryOf === lost!.trial)).toMatchObject({
        params: lost!.params,
        values: lost!.values,
      });
    },
  );
});

describe.concurrent('a file that cannot be used', { timeout: 60_000 }, () => {
  const refusedRun = (cwd: string, ...more: string[]) =>
    assay(['run', fixture('quick'), '--trials', '1', '--workers', '1', ...more], { cwd });

  it('is no SQLite file: says so, and leaves it as it is', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const text = 'key,fare\n1,2\n'.repeat(100);
    writeFileSync(path.join(cwd, 'rides.db'), text);
    const refused = await refusedRun(cwd, '--store', 'rides.db');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^assay: sqlite:\/\/\/rides\.db is not an SQLite database .*: give the path/);
    expect(readFileSync(path.join(cwd, 'rides.db'), 'utf8')).toBe(text);
  });

  it('is being restored: half of it is there, and later all of it', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    await refusedRun(cwd);
    const [whole, half] = [path.join(cwd, '.assay/assay.db'), path.join(cwd, 'half.db')];
    copyFileSync(whole, half);
    truncateSync(half, readFileSync(whole).length / 2);
    const refused = await refusedRun(cwd, '--store', 'half.db');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/half\.db is damaged .*restored/);
    copyFileSync(whole, half);
    expect(await refusedRun(cwd, '--store', 'half.db')).toMatchObject({ code: 0 });
    const store = await openStore(half);
    expect(await store.readTrials((await store.findStudy('quick'))!.id)).toHaveLength(2);
    await store.close();
  });

  it.skipIf(!canMount)(
    'may only be read: says what to change (skipped without the right to mount: root may write any file)',
    async ({ onTestFinished }) => {
      const cwd = temporaryFolder(onTestFinished);
      await refusedRun(cwd);
      const readOnly = [
        'unshare',
        '--mount',
        'bash',
        '-c',
        'mount --bind .assay .assay && mount -o remount,bind,ro .assay && cd . && exec "$0" "$@"',
      ];
      const refused = await assay(['run', fixture('quick'), '--trials', '1'], { cwd, under: readOnly });
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toMatch(
        /^assay: sqlite:\/\/\/\.assay\/assay\.db cannot be opened .*may be read and written\n$/,
      );
      expect(refused.stderr).not.toContain('    at ');
    },
  );
});

/** A study file whose parameters are these. */
const studyOf = (parameters: string): string =>
  `import { categorical, defineStudy, float, int, space } from 'assay';
   export default defineStudy({ name: 'edited', space: space({ ${parameters} }), objective: ({ params }) => params.x });`;

describe.concurrent('a study of the same name with another space', { timeout: 60_000 }, () => {
  it.for([
    {
      name: 'kind',
      parameters: `x: int(0, 1), way: categorical(['a', 'b'])`,
      says: `'x' is float: a number in [0, 1], not int: a whole number in [0, 1]`,
    },
    {
      name: 'scale',
      parameters: `x: float(0.1, 1, { log: true }), way: categorical(['a', 'b'])`,
      says: 'not float: a number in [0.1, 1] on a log scale',
    },
    { name: 'parameter', parameters: 'x: float(0, 1)', says: `its parameter 'way' is missing` },
  ])('another $name: refused, with the way out', async ({ parameters, says }, { onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const file = path.join(cwd, 'edited.study.ts');
    writeFileSync(file, studyOf(`x: float(0, 1), way: categorical(['a', 'b'])`));
    const run = () => assay(['run', 'edited.study.ts', '--trials', '2', '--workers', '1'], { cwd });
    expect(await run()).toMatchObject({ code: 0 });
    writeFileSync(file, studyOf(parameters));
    const refused = await run();
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toContain(says);
    expect(refused.stderr).toContain('--name <other name>  starts another study beside it.');
  });

  it('other ranges and choices: goes on after a warning, choices matched by label', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    const file = path.join(cwd, 'edited.study.ts');
    const run = () =>
      assay(['run', 'edited.study.ts', '--trials', '4', '--workers', '1', '--sampler', 'random'], { cwd });
    writeFileSync(file, studyOf(`x: float(0, 1), way: categorical(['a', 'b'])`));
    await run();
    const before = await readEdited(cwd);
    writeFileSync(file, studyOf(`x: float(2, 3), way: categorical(['c', 'a'])`));
    const changed = await run();
    expect(changed.code).toBe(0);
    expect(changed.stderr).toMatch(/^'x' takes a number in \[2, 3\]; so far it was a number in \[0, 1\]$/m);
    expect(changed.stderr).toMatch(
      /^warning: 'way' takes one of "c", "a"; .* Optuna can no longer continue this study$/m,
    );
    const trials = await readEdited(cwd);
    expect(trials.slice(0, 4)).toEqual(before);
    for (const { params } of trials.slice(4)) {
      expect(params.x).toBeGreaterThanOrEqual(2);
      expect(['c', 'a']).toContain(params.way);
    }
    expect((await run()).stderr).not.toContain('so far');
  });
});

async function readEdited(cwd: string): Promise<readonly PrintedTrial[]> {
  return JSON.parse((await assay(['trials', 'edited', '--json'], { cwd })).stdout) as PrintedTrial[];
}
