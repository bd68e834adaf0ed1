import { betterFirst, type Objective } from '../data/objectives.js';
import { chart, type Series } from '../draw/chart.js';
import { type Line, span } from '../draw/line.js';
import { printable } from '../text/cell-width.js';
import { formatNumber } from '../text/format-number.js';
import type { ChartData } from '../view/chart-data.js';
import type { Scene } from '../view/scene.js';
import { chosenTrial } from '../view/scene-queries.js';
import type { Heading } from './panel-frame.js';
import { BEST_MARK } from './trial-row.js';

/** The trials in the plane of two objectives, the volume that they dominate, or the best value so far. */
export function chartLines(scene: Scene, width: number, height: number): readonly Line[] {
  const drawn = linesOf(scene.chart, scene, width, height);
  return drawn.length === 0 ? [[span(' no trial is complete yet', 'dim')]] : drawn;
}

export function chartHeading({ chart: data, snapshot, front }: Scene): Heading {
  switch (data.kind) {
    case 'front': {
      const infeasible = data.infeasible.length === 0 ? '' : `  ${INFEASIBLE_MARK} infeasible`;
      return { title: `Front ${front.length}`, note: `${BEST_MARK} front${infeasible}` };
    }
    case 'hypervolume': {
      const last = data.points.at(-1);
      return { title: `Hypervolume${last === undefined ? '' : ` ${formatNumber(last.hypervolume, 4)}`}`, note: '' };
    }
    case 'best': {
      const { objective } = data;
      const [best] = snapshot.best.toSorted(betterFirst(objective));
      const title = `Best ${printable(objective.name)}`;
      if (best === undefined) return { title, note: '' };
      return { title: `${title} ${formatNumber(best.values[objective.index]!)}`, note: `trial ${best.number}` };
    }
  }
}

function linesOf(data: ChartData, scene: Scene, width: number, height: number): readonly Line[] {
  switch (data.kind) {
    case 'front':
      return frontChart(data, scene, width, height);
    case 'hypervolume':
      return hypervolumeChart(data, scene, width, height);
    case 'best':
      return bestChart(data, scene, width, height);
  }
}

/** The best value so far as a line over the trials' own values as dots. */
function bestChart({ points, range }: ChartData & { kind: 'best' }, { glyphs }: Scene, width: number, height: number) {
  return chart({
    width,
    height,
    glyphs,
    xLabel: 'trial',
    ...(range !== null && { xRange: numbersOf(points), yRange: range }),
    series: [
      { style: 'dots', tone: 'dim', points: points.map(({ number, value }) => ({ x: number, y: value })) },
      { style: 'steps', tone: 'accent', points: points.map(({ number, best }) => ({ x: number, y: best })) },
    ],
  });
}

/** @param points ascending, at least one */
function numbersOf(points: readonly { readonly number: number }[]): readonly [number, number] {
  return [points[0]!.number, points.at(-1)!.number];
}

function hypervolumeChart(
  { points }: ChartData & { kind: 'hypervolume' },
  { glyphs }: Scene,
  width: number,
  height: number,
) {
  const curve = points.map(({ number, hypervolume }) => ({ x: number, y: hypervolume }));
  return chart({ width, height, glyphs, xLabel: 'trial', series: [{ style: 'steps', tone: 'accent', points: curve }] });
}

/** What trials that violate a constraint are marked with. */
const INFEASIBLE_MARK = 'x';

/** Dominated trials as dots, those that violate a constraint and the front as marks, the chosen one inverse. */
function frontChart(data: ChartData & { kind: 'front' }, scene: Scene, width: number, height: number) {
  const { x, y, xRange, yRange, front, dominated, infeasible } = data;
  const { glyphs } = scene;
  const series: readonly Series[] = [
    { style: 'dots', tone: 'bad', points: infeasible, mark: INFEASIBLE_MARK },
    { style: 'dots', tone: 'dim', points: dominated, ...(glyphs.set === 'ascii' && { mark: '.' }) },
    { style: 'dots', tone: 'good', points: front, mark: BEST_MARK },
    ...chosenSeries(data, scene),
  ];
  return chart({
    width,
    height,
    glyphs,
    series,
    xLabel: `${printable(x.name)} (${aimOf(x)})`,
    yLabel: [printable(y.name), `(${aimOf(y)})`],
    ...(xRange !== null && { xRange }),
    ...(yRange !== null && { yRange }),
  });
}

function aimOf({ direction }: Objective): string {
  return direction === 'minimize' ? 'min' : 'max';
}

function chosenSeries(data: ChartData & { kind: 'front' }, scene: Scene): readonly Series[] {
  const number = chosenTrial(scene)?.number;
  const chosen = (group: 'front' | 'dominated' | 'infeasible', mark: string): readonly Series[] => {
    const points = data[group].filter((point) => point.number === number);
    return points.length === 0 ? [] : [{ style: 'dots', tone: 'selected', points, mark }];
  };
  return [...chosen('dominated', 'o'), ...chosen('infeasible', INFEASIBLE_MARK), ...chosen('front', BEST_MARK)];
}
