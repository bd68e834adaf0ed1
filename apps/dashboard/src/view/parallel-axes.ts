import { type Parameter, type Scalar, toModel } from '@assay/space';
import type { TrialRecord } from '@assay/study';
import type { Objective } from '../data/objectives.js';
import { formatNumber } from '../text/format-number.js';
import { formatScalar } from '../text/format-scalar.js';

/** A place on an axis: 0 at its bottom, 1 at its top. */
export interface Tick {
  readonly label: string;
  readonly at: number;
}

/** One of the parallel coordinates. */
export interface Axis {
  readonly name: string;
  /** From the bottom to the top; the first and the last are its ends. */
  readonly ticks: readonly [Tick, ...Tick[]];
  /** Where a trial lies on it; null where it has no value. */
  readonly place: (trial: TrialRecord) => number | null;
}

/** A parameter over its whole range, in the units that it is searched in: logarithmic ones too, choices one by one. */
export function parameterAxis({ name, distribution }: Parameter): Axis {
  const ends = endsOf(distribution);
  const [low, high] = [toModel(distribution, ends[0]!), toModel(distribution, ends.at(-1)!)];
  const at = (value: Scalar): number => shareOf(toModel(distribution, value), low, high);
  return {
    name,
    ticks: ends.map((end) => ({ label: formatScalar(end), at: at(end) })) as unknown as Axis['ticks'],
    place: ({ params }) => (Object.hasOwn(params, name) ? at(params[name]!) : null),
  };
}

function endsOf(distribution: Parameter['distribution']): readonly Scalar[] {
  switch (distribution.kind) {
    case 'float':
    case 'int':
      return [distribution.low, distribution.high];
    case 'categorical':
      return distribution.choices;
    case 'ordered':
      return distribution.values;
  }
}

/** A parameter that no space declares, over the values that the trials have: numbers on a scale, others one by one. */
export function observedAxis(name: string, trials: readonly TrialRecord[]): Axis {
  const values = trials.flatMap(({ params }) => (Object.hasOwn(params, name) ? [params[name]!] : []));
  const distribution = values.every((value) => typeof value === 'number')
    ? ({ kind: 'float', low: Math.min(...values), high: Math.max(...values), log: false, step: null } as const)
    : ({ kind: 'categorical', choices: [...new Set(values)].sort() } as const);
  return parameterAxis({ name, distribution, condition: null });
}

/** An objective over the values of the trials, the best one on top. */
export function objectiveAxis({ index, name, direction }: Objective, trials: readonly TrialRecord[]): Axis {
  const values = trials.map((trial) => trial.values[index]!).filter(Number.isFinite);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const [bottom, top] = direction === 'minimize' ? [most, least] : [least, most];
  const tick = (value: number): Tick => ({ label: formatNumber(value, 4), at: shareOf(value, bottom, top) });
  return {
    name,
    ticks: [tick(bottom), tick(top)],
    place: ({ values: own }) => (Number.isFinite(own[index]) ? shareOf(own[index]!, bottom, top) : null),
  };
}

/** In the middle where the range is a point. */
function shareOf(value: number, low: number, high: number): number {
  return low === high ? 0.5 : Math.min(Math.max((value - low) / (high - low), 0), 1);
}
