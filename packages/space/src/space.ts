import type { ParamValues } from './distribution.js';
import type { SearchSpace } from './search-space.js';

/** A typed search space: `P` is the exact type of its parameters, conditional branches and repeated groups included. */
export interface Space<P> {
  /** The same space, flat: what samplers and stores work with. */
  readonly parameters: SearchSpace;
  /** @throws {SpaceError} naming the parameter and the value, when a value is missing, unknown or out of range */
  decode(values: ParamValues): P;
  /** The inverse of `decode`. @throws {SpaceError} */
  encode(params: P): ParamValues;
}
