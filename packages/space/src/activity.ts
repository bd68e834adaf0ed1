import type { ParamValues } from './distribution.js';
import type { Parameter, SearchSpace } from './search-space.js';

/**
 * Whether the parameter has a value in this configuration.
 * @param values the values of the parameters that stand before it, active ones only: an absent parent makes it inactive
 */
export function isActive(parameter: Parameter, values: ParamValues): boolean {
  const { condition } = parameter;
  if (condition === null) return true;
  if (!Object.hasOwn(values, condition.parent)) return false;
  const parent = values[condition.parent]!;
  switch (condition.kind) {
    case 'equals':
      return parent === condition.value;
    case 'above':
      return typeof parent === 'number' && parent > condition.index;
  }
}

/** The parameters that have a value in this configuration, in the order of the space. */
export function activeParameters(space: SearchSpace, values: ParamValues): SearchSpace {
  return space.filter((parameter) => isActive(parameter, values));
}
