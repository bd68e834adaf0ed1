import {
  autoPick,
  isFeasible,
  isIgnored,
  NO_MARKS,
  ONCE,
  REPEAT_VALUES,
  type Repeats,
  type StudyRecord,
  type TrialRecord,
} from '@assay/study';
import type { Objective } from '../data/objectives.js';
import type { StudySnapshot } from '../data/study-snapshot.js';
import { chart } from '../draw/chart.js';
import type { Glyphs } from '../draw/glyphs.js';
import { type Line, span, type Tone } from '../draw/line.js';
import { settledRange } from '../draw/settled-range.js';
import { cellWidth, fit, printable, wrapText } from '../text/cell-width.js';
import { formatDateTime, formatDuration } from '../text/format-duration.js';
import { formatNumber } from '../text/format-number.js';
import { formatJson, formatScalar } from '../text/format-scalar.js';
import { assayCommand, type CommandStyle } from '../view/assay-command.js';
import { constraintRows, type RepeatedRuns, type Row, repeatedRuns, repeatRows } from './trial-facts.js';

export interface TrialPageOptions {
  readonly snapshot: StudySnapshot;
  readonly columns: number;
  /** Rows of the curve. */
  readonly curveRows: number;
  readonly objectives: readonly Objective[];
  /** The best trial, or the chosen one of the front: what a curve is compared with. */
  readonly best: TrialRecord | null;
  readonly glyphs: Glyphs;
  readonly command: CommandStyle;
}

/** Everything about one trial, as long as it takes; the screen scrolls over it. */
export function trialPage(trial: TrialRecord, options: TrialPageOptions): readonly Line[] {
  const { snapshot, columns, objectives } = options;
  const values = trial.values.map((value, i): Row => [objectives[i]?.name ?? 'value', formatNumber(value, 10)]);
  const { study } = snapshot;
  const repeated = repeatedRuns(trial, study, objectives);
  const attributes = Object.entries(trial.attributes).filter(([name]) => repeated === null || name !== REPEAT_VALUES);
  return [
    ...heading(trial, options),
    ...error(trial, columns),
    ...section('Result', [...values, ...times(trial, snapshot.nowMs), ...samplerRow(trial)], columns),
    ...remarks(trial, columns),
    ...section('Constraints', constraintRows(trial), columns),
    ...(repeated === null ? curve(trial, options) : repeats(repeated, study?.definition?.repeats ?? ONCE, columns)),
    ...section(
      'Parameters',
      Object.entries(trial.params).map(([name, value]) => [name, exactScalar(value)]),
      columns,
    ),
    ...section(
      'Attributes',
      attributes.map(([name, value]) => [name, formatJson(value)]),
      columns,
    ),
  ];
}

/** What people say of the trial. */
function remarks({ marks = NO_MARKS }: TrialRecord, columns: number): readonly Line[] {
  const { note, tags } = marks;
  return [
    ...(tags.length === 0 ? [] : [[], [span(' Tags  ', 'strong'), span(printable(tags.join(', ')))]]),
    ...(note === null ? [] : [[], [span(' Note', 'strong')], ...text(note, columns, 'plain')]),
  ];
}

const STATE_TONES: Readonly<Record<TrialRecord['state'], Tone>> = {
  waiting: 'dim',
  running: 'accent',
  complete: 'good',
  pruned: 'warning',
  failed: 'bad',
};

function heading(trial: TrialRecord, { snapshot, command }: TrialPageOptions): readonly Line[] {
  const isBest = snapshot.best.some(({ number }) => number === trial.number);
  const best = snapshot.best.length > 1 ? '  on the front' : '  the best so far';
  return [
    [
      span(` Trial ${trial.number}  `, 'strong'),
      span(trial.state, STATE_TONES[trial.state]),
      span(isFeasible(trial) ? '' : '  infeasible', 'bad'),
      span(isIgnored(trial) ? '  ignored: it counts for nothing' : '', 'warning'),
      span(isBest ? best : '', 'good'),
      span(trial.retryOf === null ? '' : `  again: first tried as trial ${trial.retryOf}`, 'dim'),
    ],
    ...(trial.state === 'complete' ? [[span(` ${printable(nextStep(trial, snapshot.study, command))}`, 'dim')]] : []),
  ];
}

