import { activeParameters } from './activity.js';
import { show } from './checked-distribution.js';
import type { ParamValues } from './distribution.js';
import { contains, describeDistribution } from './membership.js';
import type { Condition, SearchSpace } from './search-space.js';
import { SpaceError } from './space-error.js';

/**
 * Checks that the values are one configuration of the space: a value in range for every active parameter and nothing else.
 * @throws {SpaceError} `MISSING_VALUE`, `OUT_OF_RANGE`, `INACTIVE_PARAMETER` or `UNKNOWN_PARAMETER`
 */
export function validateValues(space: SearchSpace, values: ParamValues): void {
  const active = activeParameters(space, values);
  for (const { name, distribution } of active) {
    if (!Object.hasOwn(values, name)) {
      throw new SpaceError(
        'MISSING_VALUE',
        `Parameter '${name}' has no value; it takes ${describeDistribution(distribution)}`,
      );
    }
    if (!contains(distribution, values[name])) {
      const wanted = describeDistribution(distribution);
      throw new SpaceError('OUT_OF_RANGE', `Parameter '${name}' is ${show(values[name])}; it takes ${wanted}`);
    }
  }
  if (Object.keys(values).length > active.length) refuseExtra(space, active, values);
}

function refuseExtra(space: SearchSpace, active: SearchSpace, values: ParamValues): never {
  const activeNames = new Set(active.map(({ name }) => name));
  const extra = Object.keys(values).find((name) => !activeNames.has(name))!;
  const parameter = space.find(({ name }) => name === extra);
  if (parameter?.condition) {
    const rule = describeCondition(parameter.condition);
    throw new SpaceError(
      'INACTIVE_PARAMETER',
      `Parameter '${extra}' is ${show(values[extra])}, but it has a value only if ${rule}`,
    );
  }
  const known = space.map(({ name }) => name).join(', ');
  throw new SpaceError(
    'UNKNOWN_PARAMETER',
    `There is no parameter '${extra}' (got ${show(values[extra])}); the space has ${known}`,
  );
}

function describeCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'equals':
      return `'${condition.parent}' is ${show(condition.value)}`;
    case 'above':
      return `'${condition.parent}' is above ${condition.index}`;
  }
}
