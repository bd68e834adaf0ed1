import type { TrialRecord } from '@assay/study';
import { DOTS, DotCanvas } from '../draw/dot-canvas.js';
import { type Line, span, type Tone } from '../draw/line.js';
import { cellWidth, fit, printable, truncate } from '../text/cell-width.js';
import { shortName } from '../text/short-name.js';
import { type Axis, objectiveAxis, observedAxis, parameterAxis } from '../view/parallel-axes.js';
import type { Scene } from '../view/scene.js';
import { chosenBest } from '../view/scene-queries.js';
import type { Heading } from './panel-frame.js';
import { BEST_MARK } from './trial-row.js';

/** Axes stand no nearer to each other than this, in cells. */
const LEAST_GAP = 12;

/** What is left free beside the outer axes, for their labels. */
const MARGIN = 5;

/** Names, upper ends, lower ends. */
const LABEL_ROWS = 3;

export function parallelHeading(scene: Scene): Heading {
  const { bright, faint } = scene.ranked;
  const title = 'Parallel coordinates';
  if (bright.length === 0) return { title, note: '' };
  const { length } = scene.front;
  const front = bright.length < length ? `front (${bright.length} of ${length})` : `front ${length}`;
  const [brightLook, faintLook] = scene.glyphs.set === 'ascii' ? ['o', '.'] : ['bright', 'dim'];
  const chosen = chosenBest(scene);
  const note = [
    `${brightLook} ${length > 0 ? front : `best ${bright.length}`}`,
    ...(faint.length === 0 ? [] : [`${faintLook} next ${faint.length}`]),
    ...(chosen === null ? [] : [`${BEST_MARK} trial ${chosen.number}`]),
  ];
  return { title, note: note.join('  ') };
}

/** The best trials as lines across upright axes: the parameters that matter most, then what they came to. */
export function parallelLines(scene: Scene, width: number, height: number): readonly Line[] {
  const rows = height - LABEL_ROWS;
  if (scene.ranked.bright.length === 0) return [[span(' no trial is complete yet', 'dim')]];
  if (rows < 2) return [];
  const axes = axesOf(scene, Math.max(2, Math.floor((width - 2 * MARGIN) / LEAST_GAP) + 1));
  const mark = scene.glyphs.ellipsis;
  return [
    labelRow(axes, width, 'strong', ({ name }, room) => shortName(printable(name), room, mark)),
    labelRow(axes, width, 'dim', ({ ticks }, room) => truncate(printable(ticks.at(-1)!.label), room, mark)),
    ...plotted(scene, axes, width, rows),
    labelRow(axes, width, 'dim', ({ ticks: [lowest] }, room) => truncate(printable(lowest.label), room, mark)),
  ];
}

/** At most `count`: all objectives, and before them as many parameters as there is room for. */
function axesOf({ snapshot, fields, objectives, ranked }: Scene, count: number): readonly Axis[] {
  const shown = [...ranked.bright, ...ranked.faint];
  const declared = new Map(snapshot.study?.definition?.space.map((parameter) => [parameter.name, parameter]));
  const values = objectives.slice(0, count).map((objective) => objectiveAxis(objective, shown));
  const parameters = fields
    .filter(({ kind, name }) => kind === 'param' && shown.some(({ params }) => Object.hasOwn(params, name)))
    .slice(0, count - values.length)
    .map(({ name }) => {
      const parameter = declared.get(name);
      return parameter === undefined ? observedAxis(name, shown) : parameterAxis(parameter);
    });
  return [...parameters, ...values];
}

/** One label an axis, centred on it. */
function labelRow(
  axes: readonly Axis[],
  width: number,
  tone: Tone,
  labelOf: (axis: Axis, room: number) => string,
): Line {
  const columns = columnsOf(axes, width);
  const edges = columns.map((column, i) => (i === 0 ? 0 : Math.floor((columns[i - 1]! + column + 1) / 2)));
  const cells = axes.map((axis, i) => {
    const room = (edges[i + 1] ?? width) - edges[i]!;
    const label = labelOf(axis, room - 1);
    const before = Math.max(0, columns[i]! - edges[i]! - Math.floor((cellWidth(label) - 1) / 2));
    return fit(' '.repeat(Math.min(before, room - cellWidth(label))) + label, room);
  });
  return [span(cells.join(''), tone)];
}

