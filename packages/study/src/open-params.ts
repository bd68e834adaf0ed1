import type { Rng } from '@assay/sampler';
import {
  type Distribution,
  fromModel,
  isActive,
  modelRange,
  type ParamValues,
  type Scalar,
  type SearchSpace,
  validateValues,
} from '@assay/space';
import { StudyError } from './study-error.js';

/**
 * Checks parameters of which some may be left open: each is known and in range, and switched on by the others.
 * @throws {StudyError} `BAD_PARAMS` for an unknown name
 * @throws {SpaceError} `OUT_OF_RANGE`, or `INACTIVE_PARAMETER` when a parent is missing or has another value
 */
export function requirePartial(space: SearchSpace, fixed: ParamValues): void {
  const unknown = Object.keys(fixed).find((name) => !space.some((parameter) => parameter.name === name));
  if (unknown !== undefined) {
    const known = space.map(({ name }) => name).join(', ');
    throw new StudyError('BAD_PARAMS', `there is no parameter '${unknown}'; the space has ${known}`);
  }
  const given = space.filter(({ name }) => Object.hasOwn(fixed, name));
  validateValues(given, fixed);
}

/**
 * Fixed parameters, and for every active one that was left open a uniform draw (uniform in model units).
 * @throws {SpaceError} when the fixed ones do not fit the space
 */
export function fillOpen(space: SearchSpace, fixed: ParamValues, rng: Rng): ParamValues {
  const params: Record<string, Scalar> = {};
  space.forEach((parameter, index) => {
    if (!isActive(parameter, params)) return;
    const given = Object.hasOwn(fixed, parameter.name) ? fixed[parameter.name] : undefined;
    params[parameter.name] = given === undefined ? drawUniform(parameter.distribution, rng.fork(index)) : given;
  });
  validateValues(space, { ...params, ...fixed });
  return params;
}

function drawUniform(distribution: Distribution, rng: Rng): Scalar {
  const { low, high } = modelRange(distribution);
  return fromModel(distribution, low + rng.next() * (high - low));
}
