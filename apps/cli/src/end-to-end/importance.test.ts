import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openStore } from '@assay/store';
import { createStudy } from '@assay/study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assay, fixture, newFolder } from '../testing/assay-process.js';

const cwd = newFolder();
const read = (...args: string[]) => assay(['importance', ...args], { cwd });
const json = async (...args: string[]): Promise<Told> => JSON.parse((await read(...args, '--json')).stdout) as Told;
const TRIALS = 24;

interface Told {
  readonly trials: number;
  readonly space: 'declared' | 'observed';
  readonly importances: readonly { readonly parameter: string; readonly importance: number }[];
  readonly pairs?: readonly { readonly parameters: readonly string[]; readonly importance: number }[];
  readonly others?: number;
}

/** Trials that name their parameters as they run, so that the study stores no space. `a` decides, `b` does nothing. */
async function runWithoutSpace(): Promise<void> {
  const store = await openStore(path.join(cwd, '.assay/assay.db'));
  const study = await createStudy({ store, name: 'named', seed: 1 });
  for (let i = 0; i < TRIALS; i++) {
    const trial = await study.ask();
    const a = trial.suggestFloat('a', 0, 1);
    trial.suggestInt('b', 1, 9);
    const kind = trial.suggestCategorical('kind', ['x', 'y']);
    await study.tell(trial, 10 * a + (kind === 'x' ? 0 : 0.1));
  }
  await store.close();
}

beforeAll(async () => {
  mkdirSync(path.join(cwd, '.assay'));
  await runWithoutSpace();
  await assay(['run', fixture('quick'), '--trials', String(TRIALS), '--seed', '5', '--workers', '1'], { cwd });
}, 60_000);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe('assay importance --pairs', () => {
  it('lists all pairs: with the parameters alone, and what is left, they sum to 1', async () => {
    const told = await json('quick', '--evaluator', 'fanova', '--pairs');
    const names = told.importances.map(({ parameter }) => parameter);
    expect(told).toMatchObject({ space: 'declared', trials: TRIALS });
    expect(told.pairs).toHaveLength((names.length * (names.length - 1)) / 2);
    for (const { parameters } of told.pairs!) expect(names).toEqual(expect.arrayContaining([...parameters]));
    const all = [...told.importances, ...told.pairs!].reduce((sum, { importance }) => sum + importance, told.others!);
    expect(all).toBeCloseTo(1, 12);
  });

  it('shows them among the parameters', async () => {
    const { code, stdout, stderr } = await read('quick', '--evaluator', 'fanova', '--pairs');
    expect([code, stderr]).toEqual([0, `quick: fANOVA of ${TRIALS} complete trials, minimize loss\n`]);
    expect(stdout).toMatch(/^parameters +share\n/);
    expect(stdout).toMatch(/^\S+ x \S+ +\d+%/m);
  });

  it('refuses an evaluator that looks at each parameter by itself', async () => {
    const { code, stdout, stderr } = await read('quick', '--pairs');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Write --evaluator fanova --pairs.');
  });
});

describe('assay importance of a study that stores no space', () => {
  it.each(['ped-anova', 'fanova'])('judges by the values that its trials have, and says so (%s)', async (evaluator) => {
    const { stderr, stdout, code } = await read('named', '--evaluator', evaluator);
    expect(code).toBe(0);
    expect(stderr).toContain('no stored search space: each range is taken from the trials’ smallest');
    expect(stdout.split('\n')[1]).toMatch(/^a +\d+% {2}█{40}$/);
    const told = await json('named', '--evaluator', evaluator);
    expect(told.space).toBe('observed');
    expect(told.importances.map(({ parameter }) => parameter).sort()).toEqual(['a', 'b', 'kind']);
  });

  const python = process.env.ASSAY_PYTHON;
  const skipped = python ? '' : ' (skipped: ASSAY_PYTHON names no Python that has Optuna)';
  it.skipIf(!python)(`of Optuna's, too${skipped}`, async () => {
    const script = `
import optuna, sys
optuna.logging.set_verbosity(optuna.logging.ERROR)
study = optuna.create_study(storage="sqlite:///" + sys.argv[1], study_name="theirs", sampler=optuna.samplers.RandomSampler(seed=1))
def objective(trial):
    x = trial.suggest_float("x", 0, 1)
    if trial.suggest_categorical("deep", [True, False]):
        x += 0.01 * trial.suggest_int("depth", 1, 3)
    return x
study.optimize(objective, n_trials=40)
`;
    const file = path.join(cwd, 'theirs.db');
    const { status, stderr } = spawnSync(python!, ['-c', script, file], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const { importances, space } = await json('theirs', '--store', file);
    expect([space, importances[0]!.parameter]).toEqual(['observed', 'x']);
    expect(importances.map(({ parameter }) => parameter).sort()).toEqual(['deep', 'depth', 'x']);
  });
});
