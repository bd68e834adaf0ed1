import type { Reject, SourceEntry } from './manifest.js';
import { PreprocessingError } from './preprocessing-error.js';
import type { ColumnStatistics } from './running-statistics.js';
import { SPLIT_NAMES, type SplitName } from './split-rule.js';

/** Malformed rows that a refusal shows; all of them are in a file. */
const EXAMPLES = 2;

/** Sums by reason. */
export function addUp(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const count of counts)
    for (const [reason, rows] of Object.entries(count)) sums[reason] = (sums[reason] ?? 0) + rows;
  return sums;
}

/**
 * @param rejects the first rejects of all sources
 * @param allRejects the file that lists them all
 * @throws {PreprocessingError} TOO_MANY_BAD_ROWS
 */
export function assertFewBad(
  { name, rows, malformed }: SourceEntry,
  maxBad: number,
  rejects: readonly Reject[],
  allRejects: string,
): void {
  if (malformed <= maxBad * rows) return;
  const examples = rejects
    .filter(({ file }) => file === name)
    .slice(0, EXAMPLES)
    .map(({ line, reason }) => ` line ${line}: ${reason};`);
  throw new PreprocessingError(
    'TOO_MANY_BAD_ROWS',
    `${malformed} of ${rows} rows are malformed:${examples.join('')} ...`,
    {
      file: name,
      expected: `at most ${maxBad * 100} %`,
      hint: `All of them are listed in ${allRejects}. Mend the file, or allow more`,
    },
  );
}

/** @throws {PreprocessingError} NO_ROWS_LEFT */
export function assertRowsLeft(sources: readonly SourceEntry[]): void {
  const kept = (split: SplitName): number => sources.reduce((sum, source) => sum + source.kept[split], 0);
  const needed = SPLIT_NAMES.filter((name) => name === 'train' || sources.some(({ role }) => role === name));
  const lacking = needed.find((name) => kept(name) === 0);
  if (lacking === undefined) return;
  const dropped = Object.entries(addUp(sources.map((source) => source.dropped))).filter(([, rows]) => rows > 0);
  const reasons = dropped.map(([reason, rows]) => `${reason} ${rows}`).join(', ');
  throw new PreprocessingError('NO_ROWS_LEFT', `no ${lacking} row is left after cleaning (dropped: ${reasons})`, {
    expected: 'at least one',
    hint: 'Check that the files fit the recipe',
  });
}

/** @throws {PreprocessingError} CONSTANT_LABEL */
export function assertLabelVaries(name: string, { min, max }: ColumnStatistics, rows: number): void {
  if (rows < 2 || min < max) return;
  throw new PreprocessingError('CONSTANT_LABEL', `the label ${name} is ${min} in all ${rows} training rows`, {
    expected: 'two different values at least',
    hint: 'Check that it is the right column, and what the rules drop',
  });
}
