import { spawnSync } from 'node:child_process';
import { createRng } from '@assay/sampler';
import { float, type ParamValues, space } from '@assay/space';
import { expect, it } from 'vitest';
import { importanceOf } from '../importance/importance-of.js';
import { completeTrial } from '../importance/random-study.test.kit.js';

const python = process.env.ASSAY_PYTHON;
const hasForest = python !== undefined && spawnSync(python, ['-c', 'import optuna, sklearn']).status === 0;
const skipped = hasForest ? '' : ' (skipped: ASSAY_PYTHON names no Python that has Optuna and scikit-learn)';

/** Where both have the same box: ranges of floats, neither logarithmic nor in steps, in every trial. */
const BOX = space({ a: float(0, 1), b: float(-2, 2), c: float(0, 10), d: float(0, 1) }).parameters;

const FUNCTIONS: readonly ((a: number, b: number, c: number, d: number) => number)[] = [
  (a, b, c) => 3 * a + b ** 2 + 0.1 * c,
  (a, b, _c, d) => (a - 0.5) * b + d,
  (a, b) => (a > 0.9 ? 5 : b),
];

const STUDIES = FUNCTIONS.map((loss, index) => {
  const rng = createRng(index);
  return Array.from({ length: 150 }, (_, number) => {
    const [a, b, c, d] = [rng.next(), 4 * rng.next() - 2, 10 * rng.next(), rng.next()] as const;
    return completeTrial(number, { a, b, c, d }, loss(a, b, c, d));
  });
});

const ASK_OPTUNA = `
import json, sys, warnings
import optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")
box = {name: optuna.distributions.FloatDistribution(*ends) for name, ends in dict(a=(0, 1), b=(-2, 2), c=(0, 10), d=(0, 1)).items()}
answers = []
for trials in json.load(sys.stdin):
    study = optuna.create_study()
    study.add_trials([optuna.trial.create_trial(value=value, params=params, distributions=box) for params, value in trials])
    evaluator = optuna.importance.FanovaImportanceEvaluator(seed=0)
    answers.append(optuna.importance.get_param_importances(study, evaluator=evaluator))
json.dump(answers, sys.stdout)
`;

// Two forests of 64 trees on different random numbers: their means differ by less than 0.02 here.
it.skipIf(!hasForest)(
  `fANOVA agrees with Optuna's${skipped}`,
  () => {
    const asked: readonly (readonly (readonly [ParamValues, number])[])[] = STUDIES.map((trials) =>
      trials.map(({ params, values }) => [params, values[0]!]),
    );
    const { status, stdout, stderr } = spawnSync(python!, ['-c', ASK_OPTUNA], {
      input: JSON.stringify(asked),
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    const theirs: readonly Record<string, number>[] = JSON.parse(stdout);
    for (const [index, trials] of STUDIES.entries()) {
      for (const { name, importance } of importanceOf(BOX, trials, ['minimize'], {
        evaluator: 'fanova',
        rng: createRng(1),
      })) {
        expect(Math.abs(importance - theirs[index]![name]!), `${name} of function ${index}`).toBeLessThan(0.04);
      }
    }
  },
  60_000,
);
