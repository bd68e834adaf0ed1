import { axisPairs, chosenTarget } from './chart-view.js';
import { innerRows } from './layout.js';
import type { Scene } from './scene.js';
import { notice, type Step, step } from './step.js';

const ONE_OBJECTIVE = 'the study has one objective';

export function whyNotChart({ objectives, layout }: Scene): string | null {
  if (objectives.length === 1) return `${ONE_OBJECTIVE}: its chart is the best value so far`;
  return innerRows(layout, 'chart') > 0 ? null : 'the chart is not on this view: 3 shows it';
}

/** From the front to the volume that it dominates, to the best value of each objective, and back. */
export function nextChart(scene: Scene): Step {
  return step(scene, { chart: scene.state.chart + 1 });
}

export function whyNotAxes(scene: Scene): string | null {
  const { objectives, chart } = scene;
  if (objectives.length === 1) return ONE_OBJECTIVE;
  if (axisPairs(objectives).length === 1) return 'two objectives have one pair of axes';
  return whyNotChart(scene) ?? (chart.kind === 'front' ? null : 'c goes on to the front, which has axes to change');
}

export function nextAxes(scene: Scene): Step {
  return step(scene, { pair: scene.state.pair + 1 });
}

export function whyNotTarget({ objectives }: Scene): string | null {
  return objectives.length > 1 ? null : `${ONE_OBJECTIVE}: parameters are weighed for that`;
}

/** Weighs the parameters for the next objective, or for the front. */
export function nextTarget(scene: Scene): Step {
  const { state, objectives } = scene;
  const next = { ...state, target: state.target + 1 };
  const target = chosenTarget(objectives, next);
  const text = target.kind === 'front' ? 'the front' : target.objective.name;
  return step(scene, { target: next.target, notice: notice(scene, `parameters are weighed for ${text}`) });
}
