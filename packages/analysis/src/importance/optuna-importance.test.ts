import { spawnSync } from 'node:child_process';
import { encodeDistribution, encodeValue } from '@assay/space';
import { expect, it } from 'vitest';
import { importanceOf, type ParameterImportance } from './importance-of.js';
import { type RandomStudy, randomStudy, spreadStudy } from './random-study.test.kit.js';

const STUDIES: readonly RandomStudy[] = [2, 3, 5, 8, 13, 40, 100, 300, 1000, 3000]
  .flatMap((size) => [1, 2, 3].map((seed) => randomStudy(seed * 100_003 + size, size)))
  .concat(spreadStudy());

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
    study = optuna.create_study(direction=given["direction"])
    study.add_trials([
        optuna.trial.create_trial(
            value=float(value),
            params={name: space[name].to_external_repr(stored) for name, stored in params.items()},
            distributions={name: space[name] for name in params},
        )
        for params, value in given["trials"]
    ])
    print(json.dumps(optuna.importance.get_param_importances(study)))
`;

const python = process.env.ASSAY_PYTHON;
const skipped = python ? '' : ' (skipped: ASSAY_PYTHON names no Python that has Optuna)';

function forOptuna({ space, direction, trials }: RandomStudy): string {
  const distributions = new Map(space.map(({ name, distribution }) => [name, distribution]));
  return JSON.stringify({
    space: Object.fromEntries(space.map(({ name, distribution }) => [name, encodeDistribution(distribution)])),
    direction,
    trials: trials.map(({ params, values }) => [
      Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, encodeValue(distributions.get(name)!, value)]),
      ),
      String(values[0]),
    ]),
  });
}

function largestDifference(ours: readonly ParameterImportance[], theirs: Readonly<Record<string, number>>): number {
  expect(ours.map(({ name }) => name).toSorted()).toEqual(Object.keys(theirs).toSorted());
  return Math.max(...ours.map(({ name, importance }) => Math.abs(importance - theirs[name]!)));
}

it.skipIf(!python)(`importance agrees with Optuna on ${STUDIES.length} studies${skipped}`, () => {
  const input = STUDIES.map(forOptuna).join('\n');
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
  const differences = STUDIES.map(({ space, trials, direction }, i) =>
    largestDifference(importanceOf(space, trials, [direction]), theirs[i]!),
  );
  expect(Math.max(...differences)).toBeLessThan(1e-12);
});
