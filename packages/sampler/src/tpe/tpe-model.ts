import type { Axis } from '../axis.js';
import type { Observation } from '../sampler.js';
import { FinishedTrials, type Objectives } from './finished-trials.js';
import { Mixture, type WeighedTrials } from './mixture.js';
import type { TpeOptions } from './tpe-options.js';
import { rankWeights } from './trial-weights.js';

/** The densities of good configurations and of the others, kept up with the trials. */
export class TpeModel {
  readonly good: Mixture;
  readonly bad: Mixture;
  readonly #options: TpeOptions;
  readonly #weighs: boolean;
  readonly #earlier: FinishedTrials;
  /** By number of good trials. */
  readonly #rankWeights = new Map<number, Float64Array>();

  constructor(axes: readonly Axis[], objectives: Objectives, options: TpeOptions) {
    this.good = new Mixture(axes, options);
    this.bad = new Mixture(axes, options);
    this.#options = options;
    this.#weighs = objectives.directions.length === 1;
    this.#earlier = new FinishedTrials(objectives, options.maxGood);
  }

  /**
   * Splits the finished trials into the best and the rest; running ones, whose results are not known, belong to the rest, so
   * that workers spread out ("constant liar"). Those of an earlier study are split on their own.
   * @param running ascending by number
   */
  fit(finished: FinishedTrials, running: readonly Observation[], prior: readonly Observation[]): void {
    const good = this.#goodOf(finished);
    this.good.sync(good);
    this.bad.sync({ trials: merged(without(finished.sample, good.trials), running) });
    this.#earlier.sync(prior);
    const earlierGood = this.#goodOf(this.#earlier);
    const share = earlierShare(finished.count);
    this.good.syncEarlier(earlierGood, share);
    this.bad.syncEarlier({ trials: without(this.#earlier.sample, earlierGood.trials) }, share);
  }

  #goodOf(finished: FinishedTrials): WeighedTrials {
    const { gamma, maxGood } = this.#options;
    const best = finished.best(Math.min(Math.ceil(gamma * finished.count), maxGood));
    const order = best.map((_, rank) => rank).sort((a, b) => best[a]!.number - best[b]!.number);
    const trials = order.map((rank) => best[rank]!);
    if (!this.#weighs) return { trials };
    const byRank = this.#weightsOf(best.length);
    const weights = new Float64Array(order.length);
    for (let i = 0; i < weights.length; i++) weights[i] = byRank[order[i]!]!;
    return { trials, weights };
  }

  #weightsOf(count: number): Float64Array {
    const weights = this.#rankWeights.get(count) ?? rankWeights(count);
    this.#rankWeights.set(count, weights);
    return weights;
  }
}

/** Finished trials after which one of an earlier study counts half of one of this study. */
const HALF_LIFE = 5;

/** What a trial of an earlier study counts beside one of this study: less the more this study knows itself. */
function earlierShare(finished: number): number {
  return HALF_LIFE / (HALF_LIFE + finished);
}

/** Those of `all` that are not among `some`; both ascending by number, and so is the result. */
function without(all: readonly Observation[], some: readonly Observation[]): readonly Observation[] {
  const rest: Observation[] = [];
  let next = 0;
  for (let i = 0; i < all.length; i++) {
    while (next < some.length && some[next]!.number < all[i]!.number) next += 1;
    if (all[i] !== some[next]) rest.push(all[i]!);
  }
  return rest;
}

function merged(a: readonly Observation[], b: readonly Observation[]): readonly Observation[] {
  return b.length === 0 ? a : [...a, ...b].sort((x, y) => x.number - y.number);
}
