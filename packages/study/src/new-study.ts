import { randomInt } from 'node:crypto';
import type { Pruner } from '@assay/pruner';
import type { Direction, Sampler } from '@assay/sampler';
import type { Json } from '@assay/space';
import { requirePartial } from './open-params.js';
import { priorFrom } from './prior-from.js';
import { ONCE, resolveRepeats } from './repeats.js';
import { StudyError } from './study-error.js';
import type { StudyOptions } from './study-options.js';
import type { NewStudy, Prior } from './study-store.js';

type GivenOptions<P> = StudyOptions<P> & { readonly sampler: Sampler; readonly pruner: Pruner };

/**
 * The study that options describe, checked in all that can be checked before it is there.
 * @throws {StudyError} `BAD_OPTION`, `BAD_PARAMS`; `INCOMPATIBLE_STUDY` for a warm start from a study of other objectives
 * @throws {SamplerError} when the sampler cannot serve it
 * @throws {SpaceError} when a trial to enqueue lies outside of the space
 */
export function newStudy<P>(options: GivenOptions<P>): NewStudy {
  const {
    name,
    space,
    directions = ['minimize'],
    facts = {},
    sampler,
    pruner,
    warmStart,
    pruneMetric = null,
  } = options;
  const metrics = options.metrics ?? metricNames(directions);
  requireObjectives(directions, metrics);
  requirePruneMetric(metrics, pruneMetric);
  if (space !== undefined) sampler.check?.(space.parameters, directions);
  const prior = priorOf(options, directions, metrics);
  const definition = {
    space: space?.parameters ?? [],
    sampler: descriptionOf(sampler),
    pruner: pruner.settings,
    seed: requireSeed(options.seed ?? randomInt(2 ** 32)),
    facts,
    budget: requireBudget(options.budget ?? null),
    goal: null,
    repeats: options.repeats === undefined ? ONCE : resolveRepeats(options.repeats),
    pruneMetric,
    warmStart: warmStart === undefined ? null : { study: warmStart.study.name, trials: prior.length },
    confirms: null,
  };
  return { name, directions, metrics, definition, prior, enqueued: enqueuedBy(options) };
}

/** What is stored of a sampler. */
export function descriptionOf({ name, settings }: Sampler): { readonly name: string; readonly settings: Json } {
  return { name, settings };
}

/** @throws {StudyError} `BAD_OPTION` */
export function requireSeed(seed: number): number {
  if (Number.isSafeInteger(seed)) return seed;
  throw new StudyError('BAD_OPTION', `a seed must be an integer of at most 53 bits, got ${seed}`);
}

function metricNames(directions: readonly Direction[]): readonly string[] {
  return directions.map((_, objective) => (objective === 0 ? 'value' : `value${objective}`));
}

function requireObjectives(directions: readonly Direction[], metrics: readonly string[]): void {
  if (directions.length > 0 && directions.length === metrics.length) return;
  const got = `${directions.length} directions and ${metrics.length} metrics`;
  throw new StudyError(
    'BAD_OPTION',
    `a study has at least one objective, each with a direction and a metric; got ${got}`,
  );
}

function requirePruneMetric(metrics: readonly string[], pruneMetric: string | null): void {
  if (pruneMetric === null || metrics.includes(pruneMetric)) return;
  throw new StudyError('BAD_OPTION', `pruneMetric must be one of ${metrics.join(', ')}, got '${pruneMetric}'`);
}

function requireBudget(budget: number | null): number | null {
  if (budget === null || (Number.isSafeInteger(budget) && budget >= 0)) return budget;
  throw new StudyError('BAD_OPTION', `budget must be a whole number of at least 0, or null, got ${budget}`);
}

function priorOf<P>(
  { space, warmStart }: StudyOptions<P>,
  directions: readonly Direction[],
  metrics: readonly string[],
): Prior {
  if (warmStart === undefined) return [];
  if (space === undefined) {
    throw new StudyError(
      'BAD_OPTION',
      'a warm start needs a declared space, to say which values still fit: give space',
    );
  }
  return priorFrom(warmStart, { space: space.parameters, directions, metrics });
}

function enqueuedBy<P>({ space, enqueue = [] }: StudyOptions<P>): NonNullable<NewStudy['enqueued']> {
  if (space !== undefined) for (const params of enqueue) requirePartial(space.parameters, params);
  return enqueue.map((params) => ({ params }));
}
