import type { SplitRule } from './table-recipe.js';

/** The three disjoint sets of rows. */
export type SplitName = 'train' | 'validation' | 'test';
export const SPLIT_NAMES: readonly SplitName[] = ['train', 'validation', 'test'];

/** Which file a row comes from. */
export type SourceRole = 'train' | 'validation';

/**
 * The lowest hashes are test rows, the next ones validation rows, the others training rows.
 * @param hash uniform on 0 .. 2^32 - 1
 */
export function splitOf(rule: SplitRule, role: SourceRole, hash: number): SplitName {
  if (role === 'validation') return 'validation';
  const position = hash / 2 ** 32;
  if (position < rule.test) return 'test';
  return position < rule.test + rule.validation ? 'validation' : 'train';
}
