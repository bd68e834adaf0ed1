import type { ParamValues, SearchSpace } from '@assay/space';
import { createRng } from './rng.js';
import type { Direction, Observation, Sampler, SamplerContext } from './sampler.js';

/** Values, when a trial is complete; else whatever it ends with. */
type Ending = readonly number[] | { readonly [K in keyof Observation]?: Observation[K] };

export interface SimulatedStudy {
  readonly space: SearchSpace;
  readonly directions?: readonly Direction[];
  /** How many trials finish. */
  readonly trials: number;
  readonly studySeed?: number;
  /** Trials in flight; which of them ends first is random. */
  readonly workers?: number;
  readonly prior?: readonly Observation[];
  /** Trials that are there already. */
  readonly history?: readonly Observation[];
  evaluate(params: ParamValues, number: number): Ending;
}

export interface SimulatedRun {
  /** By number. */
  readonly finished: readonly Observation[];
  readonly messages: readonly string[];
  /** What the next trial would have been told. */
  readonly context: SamplerContext;
}

/** Runs a study as `optimize` would; ends early when the sampler has nothing left to try. */
export function simulateStudy(sampler: Sampler, study: SimulatedStudy): SimulatedRun {
  const { trials, studySeed = 1, workers = 1, evaluate } = study;
  const finished: Observation[] = [...(study.history ?? [])];
  const running: Observation[] = [];
  const messages: string[] = [];
  const order = createRng(studySeed).fork(-9);
  const end = finished.length + trials;
  const endSome = (most: number): void => {
    while (running.length > most) {
      const [trial] = running.splice(Math.floor(order.next() * running.length), 1);
      finished.push(ended(trial!, evaluate(trial!.params, trial!.number)));
      finished.sort((a, b) => a.number - b.number);
    }
  };
  for (let number = finished.length; number < end; number++) {
    const suggestion = sampler.suggest(contextAt(study, finished, running, number));
    if (suggestion === null) break;
    if (suggestion.message !== undefined) messages.push(suggestion.message);
    running.push(trialOf(number, suggestion.params, suggestion.note ?? null));
    endSome(workers - 1);
  }
  endSome(0);
  return { finished, messages, context: contextAt(study, finished, running, end) };
}

function contextAt(
  { space, directions = ['minimize'], prior = [], trials, studySeed = 1 }: SimulatedStudy,
  finished: readonly Observation[],
  running: readonly Observation[],
  number: number,
): SamplerContext {
  return {
    space,
    directions,
    history: [...finished],
    running: [...running],
    prior,
    reportedObjective: 0,
    repeats: 1,
    budget: trials,
    number,
    draw: number,
    studySeed,
    rng: createRng(studySeed).fork(number),
  };
}

function trialOf(number: number, params: ParamValues, note: Observation['note']): Observation {
  return { number, state: 'running', params, values: [], constraints: [], reports: [], note };
}

function ended(trial: Observation, ending: Ending): Observation {
  const end = Array.isArray(ending) ? { values: ending as readonly number[] } : (ending as Partial<Observation>);
  return { ...trial, state: 'complete', ...end };
}
