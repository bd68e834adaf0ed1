import { createRng, type Observation, type Sampler } from '@assay/sampler';
import type { TestFunction } from './functions.js';

/** Runs trials one after the other. @returns the best regret after each of them */
export function simulate(sampler: Sampler, target: TestFunction, trials: number, studySeed: number): readonly number[] {
  const history: Observation[] = [];
  const best: number[] = [];
  for (let number = 0; number < trials; number++) {
    const suggestion = sampler.suggest({
      space: target.parameters,
      directions: ['minimize'],
      history,
      running: [],
      prior: [],
      reportedObjective: 0,
      budget: trials,
      number,
      draw: number,
      studySeed,
      rng: createRng(studySeed).fork(number),
    });
    if (suggestion === null) break;
    const value = target.regret(suggestion.params);
    history.push(observed(number, suggestion.params, value));
    best.push(Math.min(value, best.at(-1) ?? Infinity));
  }
  return best;
}

function observed(number: number, params: Observation['params'], value: number): Observation {
  return { number, state: 'complete', params, values: [value], constraints: [], reports: [], note: null };
}
