import { contains, type Distribution, describeDistribution, float, type Parameter, type Scalar } from '@assay/space';
import { reportedObjective } from './reported-objective.js';
import { StudyError } from './study-error.js';
import type { TrialDesk } from './trial-desk.js';
import type { TrialRecord } from './trial-record.js';
import { drawStream, openParamsStream, parameterSeed } from './trial-seed.js';

/** Samplers whose suggestion for one parameter makes sense without the others: they look at the trials that had it. */
const ONE_BY_ONE: readonly string[] = ['random', 'tpe'];

/**
 * Stands beside the parameter for all that it is asked without: no trial has a value for it, so it sways nothing, but no two
 * suggestions are the same, where a sampler tries nothing twice. No parameter can have its name.
 */
const THE_REST: Parameter = { name: '', distribution: float(0, 1), condition: null };

/**
 * A value for a parameter that a running trial has just named: the one it has, where it was enqueued with one (or is a
 * retry, or has named it before), else the sampler's, asked for a space of this parameter alone.
 * @param index how many parameters the trial named before: keys the random stream
 * @throws {StudyError} `NO_SUGGEST`, `BAD_PARAMS`
 */
export function suggestParam(desk: TrialDesk, trial: TrialRecord, parameter: Parameter, index: number): Scalar {
  const { name, distribution } = parameter;
  requireSameKind(desk.named, parameter);
  if (Object.hasOwn(trial.params, name)) {
    const fixed = trial.params[name]!;
    if (contains(distribution, fixed)) return fixed;
    const wanted = describeDistribution(distribution);
    throw new StudyError(
      'BAD_PARAMS',
      `'${name}' is fixed to ${JSON.stringify(fixed)}, but the trial asks for ${wanted}`,
    );
  }
  const { sampler, study, seed } = desk.setup;
  if (!ONE_BY_ONE.includes(sampler.name)) {
    const message = `the sampler '${sampler.name}' needs the whole space: declare it, or use ${ONE_BY_ONE.join(' or ')}`;
    throw new StudyError('NO_SUGGEST', message);
  }
  const knows = ({ params }: Pick<TrialRecord, 'params'>): boolean => Object.hasOwn(params, name);
  const stream = trial.draw === null ? openParamsStream(seed, trial) : drawStream(seed, trial.draw);
  const suggestion = sampler.suggest({
    space: [parameter, THE_REST],
    directions: study.directions,
    history: desk.view.history().filter(knows),
    running: desk.view.runningBeside(trial.number).filter(knows),
    prior: [], // a warm start needs a declared space
    reportedObjective: reportedObjective(study) ?? 0,
    repeats: study.definition?.repeats.count ?? 1,
    budget: study.definition?.budget ?? null,
    number: trial.number,
    draw: trial.draw ?? trial.number,
    studySeed: parameterSeed(seed, name),
    rng: stream.fork(index),
  });
  return suggestion!.params[name]!; // a space with a continuous parameter is never used up
}

/** Optuna cannot continue a study in which a name had two kinds of values. */
function requireSameKind(named: Map<string, Distribution>, { name, distribution }: Parameter): void {
  const before = named.get(name) ?? distribution;
  named.set(name, distribution);
  if (kindOf(before) === kindOf(distribution)) return;
  const [was, is] = [describeDistribution(before), describeDistribution(distribution)];
  throw new StudyError('BAD_PARAMS', `'${name}' was ${was}, now it is ${is}; give it another name`);
}

/** Bounds and steps may change from trial to trial, these may not. */
function kindOf(distribution: Distribution): string {
  switch (distribution.kind) {
    case 'float':
    case 'int':
      return `${distribution.kind} ${distribution.log}`;
    case 'categorical':
      return JSON.stringify(distribution.choices);
    case 'ordered':
      return JSON.stringify(distribution.values);
  }
}
