import { spawnSync } from 'node:child_process';
import { encodeDistribution, encodeValue } from '@assay/space';
import { expect, it } from 'vitest';
import { importanceOf, type ParameterImportance } from './importance-of.js';
import { type RandomStudy, randomStudy, spreadStudy } from './random-study.test.kit.js';

const STUDIES: readonly RandomStudy[] = [2, 3, 5, 8, 13, 40, 100, 300, 1000, 3000]
  .flatMap((size) => [1, 2, 3].map((seed) => randomStudy(seed * 100_003 + size, size)))
  .concat(spreadStudy());

/** Several objectives: all of them together, and each alone. */
const FRONT_STUDIES: readonly RandomStudy[] = [2, 3].flatMap((objectives) =>
  [3, 10, 40, 300].map((size) => randomStudy(objectives * 7919 + size, size, objectives)),
);

const ASK_OPTUNA = `
import json, sys
import optuna
from optuna.distributions import json_to_distribution
optuna.logging.set_verbosity(optuna.logging.ERROR)
import warnings
warnings.simplefilter("ignore")
for line in sys.stdin:
    given = json.loads(line)
    space = {name: json_to_distribution(text) for name, text in given["space"].items()}
    study = optuna.create_study(directions=given["directions"])
    study.add_trials([
        optuna.trial.create_trial(
            values=[float(value) for value in values],
            params={name: space[name].to_external_repr(stored) for name, stored in params.items()},
            distributions={name: space[name] for name in params},
        )
        for params, values in given["trials"]
    ])
    objective = given["objective"]
    sign = 1 if objective is None or given["directions"][objective] == "minimize" else -1
    target = None if objective is None else lambda trial: sign * trial.values[objective]
    print(json.dumps(optuna.importance.get_param_importances(study, target=target)))
`;

const python = process.env.ASSAY_PYTHON;
const skipped = python ? '' : ' (skipped: ASSAY_PYTHON names no Python that has Optuna)';

interface Question {
  readonly study: RandomStudy;
  readonly objective?: number;
}

const QUESTIONS: readonly Question[] = [
  ...STUDIES.map((study) => ({ study })),
  ...FRONT_STUDIES.flatMap((study) => [{ study }, ...study.directions.map((_, objective) => ({ study, objective }))]),
];

function forOptuna({ study: { space, directions, trials }, objective }: Question): string {
  const distributions = new Map(space.map(({ name, distribution }) => [name, distribution]));
  return JSON.stringify({
    space: Object.fromEntries(space.map(({ name, distribution }) => [name, encodeDistribution(distribution)])),
    directions,
    objective: objective ?? null,
    trials: trials.map(({ params, values }) => [
      Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, encodeValue(distributions.get(name)!, value)]),
      ),
      values.map(String),
    ]),
  });
}

function largestDifference(ours: readonly ParameterImportance[], theirs: Readonly<Record<string, number>>): number {
  expect(ours.map(({ name }) => name).toSorted()).toEqual(Object.keys(theirs).toSorted());
  return Math.max(...ours.map(({ name, importance }) => Math.abs(importance - theirs[name]!)));
}

it.skipIf(!python)(
  `importance agrees with Optuna on ${QUESTIONS.length} questions${skipped}`,
  () => {
    const input = QUESTIONS.map(forOptuna).join('\n');
    const { status, stdout, stderr } = spawnSync(python!, ['-c', ASK_OPTUNA], {
      input,
      encoding: 'utf8',
      maxBuffer: 1e9,
    });
    expect(status, stderr).toBe(0);
    const theirs = stdout
      .trim()
      .split('\n')
      .map((line): Record<string, number> => JSON.parse(line));
    const differences = QUESTIONS.map(({ study: { space, trials, directions }, ...options }, i) =>
      largestDifference(importanceOf(space, trials, directions, options), theirs[i]!),
    );
    expect(Math.max(...differences)).toBeLessThan(1e-12);
  },
  60_000,
);
