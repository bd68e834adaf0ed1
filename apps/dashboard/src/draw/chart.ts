import { cellWidth, fit, truncate } from '../text/cell-width.js';
import { formatNumber } from '../text/format-number.js';
import { DotCanvas } from './dot-canvas.js';
import type { Glyphs } from './glyphs.js';
import { type Line, span, type Tone } from './line.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `steps` holds its value until the next point; points with a NaN or infinite coordinate are left out. */
export interface Series {
  readonly points: readonly Point[];
  readonly style: 'dots' | 'line' | 'steps';
  readonly tone: Tone;
  /** A character of one cell that is drawn instead of each dot. */
  readonly mark?: string;
}

export interface ChartOptions {
  /** In cells, labels included. */
  readonly width: number;
  readonly height: number;
  /** Later ones are drawn over earlier ones. */
  readonly series: readonly Series[];
  /** What the y axis spans; what lies outside is drawn at its edge. Default: all points. */
  readonly yRange?: readonly [number, number];
  /** The same for the x axis. */
  readonly xRange?: readonly [number, number];
  readonly xLabel: string;
  /** Words below each other beside the middle of the y axis, where there is room. */
  readonly yLabel?: readonly string[];
  readonly glyphs: Glyphs;
}

/** A chart with y labels on the left and x labels below; an empty one where there is nothing to show. */
export function chart(options: ChartOptions): readonly Line[] {
  const { width, height, series, xLabel, yLabel = [], glyphs } = options;
  const shown = series.map((each) => ({ ...each, points: each.points.filter(isFinitePoint) }));
  const xs = options.xRange ?? spanOf(shown.flatMap(({ points }) => points.map(({ x }) => x)));
  const ys = options.yRange ?? spanOf(shown.flatMap(({ points }) => points.map(({ y }) => y)));
  const rows = height - 1;
  if (xs === null || ys === null || rows < 1 || shown.every(({ points }) => points.length === 0)) return [];
  const labels = yAxis(
    ys,
    yLabel.map((word) => truncate(word, Y_LABEL_WIDTH, glyphs.ellipsis)),
    rows,
  );
  const labelWidth = Math.max(...labels.map(cellWidth));
  const plotWidth = width - labelWidth - 1;
  if (plotWidth < 4) return [];
  const canvas = new DotCanvas(plotWidth, rows, glyphs.set);
  const place = placer(canvas, xs, ys);
  for (const each of shown) plot(canvas, each, place);
  const plotted = canvas.lines().map((line, row) => {
    const isTick = labels[row] !== '' && (row === 0 || row === rows - 1);
    return [span(fit(labels[row]!, labelWidth, 'right') + (isTick ? glyphs.tick : glyphs.axis), 'dim'), ...line];
  });
  return [...plotted, [span(' '.repeat(labelWidth + 1) + xAxis(xs, xLabel, plotWidth), 'dim')]];
}

function isFinitePoint({ x, y }: Point): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

/** The widest word beside the y axis. */
const Y_LABEL_WIDTH = 10;

/** What stands beside the rows: the ends of the range, and the label between them. */
function yAxis([low, high]: readonly [number, number], label: readonly string[], rows: number): readonly string[] {
  const column = new Array<string>(rows).fill('');
  column[0] = formatNumber(high, 4);
  if (low !== high && rows > 1) column[rows - 1] = formatNumber(low, 4);
  const words = label.slice(0, Math.max(0, rows - 2));
  const from = Math.floor((rows - words.length) / 2);
  for (const [i, word] of words.entries()) column[from + i] = word;
  return column;
}

type Place = (point: Point) => { readonly x: number; readonly y: number };

function placer(canvas: DotCanvas, xs: readonly [number, number], ys: readonly [number, number]): Place {
  const at = (value: number, [low, high]: readonly [number, number], dots: number): number =>
    high > low ? Math.round(Math.min(Math.max((value - low) / (high - low), 0), 1) * (dots - 1)) : Math.floor(dots / 2);
  return ({ x, y }) => ({ x: at(x, xs, canvas.dotsAcross), y: canvas.dotsDown - 1 - at(y, ys, canvas.dotsDown) });
}

function plot(canvas: DotCanvas, { points, style, tone, mark }: Series, place: Place): void {
  let before: ReturnType<Place> | null = null;
  for (const point of points) {
    const here = place(point);
    if (before?.x === here.x && before.y === here.y) continue; // thousands of trials share a dot
    if (mark !== undefined) {
      canvas.mark(here.x, here.y, mark, tone);
    } else if (before === null || style === 'dots') {
      canvas.dot(here.x, here.y, tone);
    } else if (style === 'line') {
      canvas.segment(before.x, before.y, here.x, here.y, tone);
    } else {
      canvas.segment(before.x, before.y, here.x, before.y, tone);
      canvas.segment(here.x, before.y, here.x, here.y, tone);
    }
    before = here;
  }
}

function xAxis([low, high]: readonly [number, number], label: string, width: number): string {
  const digits = Number.isInteger(low) && Number.isInteger(high) ? 6 : 4;
  const [left, right] = [formatNumber(low, digits), formatNumber(high, digits)];
  if (low === high || cellWidth(left) + cellWidth(right) + 1 > width) return fit(left, width);
  const middle = width - cellWidth(left) - cellWidth(right);
  const text = cellWidth(label) + 2 <= middle ? label : '';
  const before = Math.floor((middle - cellWidth(text)) / 2);
  return left + ' '.repeat(before) + fit(text, middle - before) + right;
}

function spanOf(values: readonly number[]): readonly [number, number] | null {
  if (values.length === 0) return null;
  let [low, high] = [values[0]!, values[0]!];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
