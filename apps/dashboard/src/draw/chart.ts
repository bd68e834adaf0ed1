import { cellWidth, fit } from '../text/cell-width.js';
import { formatNumber } from '../text/format-number.js';
import { DotCanvas } from './dot-canvas.js';
import type { Glyphs } from './glyphs.js';
import { type Line, span, type Tone } from './line.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `steps` holds its value until the next point; points with a NaN or infinite y are left out. */
export interface Series {
  readonly points: readonly Point[];
  readonly style: 'dots' | 'line' | 'steps';
  readonly tone: Tone;
}

export interface ChartOptions {
  /** In cells, labels included. */
  readonly width: number;
  readonly height: number;
  /** Later ones are drawn over earlier ones. */
  readonly series: readonly Series[];
  /** What the y axis spans; what lies outside is drawn at its edge. Default: all points. */
  readonly yRange?: readonly [number, number];
  readonly xLabel: string;
  readonly glyphs: Glyphs;
}

/** A chart with y labels on the left and x labels below; an empty one where there is nothing to show. */
export function chart({ width, height, series, yRange, xLabel, glyphs }: ChartOptions): readonly Line[] {
  const shown = series.map((each) => ({ ...each, points: each.points.filter(({ y }) => Number.isFinite(y)) }));
  const xs = spanOf(shown.flatMap(({ points }) => points.map(({ x }) => x)));
  const ys = yRange ?? spanOf(shown.flatMap(({ points }) => points.map(({ y }) => y)));
  if (xs === null || ys === null || height < 2) return [];
  const labels = ys[0] === ys[1] ? [formatNumber(ys[0], 4), ''] : [ys[1], ys[0]].map((y) => formatNumber(y, 4));
  const labelWidth = Math.max(...labels.map(cellWidth));
  const plotWidth = width - labelWidth - 1;
  if (plotWidth < 4) return [];
  const canvas = new DotCanvas(plotWidth, height - 1, glyphs.set);
  const place = placer(canvas, xs, ys);
  for (const each of shown) plot(canvas, each, place);
  const plotted = canvas.lines().map((line, row) => {
    const label = row === 0 ? labels[0]! : row === height - 2 ? labels[1]! : '';
    const edge = label === '' ? glyphs.axis : glyphs.tick;
    return [span(fit(label, labelWidth, 'right') + edge, 'dim'), ...line];
  });
  return [...plotted, [span(' '.repeat(labelWidth + 1) + xAxis(xs, xLabel, plotWidth), 'dim')]];
}

type Place = (point: Point) => { readonly x: number; readonly y: number };

function placer(canvas: DotCanvas, xs: readonly [number, number], ys: readonly [number, number]): Place {
  const at = (value: number, [low, high]: readonly [number, number], dots: number): number =>
    high > low ? Math.round(Math.min(Math.max((value - low) / (high - low), 0), 1) * (dots - 1)) : Math.floor(dots / 2);
  return ({ x, y }) => ({ x: at(x, xs, canvas.dotsAcross), y: canvas.dotsDown - 1 - at(y, ys, canvas.dotsDown) });
}

function plot(canvas: DotCanvas, { points, style, tone }: Series, place: Place): void {
  let before: ReturnType<Place> | null = null;
  for (const point of points) {
    const here = place(point);
    if (before === null || style === 'dots') {
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
  const [left, right] = [formatNumber(low, 6), formatNumber(high, 6)];
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
