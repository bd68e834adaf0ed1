import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { assay, fixture, newFolder } from '../testing/assay-process.js';
import type { PrintedTrial } from '../testing/stored-trials.js';

const cwd = newFolder();
const TRIALS = 12;

const read = (...args: string[]) => assay(args, { cwd });
const json = async <T>(...args: string[]): Promise<T> => JSON.parse((await read(...args, '--json')).stdout) as T;

beforeAll(async () => {
  await assay(['run', fixture('quick'), '--sampler', 'auto', '--trials', String(TRIALS), '--seed', '5'], { cwd });
  await assay(['run', fixture('diverges'), '--workers', '1'], { cwd });
  await assay(['run', fixture('throws'), '--sampler', 'random', '--trials', '1'], { cwd });
}, 60_000);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe('assay studies', () => {
  it('lists them with goal, best value and counts', async () => {
    const { stdout, stderr } = await read('studies');
    expect(stderr).toBe('');
    expect(stdout.split('\n')[0]).toMatch(/^study +goal +best +finished +running +failed$/);
    expect(stdout).toMatch(/^diverges +minimize value +1 +3 +0 +0$/m);
    expect(stdout).toMatch(/^throws +minimize value +- +0 +0 +1$/m);
  });

  it('--json', async () => {
    const [quick, diverges] = await json<unknown[]>('studies');
    expect(quick).toMatchObject({
      study: 'quick',
      objectives: [{ metric: 'loss', direction: 'minimize' }],
      finished: TRIALS,
    });
    expect(diverges).toEqual({
      ...{ study: 'diverges', objectives: [{ metric: 'value', direction: 'minimize' }], confirms: null },
      ...{ best: 1, finished: 3, running: 0, failed: 0 },
    });
  });
});

describe('assay trials', () => {
  it('prints a line each, with a failure’s reason', async () => {
    const { stdout } = await read('trials', 'throws');
    expect(stdout).toMatch(/^ +0 +failed +- +0 +\S+ +threw: no such luck$/m);
    expect((await read('trials', 'quick')).stdout.trimEnd().split('\n')).toHaveLength(TRIALS + 1);
  });

  it('says what auto picked for each, where it did', async () => {
    const picks = (await json<PrintedTrial[]>('trials', 'quick')).map(({ autoPick }) => autoPick);
    const { stdout } = await read('trials', 'quick');
    expect(stdout.split('\n')[0]).toMatch(/ time +auto +parameters$/);
    const [, ...rows] = stdout.trimEnd().split('\n');
    expect(picks).toHaveLength(TRIALS);
    for (const [at, pick] of picks.entries()) expect(rows[at]).toContain(`  ${String(pick)}  `);
    expect(await json<PrintedTrial[]>('trials', 'throws')).toMatchObject([{ autoPick: null }]);
  });

  it('--sort value puts the best first, infinities and trials without a value last', async () => {
    const values = (await json<PrintedTrial[]>('trials', 'quick', '--sort', 'value')).map((trial) => trial.values[0]);
    expect(values).toEqual([...values].sort((a, b) => Number(a) - Number(b)));
    const diverged = await json<PrintedTrial[]>('trials', 'diverges', '--sort', 'value');
    expect(diverged.map((trial) => trial.values[0])).toEqual([1, 'Infinity', 'Infinity']);
  });

  it('--sort duration, --state, --limit', async () => {
    const times = (await json<PrintedTrial[]>('trials', 'quick', '--sort', 'duration', '--limit', '4')).map(
      ({ startedMs, finishedMs }) => (finishedMs ?? 0) - (startedMs ?? 0),
    );
    expect(times).toHaveLength(4);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(await json<PrintedTrial[]>('trials', 'diverges', '--state', 'pruned')).toMatchObject([
      { state: 'pruned', end: { reason: 'diverged' } },
      { state: 'pruned', end: { reason: 'diverged' } },
    ]);
    expect(await json<PrintedTrial[]>('trials', 'diverges', '--state', 'running')).toEqual([]);
  });

  it('ends quietly when its reader has had enough', () => {
    const bin = path.resolve(import.meta.dirname, '../../bin/assay.js');
    const piped = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${bin}" trials quick --json | head -c 1; echo; exit 0`],
      {
        cwd,
        encoding: 'utf8',
      },
    );
    expect(piped).toMatchObject({ stdout: '[\n', stderr: '' });
  });
});

interface Best {
  readonly trial: number;
  readonly values: readonly (number | string)[];
  readonly params: Readonly<Record<string, number | string | boolean | null>>;
}

