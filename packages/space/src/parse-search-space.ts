import { checkedDistribution, isScalar, show } from './checked-distribution.js';
import type { Distribution } from './distribution.js';
import { contains } from './membership.js';
import type { Condition, Parameter, SearchSpace } from './search-space.js';
import { SpaceError } from './space-error.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A search space read back from JSON, checked: names are unique, parents stand before their children and can take
 * the values that the conditions name. Names are otherwise free, since Optuna's studies may use any.
 * @param json what `JSON.parse` made of a stored `SearchSpace`
 * @throws {SpaceError} `BAD_JSON`, or the code of what a distribution does wrong
 */
export function parseSearchSpace(json: unknown): SearchSpace {
  if (!Array.isArray(json))
    throw new SpaceError('BAD_JSON', `A search space is an array of parameters, got ${show(json)}`);
  const before = new Map<string, Parameter>();
  for (const item of json) {
    const parameter = parseParameter(item, before);
    before.set(parameter.name, parameter);
  }
  return [...before.values()];
}

function parseParameter(json: unknown, before: ReadonlyMap<string, Parameter>): Parameter {
  const { name, distribution, condition } = fieldsOf(json, 'A parameter');
  if (typeof name !== 'string' || name === '') {
    throw new SpaceError('BAD_JSON', `A parameter needs a name, got ${show(json)}`);
  }
  if (before.has(name)) throw new SpaceError('BAD_JSON', `Parameter '${name}' is there twice`);
  return {
    name,
    distribution: parseDistribution(distribution, name),
    condition: condition === null ? null : parseCondition(condition, name, before),
  };
}

function parseDistribution(json: unknown, name: string): Distribution {
  const distribution = fieldsOf(json, `Parameter '${name}': its distribution`);
  switch (distribution.kind) {
    case 'float':
    case 'int':
    case 'categorical':
    case 'ordered':
      return checkedDistribution(`Parameter '${name}'`, distribution as unknown as Distribution);
    default:
      throw new SpaceError('BAD_JSON', `Parameter '${name}': unknown kind of distribution ${show(distribution.kind)}`);
  }
}

function parseCondition(json: unknown, name: string, before: ReadonlyMap<string, Parameter>): Condition {
  const { kind, parent, value, index } = fieldsOf(json, `Parameter '${name}': its condition`);
  const above = typeof parent === 'string' ? before.get(parent) : undefined;
  if (above === undefined) {
    throw new SpaceError('BAD_JSON', `Parameter '${name}': its parent ${show(parent)} does not stand before it`);
  }
  if (kind === 'equals' && isScalar(value) && contains(above.distribution, value)) {
    return { kind, parent: above.name, value };
  }
  if (kind === 'above' && above.distribution.kind === 'int' && Number.isSafeInteger(index)) {
    return { kind, parent: above.name, index: index as number };
  }
  throw new SpaceError('BAD_JSON', `Parameter '${name}': '${above.name}' cannot fulfil the condition ${show(json)}`);
}

function fieldsOf(json: unknown, subject: string): Fields {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Fields;
  throw new SpaceError('BAD_JSON', `${subject} must be an object, got ${show(json)}`);
}
