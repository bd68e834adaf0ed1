import type { Direction, LearningCurve } from './learning-curve.js';
import type { PrunerContext } from './pruner.js';

/** A curve that reports these values at steps 0, 1, ...; undefined leaves a step out. Running, and number 0, unless told. */
export function curve(
  values: readonly (number | undefined)[],
  rest: Partial<Omit<LearningCurve, 'reports'>> = {},
): LearningCurve {
  const reports = values.flatMap((value, step) => (value === undefined ? [] : [{ step, value }]));
  return { number: 0, state: 'running', rungs: [], value: null, ...rest, reports };
}

/** A curve with this one value, reported at `step`. */
export function curveAt(
  step: number,
  value: number,
  rest: Partial<Omit<LearningCurve, 'reports'>> = {},
): LearningCurve {
  return { number: 0, state: 'running', rungs: [], value: null, ...rest, reports: [{ step, value }] };
}

/** Complete trials, numbered from 1 on, each with its values at steps 0, 1, ... */
export function completed(...curves: readonly (readonly (number | undefined)[])[]): LearningCurve[] {
  return curves.map((values, index) => curve(values, { number: index + 1, state: 'complete' }));
}

/** Trials that have stored these values at rung 0, 1, ..., numbered from 1 on; pruned unless told. */
export function climbers(
  rungs: readonly (readonly number[])[],
  state: LearningCurve['state'] = 'pruned',
): LearningCurve[] {
  return rungs.map((values, index) => ({ number: index + 1, state, reports: [], rungs: values, value: null }));
}

export function contextOf(
  trial: LearningCurve,
  trials: readonly LearningCurve[],
  direction: Direction = 'minimize',
  studyName = 'study',
): PrunerContext {
  return { studyName, direction, trial, trials };
}