describe('assay best', () => {
  it('prints parameters on stdout and what they are on stderr', async () => {
    const best = await json<Best>('best', 'quick');
    const { stdout, stderr } = await read('best', 'quick');
    expect(stderr).toMatch(new RegExp(`^quick@${best.trial}  loss \\S+\n$`));
    expect(stdout).toMatch(/^parameter +value\n/);
    expect(stdout).toContain(String(best.params.lr));
  });

  it('names one trial: @0, @latest, @best', async () => {
    expect(await json('best', 'quick@0')).toMatchObject({ trial: 0 });
    expect(await json('best', 'quick@latest')).toMatchObject({ trial: TRIALS - 1 });
    expect(await json('best', 'quick@best')).toEqual(await json('best', 'quick'));
  });

  it('writes an infinite value as a string, and never takes it for the best', async () => {
    const all = await json<PrintedTrial[]>('trials', 'diverges', '--state', 'pruned');
    expect(await json('best', `diverges@${all[0]?.number}`)).toMatchObject({ values: ['Infinity'], state: 'pruned' });
    expect((await read('best', `diverges@${all[0]?.number}`)).stderr).toContain('+inf');
    expect(await json('best', 'diverges')).toMatchObject({ values: [1] });
  });

  it('json and yaml give back every value', async () => {
    for (let trial = 0; trial < 3; trial++) {
      const { params } = await json<Best>('best', `quick@${trial}`);
      expect(JSON.parse((await read('best', `quick@${trial}`, '--format', 'json')).stdout)).toEqual(params);
      expect(parse((await read('best', `quick@${trial}`, '--format', 'yaml')).stdout)).toEqual(params);
    }
  });

  it('env and args survive a shell', async () => {
    for (let trial = 0; trial < 3; trial++) {
      const { params } = await json<Best>('best', `quick@${trial}`);
      const env = (await read('best', `quick@${trial}`, '--format', 'env')).stdout;
      const shown = 'printf "%s\\037" "$LR" "$NOTE" "$FLAG" "$OPTIMIZER"';
      const expected = [params.lr, params.note, params.flag, params.optimizer].map(String);
      expect(inShell(`${env}\n${shown}`)).toEqual(expected);
      const args = (await read('best', `quick@${trial}`, '--format', 'args')).stdout;
      expect(inShell(`eval "set -- $ARGS"; printf "%s\\037" "$@"`, args)).toEqual(
        Object.entries(params).map(([name, value]) => `--${name}=${value}`),
      );
    }
  });

  it('says when there is no complete trial', async () => {
    const { code, stdout, stderr } = await read('best', 'throws');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain("Study 'throws' has no complete trial yet.");
    expect(await read('confirm', 'throws')).toMatchObject({ code: 3, stdout: '', stderr });
  });
});

describe('assay importance', () => {
  it('draws shares as bars, the most important parameter first', async () => {
    const { code, stdout, stderr } = await read('importance', 'quick');
    expect([code, stderr.split('\n')[0]]).toEqual([0, `quick: PED-ANOVA of ${TRIALS} complete trials, minimize loss`]);
    expect(stdout).toMatch(/^parameter +share\n\S+ +\d+% {2}█{40}\n/);
  });

  it.each(['ped-anova', 'fanova'])('--json: %s shares sum to 1', async (evaluator) => {
    const told = await json<Importances>('importance', 'quick', '--evaluator', evaluator);
    const objectives = [{ metric: 'loss', direction: 'minimize' }];
    expect(told).toMatchObject({ study: 'quick', evaluator, objectives, trials: TRIALS });
    const sum = told.importances.reduce((all, { importance }) => all + importance, 0);
    expect(sum).toBeCloseTo(1, 12);
    const names = told.importances.map(({ parameter }) => parameter).sort();
    expect(names).toEqual(['flag', 'lr', 'note', 'optimizer', 'optimizer.sgd.momentum']);
  });

  it('says when there are too few trials', async () => {
    const { code, stdout, stderr } = await read('importance', 'diverges');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain("Study 'diverges' has one complete trial with a finite value");
  });
});

interface Importances {
  readonly importances: readonly { readonly parameter: string; readonly importance: number }[];
}

function inShell(script: string, args = ''): string[] {
  const output = execFileSync('sh', ['-eu', '-c', script], { encoding: 'utf8', env: { ARGS: args.trimEnd() } });
  return output.split('\u001f').slice(0, -1);
}

describe('assay watch --plain', () => {
  it('prints a line for each trial that has ended, and ends with the study', async () => {
    const { code, stdout, stderr } = await read('watch', 'quick', '--plain');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(TRIALS);
    expect(stdout).toMatch(/^trial 0 complete {2}loss .*, \d+ reports? {2}\[1 finished, best: loss \S+ @0\]$/m);
  });

  it('takes the newest study, and refuses one that is not there', async () => {
    expect((await read('watch', '--plain')).stdout).toContain('threw: no such luck');
    expect(await read('watch', 'nope', '--plain')).toMatchObject({ code: 3, stdout: '' });
  });
});
