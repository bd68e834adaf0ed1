import { createRng, type Observation, type Sampler } from '@assay/sampler';
import type { StartSearch, Study } from './searcher.js';

/** One of our samplers as a searcher: keeps what a study would hand to it. */
export function samplerSearch(sampler: Sampler): StartSearch {
  return async (study) => {
    const running: Observation[] = [];
    const finished: Observation[] = [];
    return {
      ask: async (number) => {
        const suggestion = sampler.suggest(contextOf(study, finished, running, number));
        if (suggestion !== null) running.push(started(number, suggestion.params, suggestion.note ?? null));
        return suggestion;
      },
      tell: async (trial) => {
        const place = running.findIndex(({ number }) => number === trial.number);
        const [mine] = running.splice(place, 1);
        insertByNumber(finished, { ...trial, note: mine!.note });
      },
    };
  };
}

/** The lists are copied, as a study makes them anew for each trial. */
function contextOf(
  { space, directions, repeats, seed, budget }: Study,
  finished: readonly Observation[],
  running: readonly Observation[],
  number: number,
): Parameters<Sampler['suggest']>[0] {
  return {
    space,
    directions,
    history: finished.slice(),
    running: running.slice(),
    prior: [],
    reportedObjective: 0,
    repeats,
    budget,
    number,
    draw: number,
    studySeed: seed,
    rng: createRng(seed).fork(number),
  };
}

function started(number: number, params: Observation['params'], note: Observation['note']): Observation {
  return { number, state: 'running', params, values: [], constraints: [], reports: [], note };
}

function insertByNumber(finished: Observation[], trial: Observation): void {
  const place = finished.findLastIndex(({ number }) => number < trial.number) + 1;
  finished.splice(place, 0, trial);
}
