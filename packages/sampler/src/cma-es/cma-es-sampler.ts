import { cardinality, type ParamValues, type SearchSpace } from '@assay/space';
import { type Axis, fillActive, pointOf, valueAt } from '../axis.js';
import { type PointCache, pointCache } from '../point-cache.js';
import { rememberLast } from '../remember-last.js';
import type { Direction, Sampler, SamplerContext, Suggestion } from '../sampler.js';
import { SamplerError } from '../sampler-error.js';
import { tpeSampler } from '../tpe/tpe-sampler.js';
import { type TriedPoints, triedPoints } from '../tpe/tried-points.js';
import { writeNote } from './cma-es-note.js';
import { type CmaEsOptions, resolveCmaEsOptions } from './cma-es-options.js';
import { firstRun } from './cma-es-run.js';
import { fromUnit, numericAxes } from './numeric-axis.js';
import { abandon, findPlace, learn, type SearchPlace } from './search-history.js';
import { drawnPoint, type SearchFrame, stretched } from './search-state.js';

/** Attempts at a configuration that has not been tried, before the search goes on elsewhere. */
const ATTEMPTS = 100;

const rest = tpeSampler();

const NOTHING: Suggestion = { params: {} };

/**
 * Covariance matrix adaptation (Hansen 2016), for one objective: a normal distribution over the numeric parameters that are
 * in every configuration and that no other one depends on, integers and other discrete ones with a margin, with restarts
 * (BIPOP). Categories, conditional parameters and those that switch them on are TPE's, given all trials, as if alone. Where
 * values are discrete throughout, nothing is suggested twice, and null when a finite space is used up.
 * A generation has learnt once a population of trials has finished; until then, further ones are drawn from it.
 * After 20 trials of another sampler, or of an earlier study, it starts at the best tenth of them.
 * `check` and `suggest` throw {SamplerError} `ONE_OBJECTIVE_ONLY` for several objectives.
 * @throws {SamplerError} `UNKNOWN_OPTION`, `BAD_OPTION`
 */
export function cmaEsSampler(options: Partial<CmaEsOptions> = {}): Sampler {
  const resolved = resolveCmaEsOptions(options);
  const frameOf = frameMaker(resolved);
  return {
    name: 'cma-es',
    settings: { ...resolved },
    check: (_, directions) => void onlyDirection(directions),
    suggest: (context) => {
      const direction = onlyDirection(context.directions);
      const frame = frameOf(context, direction);
      if (frame.axes.length === 0) return rest.suggest(context);
      const others = frame.axes.length === context.space.length ? NOTHING : rest.suggest(context);
      return others === null ? null : suggestFrom(frame, context, others.params);
    },
  };
}

function onlyDirection(directions: readonly Direction[]): Direction {
  if (directions.length === 1) return directions[0]!;
  throw new SamplerError(
    'ONE_OBJECTIVE_ONLY',
    `cma-es searches for the best value of one objective, the study has ${directions.length}; take auto, gp, tpe or nsga-ii`,
  );
}

/** The same object for the same study, because states are remembered by it. */
function frameMaker(options: CmaEsOptions): (context: SamplerContext, direction: Direction) => SearchFrame {
  const remember = rememberLast<SearchSpace, SearchFrame>();
  return ({ space, studySeed }, direction) =>
    remember(space, [studySeed, direction], () => {
      const axes = numericAxes(pointCache(space).axes);
      return { axes, direction, studySeed, firstRun: firstRun(axes.length, options.population, options.sigma) };
    });
}

function suggestFrom(frame: SearchFrame, context: SamplerContext, others: ParamValues): Suggestion | null {
  const cache = pointCache(context.space);
  const tried = isFiniteSpace(context.space) ? triedIn(context, cache) : null;
  const known = findPlace(frame, context);
  const place = learn(known);
  const message = place.state.run === known.state.run ? {} : { message: restartMessage(place, known) };
  const found = drawFrom(place, context, others, cache.axes, tried);
  if (found !== null) return { ...found, ...message };
  const elsewhere = abandon(place);
  const next = drawFrom(elsewhere, context, others, cache.axes, tried);
  if (next !== null) return { ...next, message: restartMessage(elsewhere, known) };
  const params = tried?.untried(context.rng) ?? null;
  return params === null ? null : { params };
}

function isFiniteSpace(space: SearchSpace): boolean {
  return space.every(({ distribution }) => cardinality(distribution) !== Infinity);
}

function triedIn({ space, history, running }: SamplerContext, cache: PointCache): TriedPoints {
  return triedPoints(
    space,
    cache.axes,
    [...history, ...running].map(({ params }) => cache.pointOf(params)),
  );
}

/** Null when every attempt has been tried before. @param tried null where that cannot happen */
function drawFrom(
  { state, origin }: SearchPlace,
  { draw }: SamplerContext,
  others: ParamValues,
  axes: readonly Axis[],
  tried: TriedPoints | null,
): Suggestion | null {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const note = { ...origin, draw, attempt };
    const units = stretched(state, drawnPoint(state, note));
    const params = withNumeric(others, axes, state.frame, units);
    if (!tried?.has(pointOf(axes, params))) return { params, note: writeNote(note) };
  }
  return null;
}

/** The others' configuration with the search's own values in it. */
function withNumeric(
  others: ParamValues,
  axes: readonly Axis[],
  { axes: own }: SearchFrame,
  units: Float64Array,
): ParamValues {
  const coordinates = new Map(own.map(({ axis, index }, i) => [index, fromUnit(axis, units[i]!)]));
  return fillActive(axes, (axis, index) => {
    const coordinate = coordinates.get(index);
    return coordinate === undefined ? others[axis.parameter.name]! : valueAt(axis, coordinate);
  });
}

function restartMessage({ state }: SearchPlace, { state: before }: SearchPlace): string {
  const trials = state.run.spent[before.run.regime] - before.run.spent[before.run.regime];
  return `cma-es has settled after ${trials} trials and starts again at random, ${state.run.population} trials a generation`;
}
