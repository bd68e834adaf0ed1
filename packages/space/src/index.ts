export { activeParameters, isActive } from './activity.js';
export {
  type CategoricalDistribution,
  type Choice,
  categorical,
  choice,
  type Declaration,
  type FloatDistribution,
  float,
  type Group,
  type IntDistribution,
  int,
  type OrderedDistribution,
  ordered,
  type RangeOptions,
  type Repeat,
  repeat,
} from './declaration.js';
export type { GroupValue } from './declared-value.js';
export type { Distribution, Json, ParamValues, Scalar } from './distribution.js';
export { cardinality, contains, describeDistribution } from './membership.js';
export { fromModel, type ModelRange, modelRange, toModel } from './model-units.js';
export { decodeDistribution, decodeValue, encodeDistribution, encodeValue } from './optuna-distribution.js';
export { parseSearchSpace } from './parse-search-space.js';
export type { Condition, Parameter, SearchSpace } from './search-space.js';
export { type Infer, type Space, space } from './space.js';
export { SpaceError, type SpaceErrorCode } from './space-error.js';
export { validateValues } from './validate-values.js';
