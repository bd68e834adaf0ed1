import { type BestPoint, bestSoFar, type HypervolumePoint } from '@assay/analysis';
import { isFeasible, type TrialRecord } from '@assay/study';
import { type Objective, seenBy } from '../data/objectives.js';
import type { StudySnapshot } from '../data/study-snapshot.js';
import type { ChartView } from './chart-view.js';

/** A complete trial in the plane of two objectives. */
export interface PlanePoint {
  readonly number: number;
  readonly x: number;
  readonly y: number;
}

export type Range = readonly [low: number, high: number];

/** What the chart is drawn from. A range is null where nothing has a finite value. */
export type ChartData =
  | {
      readonly kind: 'front';
      readonly x: Objective;
      readonly y: Objective;
      readonly front: readonly PlanePoint[];
      readonly dominated: readonly PlanePoint[];
      readonly infeasible: readonly PlanePoint[];
      readonly xRange: Range | null;
      readonly yRange: Range | null;
    }
  | { readonly kind: 'hypervolume'; readonly points: readonly HypervolumePoint[] }
  | {
      readonly kind: 'best';
      readonly objective: Objective;
      readonly points: readonly BestPoint[];
      readonly range: Range | null;
    };

type Evaluated = Pick<StudySnapshot, 'ended' | 'best'>;

export function chartData(
  view: ChartView,
  { ended, best }: Evaluated,
  hypervolume: readonly HypervolumePoint[],
): ChartData {
  switch (view.kind) {
    case 'front':
      return plane(view, ended, new Set(best));
    case 'hypervolume':
      return { kind: 'hypervolume', points: hypervolume };
    case 'best': {
      const { objective } = view;
      const points = bestSoFar(seenBy(objective, ended), objective.direction);
      const values = points.map(({ value }) => value);
      return { kind: 'best', objective, points, range: shownRange(values, objective, []) };
    }
  }
}

function plane(
  { x, y }: ChartView & { kind: 'front' },
  ended: readonly TrialRecord[],
  best: ReadonlySet<TrialRecord>,
): ChartData {
  const [front, dominated, infeasible]: [PlanePoint[], PlanePoint[], PlanePoint[]] = [[], [], []];
  for (const trial of ended) {
    if (trial.state !== 'complete') continue;
    const group = best.has(trial) ? front : isFeasible(trial) ? dominated : infeasible;
    group.push({ number: trial.number, x: trial.values[x.index]!, y: trial.values[y.index]! });
  }
  const all = [...front, ...dominated, ...infeasible];
  const range = (objective: Objective, at: (point: PlanePoint) => number): Range | null =>
    shownRange(all.map(at), objective, front.map(at));
  return {
    kind: 'front',
    x,
    y,
    front,
    dominated,
    infeasible,
    xRange: range(x, (point) => point.x),
    yRange: range(y, (point) => point.y),
  };
}

/** How many of the values a chart spans; the worst ones are drawn at its edge, or they would flatten all others. */
const SHOWN_SHARE = 0.85;

/** @param needed values that the range spans whatever their share */
function shownRange(values: readonly number[], { direction }: Objective, needed: readonly number[]): Range | null {
  const sorted = Float64Array.from(values.filter(Number.isFinite)).sort();
  if (sorted.length === 0) return null;
  const cut = Math.ceil(sorted.length * SHOWN_SHARE) - 1;
  const shown = direction === 'minimize' ? [sorted[0]!, sorted[cut]!] : [sorted.at(-1 - cut)!, sorted.at(-1)!];
  const spanned = Float64Array.from([...shown, ...needed.filter(Number.isFinite)]).sort();
  return [spanned[0]!, spanned.at(-1)!];
}
