import { type InputBlock, type InputDescription, standardizationOf } from '@assay/training';
import type { TableFacts } from './table-study.js';

/** How a network sees a group of features. A `choice` of a space may have these very shapes. */
export type Seen =
  | { readonly kind: 'none' }
  /** Numbers as they are stored. */
  | { readonly kind: 'plain' }
  /** Numbers by the training rows' mean and deviation. */
  | { readonly kind: 'standardized' }
  /** A category as a column of zeros and ones for each of its values; none of them: zeros. */
  | { readonly kind: 'oneHot' }
  /** A category as so many trained numbers for each of its values; none of them is a value of its own. */
  | { readonly kind: 'embedding'; readonly units: number };

/**
 * What a network sees of a prepared table, by feature group. Groups that are not named are not seen.
 * @throws {TypeError} for a group that the table has not, and for numbers seen as a category or the other way round
 */
export function tableInput(facts: TableFacts, seen: Readonly<Record<string, Seen>>): InputDescription {
  const columns = Object.entries(seen).flatMap(([name, how]) => columnsOf(facts, name).map((at) => ({ at, how })));
  const blocks = [
    ...numbers(facts, 'plain', columns),
    ...numbers(facts, 'standardized', columns),
    ...columns.flatMap(({ at, how }) => category(facts, at, how)),
  ];
  return { width: facts.features.length, blocks };
}

interface SeenColumn {
  readonly at: number;
  readonly how: Seen;
}

function columnsOf({ groups }: TableFacts, name: string): number[] {
  const group = groups.find((candidate) => candidate.name === name);
  if (group === undefined) {
    throw new TypeError(`The table has no feature '${name}'; it has ${groups.map((known) => known.name).join(', ')}.`);
  }
  return Array.from({ length: group.end - group.start }, (_, index) => group.start + index);
}

function numbers(facts: TableFacts, kind: 'plain' | 'standardized', seen: readonly SeenColumn[]): InputBlock[] {
  const columns = seen.flatMap(({ at, how }) => (how.kind === kind ? [at] : [])).sort((a, b) => a - b);
  for (const at of columns) requireKind(facts, at, 'numbers');
  if (columns.length === 0) return [];
  const standardization = kind === 'plain' ? null : standardizationOf(facts.featureStatistics, columns);
  return [{ kind: 'values', columns, standardization }];
}

function category(facts: TableFacts, column: number, how: Seen): InputBlock[] {
  if (how.kind !== 'oneHot' && how.kind !== 'embedding') return [];
  const size = requireKind(facts, column, 'a category');
  if (size === 0) return []; // no value was frequent enough
  return how.kind === 'oneHot'
    ? [{ kind: 'oneHot', column, size, standardization: null }]
    : [{ kind: 'embedding', column, size, units: how.units }];
}

/** @returns the number of categories, 0 for numbers */
function requireKind({ features }: TableFacts, column: number, kind: 'numbers' | 'a category'): number {
  const { name, categories } = features[column]!;
  const is = categories === null ? 'numbers' : 'a category';
  if (is !== kind) throw new TypeError(`Feature '${name}' is ${is} and cannot be seen as ${kind}.`);
  return categories?.length ?? 0;
}
