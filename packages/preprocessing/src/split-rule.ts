import { PreprocessingError } from './preprocessing-error.js';
import { timesOf } from './recipe/local-times.js';
import type { TypedTable } from './typed-table.js';

/** The three disjoint sets of rows. */
export type SplitName = 'train' | 'validation' | 'test';
export const SPLIT_NAMES: readonly SplitName[] = ['train', 'validation', 'test'];

/** What a file was given as. Rows of test files are always test rows. */
export type SourceRole = SplitName;

/**
 * Which rows of the training files become validation and test rows, as plain data. `validationFile.test` is the share of the
 * validation files' rows that become test rows instead, by the hash of each row's content, so that the same row always lands on
 * the same side.
 */
export type SplitRule = {
  readonly validationFile: { readonly test: number };
} /** With `unlessFiles`, a set that has files of its own takes no share of the training files. */ & (
  | { readonly by: 'rows'; readonly validation: number; readonly test: number; readonly unlessFiles?: true }
  /** Rows from a moment on (milliseconds since 1970 UTC); null: none. */
  | {
      readonly by: 'time';
      readonly column: string;
      readonly validationFrom: number | null;
      readonly testFrom: number | null;
    }
  /** The latest rows; where they begin is learned from the rows. */
  | { readonly by: 'latest'; readonly column: string; readonly validation: number; readonly test: number }
  /** Shares inside every group of rows that agree in a column. */
  | { readonly by: 'group'; readonly column: string; readonly validation: number; readonly test: number }
);

/** Where the validation and test rows of a split by time begin, in milliseconds since 1970 UTC; null: there are none. */
export interface TimeCuts {
  readonly validationFrom: number | null;
  readonly testFrom: number | null;
}

/** The side of each row of a chunk. Asked at most once for every row, in order, and for kept rows only. */
export type RowSplitter = (table: TypedTable, hashes: Uint32Array) => (row: number) => SplitName;

/**
 * @param cuts what was learned for a split by the latest rows
 * @returns the splitter for one file
 */
export function splitterOf(rule: SplitRule, role: SourceRole, cuts: TimeCuts | null): RowSplitter {
  switch (role) {
    case 'train':
      return trainSplitter(rule, cuts);
    case 'validation':
      return (_, hashes) => (row) => (position(hashes[row]!) < rule.validationFile.test ? 'test' : 'validation');
    case 'test':
      return () => () => 'test';
  }
}

function trainSplitter(rule: SplitRule, cuts: TimeCuts | null): RowSplitter {
  switch (rule.by) {
    case 'rows':
      return (_, hashes) => (row) => sideOf(position(hashes[row]!), rule);
    case 'time':
      return timeSplitter(rule.column, rule);
    case 'latest':
      return timeSplitter(rule.column, cuts ?? { validationFrom: null, testFrom: null });
    case 'group':
      return groupSplitter(rule);
  }
}

/** The rule without `unlessFiles`, where files of these roles are given. */
export function splitBeside(rule: SplitRule, roles: ReadonlySet<SourceRole>): SplitRule {
  if (rule.by !== 'rows' || rule.unlessFiles === undefined) return rule;
  const { unlessFiles: _, ...named } = rule;
  return {
    ...named,
    validation: roles.has('validation') ? 0 : named.validation,
    test: roles.has('test') ? 0 : named.test,
  };
}

/** @param hash uniform on 0 .. 2^32 - 1 @returns uniform on [0, 1) */
function position(hash: number): number {
  return hash / 2 ** 32;
}

/** The lowest positions are test rows, the next ones validation rows, the others training rows. */
function sideOf(at: number, { validation, test }: { validation: number; test: number }): SplitName {
  if (at < test) return 'test';
  return at < test + validation ? 'validation' : 'train';
}

function timeSplitter(column: string, { validationFrom, testFrom }: TimeCuts): RowSplitter {
  const [first, last] = [validationFrom ?? Number.POSITIVE_INFINITY, testFrom ?? Number.POSITIVE_INFINITY];
  return (table) => {
    const times = timesOf(table, column);
    return (row) => (times[row]! >= last ? 'test' : times[row]! >= first ? 'validation' : 'train');
  };
}

/** Steps of this size on a circle of length 1 never come together: every stretch of a group has its shares of each side. */
const GOLDEN_STEP = (Math.sqrt(5) - 1) / 2;

/**
 * Shares inside every group, to within two or three rows a group: the group's first row stands at a place of its own (the first
 * row's hash), and each further row one golden step on.
 */
function groupSplitter(rule: { column: string; validation: number; test: number }): RowSplitter {
  const places = new Map<string | number, number>();
  return (table, hashes) => {
    const groups = table.column(rule.column).values;
    return (row) => {
      const group = groups[row]!;
      const place = places.get(group) ?? position(hashes[row]!);
      places.set(group, (place + GOLDEN_STEP) % 1);
      return sideOf(place, rule);
    };
  };
}

/**
 * Refuses shares and moments that make no split.
 * @throws {PreprocessingError} BAD_OPTION
 */
export function checkSplit(rule: SplitRule): void {
  const shares = [rule.validationFile.test, ...(rule.by === 'time' ? [] : [rule.validation, rule.test])];
  const taken = rule.by === 'time' ? 0 : rule.validation + rule.test;
  if (!shares.every((share) => share >= 0 && share < 1) || !(taken < 1)) {
    throw new PreprocessingError('BAD_OPTION', `the split takes the shares ${shares.join(', ')}`, {
      expected: 'shares from 0 on, below 1 in all',
    });
  }
  if (rule.by !== 'time' || rule.validationFrom === null || rule.testFrom === null) return;
  if (!(rule.validationFrom <= rule.testFrom))
    throw new PreprocessingError('BAD_OPTION', 'the test rows begin before the validation rows', {
      expected: 'validationFrom before testFrom',
    });
}

/** The columns that a split reads beside the rows' hash. */
export function columnsOfSplit(rule: SplitRule): readonly string[] {
  return rule.by === 'rows' ? [] : [rule.column];
}
