import { compareTrials } from '../pareto/trial-order.js';
import { createRng, type Rng } from '../rng.js';
import type { Direction, Observation } from '../sampler.js';
import { type Adaptation, adapt, newAdaptation } from './adaptation.js';
import type { CmaEsNote } from './cma-es-note.js';
import { type CmaEsRun, nextRun } from './cma-es-run.js';
import { deviation, type Gaussian, gaussianOf, lengthOf, pointAt, whitened } from './gaussian.js';
import { hasEnded, type Milestone, memoryOf } from './has-ended.js';
import { withMargin } from './margin.js';
import type { NumericAxis } from './numeric-axis.js';
import { standardNormal } from './standard-normal.js';
import { type Strategy, strategyFor } from './strategy.js';

/** What stays the same for a whole study. */
export interface SearchFrame {
  readonly axes: readonly NumericAxis[];
  readonly direction: Direction;
  readonly studySeed: number;
  readonly firstRun: CmaEsRun;
}

/** The search at one generation. */
export interface SearchState {
  readonly frame: SearchFrame;
  readonly generation: number;
  readonly run: CmaEsRun;
  readonly strategy: Strategy;
  readonly adaptation: Adaptation;
  /** By how much each coordinate is sampled wider than the adaptation says; 1 unless the margin asks for more. */
  readonly stretch: Float64Array;
  readonly past: readonly Milestone[];
}

/** A trial and the generation that it was drawn from. */
export interface DrawnTrial {
  readonly trial: Observation;
  readonly note: CmaEsNote;
  readonly state: SearchState;
}

/** The streams of a study that start new runs: below 0, where no draw is. Keys -1 and -2 are other samplers'. */
const RESTART_KEY = -3;

/** The stream of a draw that places its point: below 0, because TPE, which chooses the rest of the configuration, counts from 0. */
const POINT_KEY = -1;

export function startState(frame: SearchFrame, generation: number, run: CmaEsRun, gaussian: Gaussian): SearchState {
  const strategy = strategyFor(frame.axes.length, run.population);
  const ones = gaussian.mean.map(() => 1);
  return keepMargin({ frame, generation, run, strategy, adaptation: newAdaptation(gaussian), stretch: ones, past: [] });
}

/** The unit point that belongs to a note's random numbers, before the stretch. */
export function drawnPoint({ frame, adaptation }: SearchState, { draw, attempt }: CmaEsNote): Float64Array {
  const rng = createRng(frame.studySeed).fork(draw).fork(POINT_KEY).fork(attempt);
  const normals = Float64Array.from(frame.axes, () => standardNormal(rng));
  return pointAt(adaptation.gaussian, normals);
}

/** Where a drawn point is evaluated. */
export function stretched({ adaptation, stretch }: SearchState, point: Float64Array): Float64Array {
  const { mean } = adaptation.gaussian;
  return point.map((x, i) => mean[i]! + stretch[i]! * (x - mean[i]!));
}

/** The next generation, which is a new run's first one when this run has ended. @param trials one population of them */
export function nextState(state: SearchState, trials: readonly DrawnTrial[]): SearchState {
  const { frame, strategy } = state;
  const ranked = trials.toSorted((a, b) => compareTrials(a.trial, b.trial, frame.direction));
  const steps = ranked.map((drawn) => stepTo(drawn, state));
  const adaptation = adapt(state.adaptation, strategy, steps);
  const milestone = { best: ranked[0]!.trial, median: ranked[ranked.length >> 1]!.trial };
  const past = [...state.past, milestone].slice(-memoryOf(frame.axes.length, strategy.population, adaptation.age));
  const next = keepMargin({ ...state, generation: state.generation + 1, adaptation, past });
  const last = ranked.map(({ trial }) => trial);
  return hasEnded(frame.axes, adaptation.gaussian, past, last, frame.direction) ? restarted(next) : next;
}

/** A new run at a random place. */
export function restartedState(state: SearchState): SearchState {
  return restarted({ ...state, generation: state.generation + 1 });
}

function restarted({ frame, generation, run, adaptation }: SearchState): SearchState {
  const rng = createRng(frame.studySeed).fork(RESTART_KEY).fork(generation);
  const next = nextRun(frame.firstRun, run, adaptation.age * run.population, rng);
  return startState(frame, generation, next, randomGaussian(frame.axes.length, next.sigma, rng));
}

function randomGaussian(dimension: number, sigma: number, rng: Rng): Gaussian {
  return gaussianOf(
    Float64Array.from({ length: dimension }, () => rng.next()),
    sigma,
    identity(dimension),
  );
}

export function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0));
}

/**
 * From the mean to the trial's point, in sigmas. A point drawn from an earlier generation may be improbable by now, so it
 * counts as no farther away than is usual.
 * @see Hansen 2011, "Injecting external solutions into CMA-ES", arXiv:1110.4181
 */
function stepTo({ note, state: source }: DrawnTrial, state: SearchState): Float64Array {
  const { gaussian } = state.adaptation;
  const { mean, sigma } = gaussian;
  const n = mean.length;
  const step = drawnPoint(source, note).map((x, i) => (x - mean[i]!) / sigma);
  if (source === state) return step;
  const usual = Math.sqrt(n) + (2 * n) / (n + 2);
  const shrink = Math.min(1, usual / lengthOf(whitened(gaussian, step)));
  return step.map((x) => shrink * x);
}

function keepMargin(state: SearchState): SearchState {
  const { frame, adaptation, strategy } = state;
  const { gaussian } = adaptation;
  const margin = 1 / (frame.axes.length * strategy.population);
  const mean = Float64Array.from(gaussian.mean);
  const stretch = Float64Array.from(state.stretch);
  frame.axes.forEach(({ axis }, i) => {
    if (axis.cells === Infinity) return;
    const kept = withMargin(axis, { centre: mean[i]!, stretch: stretch[i]! }, deviation(gaussian, i), margin);
    mean[i] = kept.centre;
    stretch[i] = kept.stretch;
  });
  return { ...state, adaptation: { ...adaptation, gaussian: { ...gaussian, mean } }, stretch };
}
