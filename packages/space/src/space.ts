import type { Group } from './declaration.js';
import type { Checked, GroupValue } from './declared-value.js';
import type { ParamValues } from './distribution.js';
import { flatten } from './flatten.js';
import type { SearchSpace } from './search-space.js';
import { flatValues, treeOf } from './tree-values.js';
import { validateValues } from './validate-values.js';

/** A typed search space: `P` is the exact type of its parameters, conditional branches and repeated groups included. */
export interface Space<P> {
  /** The same space, flat: what samplers and stores work with. */
  readonly parameters: SearchSpace;
  /** @throws {SpaceError} naming the parameter and the value, when a value is missing, unknown or out of range */
  decode(values: ParamValues): P;
  /** The inverse of `decode`. @throws {SpaceError} */
  encode(params: P): ParamValues;
}

/** The type of a space's parameters: `Infer<typeof mySpace>`. */
export type Infer<S> = S extends Space<infer P> ? P : never;

/**
 * Declares a search space.
 * ```ts
 * const s = space({
 *   lr: float(1e-4, 1e-1, { log: true }),
 *   layers: int(1, 4),
 *   units: repeat('layers', int(16, 256, { log: true })),
 *   optimizer: choice({ adam: {}, sgd: { momentum: float(0, 0.99) } }),
 * });
 * ```
 * Flat names: a branch's parameters are `optimizer.sgd.momentum`, a repeat's elements `units[0]`, a plain object's `group.x`.
 * @throws {SpaceError} naming the parameter and the value, when a declaration describes no set of values
 */
export function space<const G extends Group>(declarations: G & Checked<G>): Space<GroupValue<G>> {
  const group: Group = declarations;
  const parameters = flatten(group);
  return {
    parameters,
    decode(values) {
      validateValues(parameters, values);
      return treeOf(group, values) as GroupValue<G>;
    },
    encode(params) {
      const values = flatValues(group, params);
      validateValues(parameters, values);
      return values;
    },
  };
}
