export type { Distribution, Json, ParamValues, Scalar } from './distribution.js';
export type { Condition, Parameter, SearchSpace } from './search-space.js';
export type { Space } from './space.js';
