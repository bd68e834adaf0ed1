import type { Distribution, Scalar } from './distribution.js';

/** When a parameter is active: its parent is active and has this value, or (in a repeated group) exceeds this index. */
export type Condition =
  | { readonly kind: 'equals'; readonly parent: string; readonly value: Scalar }
  | { readonly kind: 'above'; readonly parent: string; readonly index: number };

export interface Parameter {
  readonly name: string;
  readonly distribution: Distribution;
  readonly condition: Condition | null;
}

/** A flat search space: parents stand before their children, names are unique. */
export type SearchSpace = readonly Parameter[];
