import type { Objective } from '../data/objectives.js';

/** What the chart shows: trials in the plane of two objectives, what the front dominates, or the best value so far. */
export type ChartView =
  | { readonly kind: 'front'; readonly x: Objective; readonly y: Objective }
  | { readonly kind: 'hypervolume' }
  | { readonly kind: 'best'; readonly objective: Objective };

/** What parameters are weighed for: all objectives together, or one. */
export type Target = { readonly kind: 'front' } | { readonly kind: 'objective'; readonly objective: Objective };

/** Where the keys that go through charts, pairs of objectives and targets have come to: each counts on without end. */
export interface Choices {
  readonly chart: number;
  readonly pair: number;
  readonly target: number;
}

export function chosenChart(objectives: readonly Objective[], { chart, pair }: Choices): ChartView {
  const views = chartViews(objectives, pair);
  return views[chart % views.length]!;
}

/** The objective that the chart is read along; the first one where it shows all together. */
export function leadingObjective(view: ChartView, objectives: readonly Objective[]): Objective {
  switch (view.kind) {
    case 'front':
      return view.x;
    case 'hypervolume':
      return objectives[0]!;
    case 'best':
      return view.objective;
  }
}

export function chosenTarget(objectives: readonly Objective[], { target }: Choices): Target {
  const targets = targetsOf(objectives);
  return targets[target % targets.length]!;
}

/** All charts of a study in the order in which a key goes through them. Of one objective there is one chart. */
function chartViews(objectives: readonly Objective[], pair: number): readonly ChartView[] {
  const best = objectives.map((objective): ChartView => ({ kind: 'best', objective }));
  const axes = axisPairs(objectives);
  if (axes.length === 0) return best;
  const [x, y] = axes[pair % axes.length]!;
  return [{ kind: 'front', x, y }, { kind: 'hypervolume' }, ...best];
}

/** Every two objectives, the first two first. */
export function axisPairs(objectives: readonly Objective[]): readonly (readonly [x: Objective, y: Objective])[] {
  return objectives.flatMap((x, i) => objectives.slice(i + 1).map((y) => [x, y] as const));
}

function targetsOf(objectives: readonly Objective[]): readonly Target[] {
  const each = objectives.map((objective): Target => ({ kind: 'objective', objective }));
  return each.length > 1 ? [{ kind: 'front' }, ...each] : each;
}