/** A study on a table, which stores what its rows are, trains its final model itself; any other one hands its parameters out. */
function nextStep({ number }: TrialRecord, study: StudyRecord | null, command: CommandStyle): string {
  const trial = `${study?.name ?? ''}@${number}`;
  if (study?.definition?.facts.dataset === undefined) {
    return `use its parameters: ${assayCommand(command, 'best', trial, '--format json')}`;
  }
  return `train with its parameters: ${assayCommand(command, 'train', trial)}`;
}

function error({ end, state }: TrialRecord, columns: number): readonly Line[] {
  if (end === null) return [];
  const tone = state === 'failed' ? 'bad' : 'warning';
  const stack = (end.stack ?? '').split('\n').filter((line) => line.trim() !== '' && !line.endsWith(end.message));
  return [
    [],
    [span(` ${state === 'failed' ? 'Error' : 'Ended early'}  `, 'strong'), span(end.reason, tone)],
    ...text(end.message, columns, tone),
    ...stack.flatMap((line) => text(line, columns, 'dim')),
  ];
}

function text(content: string, columns: number, tone: Tone): readonly Line[] {
  return content
    .split(/\r\n|\n|\r/)
    .flatMap((line) => wrapText(printable(line), columns - 4))
    .map((line) => [span(`   ${line}`, tone)]);
}

function times({ startedMs, finishedMs, reports }: TrialRecord, nowMs: number): readonly Row[] {
  const last = reports.at(-1);
  return [
    ...(startedMs === null ? [] : [['started', formatDateTime(startedMs)] as const]),
    ...(finishedMs === null ? [] : [['finished', formatDateTime(finishedMs)] as const]),
    ...(startedMs === null ? [] : [['took', formatDuration((finishedMs ?? nowMs) - startedMs)] as const]),
    [
      'reports',
      last === undefined ? 'none' : `${reports.length}, the last ${formatNumber(last.value)} at step ${last.step}`,
    ],
  ];
}

/** Only where the trial says: a study's sampler may have been another one when this trial was made. */
function samplerRow({ note }: TrialRecord): readonly Row[] {
  const pick = autoPick(note);
  return pick === null ? [] : [['sampler', `auto: ${printable(pick)}`]];
}

function curve(
  { reports, number }: TrialRecord,
  { columns, curveRows, glyphs, snapshot, best }: TrialPageOptions,
): readonly Line[] {
  if (reports.length < 2) return [];
  const other = best === null || best.number === number ? [] : best.reports;
  const points = (of: TrialRecord['reports']) => of.map(({ step, value }) => ({ x: step, y: value }));
  const ranges = [reports, other].flatMap((of) => settledRange(of.map(({ value }) => value)) ?? []);
  const lines = chart({
    width: Math.min(columns - 4, 140),
    height: curveRows,
    xLabel: 'step',
    ...(ranges.length === 0 ? {} : { yRange: [Math.min(...ranges), Math.max(...ranges)] }),
    glyphs,
    series: [
      { style: 'line', tone: 'dim', points: points(other) },
      { style: 'line', tone: 'accent', points: points(reports) },
    ],
  });
  const standing = snapshot.best.length > 1 ? 'on the front' : 'the best so far';
  const note = other.length === 0 ? '' : `  dim: trial ${best?.number}, ${standing}`;
  const metric = snapshot.study?.definition?.pruneMetric ?? null;
  const title = metric === null ? 'Learning curve' : `Learning curve of ${printable(metric)}`;
  return [[], [span(` ${title}`, 'strong'), span(note, 'dim')], ...lines.map((line) => [span('  '), ...line])];
}

function repeats(repeated: RepeatedRuns, { count, aggregate }: Repeats, columns: number): readonly Line[] {
  const done = repeated.runs.length;
  const title = done < count ? `Repeats: ${done} of ${count} done` : 'Repeats';
  return section(title, repeatRows(repeated, aggregate), columns);
}

function section(title: string, rows: readonly Row[], columns: number): readonly Line[] {
  if (rows.length === 0) return [];
  const shown = rows.map(([name, value]): Row => [printable(name), printable(value)]);
  const nameWidth = Math.min(Math.max(...shown.map(([name]) => cellWidth(name))), Math.floor(columns / 2));
  return [
    [],
    [span(` ${title}`, 'strong')],
    ...shown.flatMap(([name, value]) =>
      wrapText(value, Math.max(10, columns - nameWidth - 6)).map(
        (line, i): Line => [span(`   ${fit(i === 0 ? name : '', nameWidth)}  `, 'dim'), span(line)],
      ),
    ),
  ];
}

/** With every digit: this is where one looks a value up. */
function exactScalar(value: Parameters<typeof formatScalar>[0]): string {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : formatScalar(value);
}
