import type { TrialRecord } from '@assay/study';
import { fitLine, type Line, span, type Tone, toned } from '../draw/line.js';
import { cellWidth, fit, printable } from '../text/cell-width.js';
import { formatDuration } from '../text/format-duration.js';
import { formatNumber } from '../text/format-number.js';
import { formatScalar } from '../text/format-scalar.js';
import { shortName } from '../text/short-name.js';
import type { Scene } from '../view/scene.js';
import { chosenIndex } from '../view/scene-queries.js';
import type { Field } from '../view/trial-fields.js';

const WIDTHS: Readonly<Record<Field['kind'], number>> = {
  number: 5,
  state: 8,
  value: 9,
  time: 7,
  reports: 7,
  reason: 12,
  param: 9,
};

/** A narrow table leaves these out first. */
const OPTIONAL: readonly Field['kind'][] = ['reports', 'reason'];

/** The width from which the optional columns are worth their place. */
const ROOMY = 100;

/** Titles and the rows of the window: nothing outside of it is drawn. */
export function tableLines(scene: Scene, width: number): readonly Line[] {
  const { rows, state, tableRows, glyphs, snapshot } = scene;
  if (rows.length === 0) return [[span(emptyText(scene), 'dim')]];
  const columns = visibleFields(scene, width);
  const chosen = chosenIndex(scene);
  const best = new Set(snapshot.insights.best.map(({ number }) => number));
  const drawn = rows.slice(state.top, state.top + tableRows).map((trial, i) => {
    const line = row(trial, columns, best.has(trial.number), glyphs.ellipsis);
    const isChosen = state.top + i === chosen && state.focus === 'trials';
    const marked: Line = [span(isChosen ? '>' : ' '), ...line];
    return isChosen ? toned(fitLine(marked, width, glyphs.ellipsis), 'selected') : marked;
  });
  return [titles(scene, columns), ...drawn];
}

function emptyText({ snapshot, state, filterProblem }: Scene): string {
  if (filterProblem !== null) return ` ${filterProblem}`;
  return state.filter !== '' && snapshot.ended.length > 0 ? ' no trial matches the filter' : ' no trial has ended yet';
}

/** Number, state, values and time, then parameters as they fit; the sorted column always. */
export function visibleFields({ fields, state }: Scene, width: number): readonly Field[] {
  const always = (field: Field): boolean =>
    field.kind !== 'param' && (width >= ROOMY || !OPTIONAL.includes(field.kind));
  const sorted = fields.find(({ name }) => name === state.sort.by);
  const visible = fields.filter((field) => always(field) || (field === sorted && field.kind !== 'param'));
  let room = width - 1 - visible.reduce((sum, field) => sum + columnWidth(field) + 1, 0);
  const params = fields.filter(({ kind }) => kind === 'param');
  if (sorted?.kind === 'param') room -= columnWidth(sorted) + 1;
  const shown = params.filter((field) => {
    if (field === sorted) return true;
    const fits = columnWidth(field) <= room;
    room = fits ? room - columnWidth(field) - 1 : -1;
    return fits;
  });
  return [...visible, ...shown];
}

function columnWidth({ kind, name }: Field): number {
  return kind === 'param' ? Math.max(WIDTHS.param, cellWidth(columnName(name)) + 1) : WIDTHS[kind];
}

/** The longest title of a column. */
const TITLE_WIDTH = 14;

function columnName(name: string): string {
  return shortName(printable(name), TITLE_WIDTH);
}

function titles({ state, glyphs }: Scene, columns: readonly Field[]): Line {
  const cells = columns.flatMap((field) => {
    const isSorted = field.name === state.sort.by;
    const arrow = state.sort.descending ? glyphs.descending : glyphs.ascending;
    const title = columnName(field.name) + (isSorted ? arrow : '');
    return [
      span(fit(title, columnWidth(field), alignOf(field), glyphs.ellipsis), isSorted ? 'strong' : 'dim'),
      span(' '),
    ];
  });
  return [span(' '), ...cells];
}

function alignOf({ kind }: Field): 'left' | 'right' {
  return kind === 'state' || kind === 'reason' ? 'left' : 'right';
}

function row(trial: TrialRecord, columns: readonly Field[], isBest: boolean, mark: string): Line {
  const tone = rowTone(trial, isBest);
  return columns.flatMap((field) => [
    span(fit(cell(trial, field), columnWidth(field), alignOf(field), mark), tone),
    span(' '),
  ]);
}

function rowTone({ state, end }: TrialRecord, isBest: boolean): Tone {
  if (isBest) return 'good';
  if (state === 'failed' || end?.reason === 'diverged') return 'bad';
  return state === 'pruned' ? 'dim' : 'plain';
}

function cell(trial: TrialRecord, field: Field): string {
  const value = field.read(trial);
  if (value === null && field.kind !== 'param') return '';
  if (value === null) return field.name in trial.params ? 'null' : '';
  if (field.kind === 'time') return formatDuration(Number(value) * 1_000);
  if (field.kind === 'value') return formatNumber(Number(value));
  return printable(formatScalar(value));
}