/** Axes in their columns, and dots to draw on. */
interface Stage {
  readonly canvas: DotCanvas;
  readonly axes: readonly Axis[];
  readonly columns: readonly number[];
  /** Dots beside each other in a cell. */
  readonly across: number;
}

function plotted({ ranked, ...scene }: Scene, axes: readonly Axis[], width: number, rows: number): readonly Line[] {
  const { set, axis } = scene.glyphs;
  const stage = {
    canvas: new DotCanvas(width, rows, set),
    axes,
    columns: columnsOf(axes, width),
    across: DOTS[set].across,
  };
  for (const column of stage.columns) {
    for (let y = 0; y < stage.canvas.dotsDown; y++) stage.canvas.mark(column * stage.across, y, axis, 'dim');
  }
  const isAscii = set === 'ascii';
  for (const trial of ranked.faint.toReversed()) drawOther(stage, trial, 'dim', isAscii ? '.' : null);
  for (const trial of ranked.bright.toReversed()) drawOther(stage, trial, 'accent', isAscii ? 'o' : null);
  drawTicks(stage, rows);
  const chosen = chosenBest(scene);
  if (chosen !== null) {
    drawTrial(stage, chosen, 'good');
    markStops(stage, chosen, 'good', BEST_MARK);
  }
  return stage.canvas.lines();
}

/** @param mark instead of a line: lines of one dot a cell run together */
function drawOther(stage: Stage, trial: TrialRecord, tone: Tone, mark: string | null): void {
  if (mark === null) drawTrial(stage, trial, tone);
  else markStops(stage, trial, tone, mark);
}

function markStops(stage: Stage, trial: TrialRecord, tone: Tone, mark: string): void {
  for (const stop of stopsOf(stage, trial)) {
    if (stop !== null) stage.canvas.mark(stop.x, stop.y, mark, tone);
  }
}

function drawTrial(stage: Stage, trial: TrialRecord, tone: Tone): void {
  const stops = stopsOf(stage, trial);
  for (const [i, to] of stops.entries()) {
    const from = stops[i - 1] ?? to;
    if (to !== null && from !== null) stage.canvas.segment(from.x, from.y, to.x, to.y, tone);
  }
}

/** Where a trial crosses the axes; null at those that it has no value on. */
function stopsOf({ canvas, axes, columns, across }: Stage, trial: TrialRecord) {
  return axes.map(({ place }, i) => {
    const at = place(trial);
    return at === null ? null : { x: columns[i]! * across, y: dotRow(canvas, at) };
  });
}

function dotRow({ dotsDown }: DotCanvas, at: number): number {
  return Math.round((1 - at) * (dotsDown - 1));
}

/** The choices between the ends, beside their axis, where they do not stand on top of each other. */
function drawTicks({ canvas, axes, columns, across }: Stage, rows: number): void {
  for (const [i, { ticks }] of axes.entries()) {
    if (ticks.length - 1 > rows / 2) continue;
    for (const { label, at } of ticks.slice(1, -1)) {
      const text = truncate(printable(label), LEAST_GAP - 4, '');
      if (cellWidth(text) !== text.length) continue; // a mark is one cell
      const first = columns[i]! + 1;
      for (const [j, character] of Array.from(text).entries()) {
        canvas.mark((first + j) * across, dotRow(canvas, at), character, 'dim');
      }
    }
  }
}

function columnsOf(axes: readonly Axis[], width: number): readonly number[] {
  const [first, last] = [Math.min(MARGIN, width - 1), Math.max(0, width - 1 - MARGIN)];
  return axes.map((_, i) => (i === 0 ? first : Math.round(first + (i * (last - first)) / (axes.length - 1))));
}
