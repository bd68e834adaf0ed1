import { bestByHypervolume } from '../pareto/best-by-hypervolume.js';
import type { Direction, Observation } from '../sampler.js';
import { sharedBeginning, type TrialChanges, trialChanges } from './trial-changes.js';
import { compareRanks, lossesOf, rankOf, type TrialRank } from './trial-rank.js';
import { TrialSample } from './trial-sample.js';

/** How trials of a study are compared. */
export interface Objectives {
  readonly directions: readonly Direction[];
  /** Which of them pruned trials are compared by. */
  readonly reportedObjective: number;
}

/** A study's finished trials, kept up with its history: the best of them, and a sample of all. */
export class FinishedTrials {
  readonly #objectives: Objectives;
  readonly #mostGood: number;
  /** Ascending by number. */
  readonly #trials: Observation[] = [];
  readonly #sample = new TrialSample();
  /** Best first, as far as `mostGood`; worked out anew for several objectives, where one trial can change all ranks. */
  #best: TrialRank[] = [];
  #front: { readonly count: number; readonly trials: readonly Observation[] } | null = null;

  /** @param mostGood the most that `best` will be asked for */
  constructor(objectives: Objectives, mostGood: number) {
    this.#objectives = objectives;
    this.#mostGood = mostGood;
  }

  get count(): number {
    return this.#trials.length;
  }

  /** An even sample of all, the same for the same trials; ascending by number. */
  get sample(): readonly Observation[] {
    return this.#sample.trials;
  }

  /** @param history in any order @returns what is new in it, and what is gone */
  sync(history: readonly Observation[]): TrialChanges {
    const shared = sharedBeginning(this.#trials, history);
    const rest = ascending(history.slice(shared));
    const follows = shared === 0 || rest.length === 0 || this.#trials[shared - 1]!.number < rest[0]!.number;
    return follows ? this.#replaceFrom(shared, rest) : this.#replaceFrom(0, ascending(history));
  }

  /** The best ones, best first. */
  best(count: number): readonly Observation[] {
    if (this.#objectives.directions.length === 1) return this.#best.slice(0, count).map(({ trial }) => trial);
    if (this.#front?.count !== count) this.#front = { count, trials: this.#bestOfSeveral(count) };
    return this.#front.trials;
  }

  #replaceFrom(start: number, trials: readonly Observation[]): TrialChanges {
    const changes = trialChanges(this.#trials.slice(start), trials);
    this.#trials.length = start;
    for (const trial of trials) this.#trials.push(trial);
    if (changes.removed.length > 0) this.#best = [];
    for (const trial of changes.removed.length > 0 ? this.#trials : changes.added) this.#admit(trial);
    this.#sample.update(this.#trials, changes);
    if (changes.removed.length + changes.added.length > 0) this.#front = null;
    return changes;
  }

  #admit(trial: Observation): void {
    const rank = rankOf(trial, this.#objectives);
    const best = this.#best;
    if (best.length === this.#mostGood && compareRanks(best.at(-1)!, rank) < 0) return;
    let place = best.length;
    while (place > 0 && compareRanks(best[place - 1]!, rank) > 0) place -= 1;
    best.splice(place, 0, rank);
    if (best.length > this.#mostGood) best.pop();
  }

  /** Complete trials by fronts and hypervolume, then the others by rank. */
  #bestOfSeveral(count: number): readonly Observation[] {
    const ranks = this.#trials.map((trial) => rankOf(trial, this.#objectives));
    const complete = ranks.filter(({ kind }) => kind === 'complete').map(({ trial }) => trial);
    const losses = complete.map((trial) => lossesOf(trial, this.#objectives.directions));
    const best = bestByHypervolume(losses, Math.min(count, complete.length)).map((index) => complete[index]!);
    const others = ranks.filter(({ kind }) => kind !== 'complete').sort(compareRanks);
    return [...best, ...others.map(({ trial }) => trial)].slice(0, count);
  }
}

function ascending(trials: readonly Observation[]): readonly Observation[] {
  for (let i = 1; i < trials.length; i++) {
    if (trials[i - 1]!.number > trials[i]!.number) return [...trials].sort((a, b) => a.number - b.number);
  }
  return trials;
}
