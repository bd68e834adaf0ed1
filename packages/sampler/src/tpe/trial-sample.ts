import type { Observation } from '../sampler.js';
import type { TrialChanges } from './trial-changes.js';

/** Up to so many trials, all are in the sample; beyond, about half of them to all of them. */
const CAPACITY = 10_000;

/**
 * An even sample of a study's trials, so that a suggestion costs no more after a million of them than after ten thousand.
 * A trial is in or out by a hash of its number alone, and the share that is in halves whenever the trials have doubled:
 * what is in follows from the trials, not from when they came.
 */
export class TrialSample {
  #trials: Observation[] = [];
  #halvings = 0;

  /** Ascending by number. */
  get trials(): readonly Observation[] {
    return this.#trials;
  }

  /** @param all ascending by number, after the changes */
  update(all: readonly Observation[], { removed, added }: TrialChanges): void {
    const halvings = Math.max(0, Math.ceil(Math.log2(all.length / CAPACITY)));
    if (removed.length > 0 || halvings < this.#halvings) this.#trials = all.filter(isInSample(halvings));
    else {
      if (halvings > this.#halvings) this.#trials = this.#trials.filter(isInSample(halvings));
      for (const trial of added.filter(isInSample(halvings))) this.#insert(trial);
    }
    this.#halvings = halvings;
  }

  /** Nearly always at the end. */
  #insert(trial: Observation): void {
    let place = this.#trials.length;
    while (place > 0 && this.#trials[place - 1]!.number > trial.number) place -= 1;
    if (place === this.#trials.length) this.#trials.push(trial);
    else this.#trials.splice(place, 0, trial);
  }
}

function isInSample(halvings: number): (trial: Observation) => boolean {
  const below = 2 ** (32 - halvings);
  return ({ number }) => hash32(number) < below;
}

/** MurmurHash3's 32-bit finalizer. */
function hash32(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
