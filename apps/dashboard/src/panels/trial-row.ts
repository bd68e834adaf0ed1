import { isIgnored, type TrialRecord } from '@assay/study';
import type { Glyphs } from '../draw/glyphs.js';
import { fitLine, type Line, span, type Tone, toned } from '../draw/line.js';
import { cellWidth, fit, printable } from '../text/cell-width.js';
import { formatDuration } from '../text/format-duration.js';
import { formatNumber } from '../text/format-number.js';
import { formatScalar } from '../text/format-scalar.js';
import { shortName } from '../text/short-name.js';
import type { Field } from '../view/trial-fields.js';
import type { Sort } from '../view/trial-order.js';

const WIDTHS: Readonly<Record<Field['kind'], number>> = {
  number: 5,
  state: 8,
  value: 9,
  time: 7,
  reports: 7,
  reason: 12,
  param: 9,
};

/** The longest title of a parameter's column. */
const TITLE_WIDTH = 14;

function columnWidth({ kind, name, width }: Field): number {
  return kind === 'param' ? Math.max(WIDTHS.param, cellWidth(columnName(name)) + 1) : (width ?? WIDTHS[kind]);
}

/** The same columns, values with fewer digits. */
export function narrowed(columns: readonly Field[]): readonly Field[] {
  return columns.map((field) => (field.kind === 'value' ? { ...field, width: 7 } : field));
}

/** How many cells the columns take together, each with the space after it. */
export function widthOf(columns: readonly Field[]): number {
  return columns.reduce((sum, field) => sum + columnWidth(field) + 1, 0);
}

/** As many of the fields, in their order, as fit into the room; none behind the first that does not. */
export function fitting(fields: readonly Field[], room: number): readonly Field[] {
  let left = room;
  return fields.filter((field) => {
    const fits = columnWidth(field) <= left;
    left = fits ? left - columnWidth(field) - 1 : -1;
    return fits;
  });
}

function columnName(name: string): string {
  return shortName(printable(name), TITLE_WIDTH);
}

/** @param sort null where the rows have an order of their own */
export function titleRow(columns: readonly Field[], sort: Sort | null, glyphs: Glyphs): Line {
  const cells = columns.flatMap((field) => {
    const isSorted = field.name === sort?.by;
    const arrow = sort?.descending ? glyphs.descending : glyphs.ascending;
    const title = columnName(field.name) + (isSorted ? arrow : '');
    return [
      span(fit(title, columnWidth(field), alignOf(field), glyphs.ellipsis), isSorted ? 'strong' : 'dim'),
      span(' '),
    ];
  });
  return [span(' '), ...cells];
}

export interface RowLook {
  readonly width: number;
  readonly isBest: boolean;
  readonly isChosen: boolean;
  readonly glyphs: Glyphs;
}

/** One trial: `>` before the chosen one, and `*` behind the number of one of the best. */
export function trialRow(
  trial: TrialRecord,
  columns: readonly Field[],
  { width, isBest, isChosen, glyphs }: RowLook,
): Line {
  const tone = rowTone(trial, isBest);
  const cells = columns.flatMap((field) => [
    span(fit(cell(trial, field), columnWidth(field), alignOf(field), glyphs.ellipsis), tone),
    isBest && field.kind === 'number' ? span(BEST_MARK, tone) : span(' '),
  ]);
  const line: Line = [span(isChosen ? '>' : ' '), ...cells];
  return isChosen ? toned(fitLine(line, width, glyphs.ellipsis), 'selected') : line;
}

/** What the best trials are marked with, in the table and in the chart: not by colour alone. */
export const BEST_MARK = '*';

function alignOf({ kind }: Field): 'left' | 'right' {
  return kind === 'state' || kind === 'reason' ? 'left' : 'right';
}

function rowTone(trial: TrialRecord, isBest: boolean): Tone {
  const { state, end, constraints } = trial;
  if (isBest) return 'good';
  if (isIgnored(trial)) return 'dim';
  if (state === 'failed' || end?.reason === 'diverged') return 'bad';
  return state === 'pruned' || constraints.some((value) => value > 0) ? 'dim' : 'plain';
}

function cell(trial: TrialRecord, field: Field): string {
  const value = field.read(trial);
  if (value === null && field.kind !== 'param') return '';
  if (value === null) return field.name in trial.params ? 'null' : '';
  if (field.kind === 'time') return formatDuration(Number(value) * 1_000);
  if (field.kind === 'value') return formatNumber(Number(value), columnWidth(field) - 4);
  return printable(formatScalar(value));
}
