import type { Direction } from '@assay/sampler';
import type { Space } from '@assay/space';
import {
  type Objective,
  type PrepareContext,
  type Prepared,
  type Repeats,
  resolveRepeats,
  type StudySpec,
} from '@assay/study';

/** What a study file writes. One objective: `direction` and `metric`; several: `directions` and `metrics`, never both. */
export interface StudyDeclaration<P, D> {
  /** Letters, digits, `-`, `_` and `.`: it is typed on the command line as `name@17`. */
  readonly name: string;
  readonly space: Space<P>;
  /** One trial: gets parameters, gives the value to minimize (or maximize). */
  readonly objective: Objective<P, D>;
  /** Default: minimize. */
  readonly direction?: Direction;
  /** What the value is called on screens. Default: value. */
  readonly metric?: string;
  /** One per objective. */
  readonly directions?: readonly Direction[];
  /** One name per objective, each another. */
  readonly metrics?: readonly string[];
  /** Runs once before the trials; what it returns reaches every trial as `trial.data`. */
  readonly prepare?: (context: PrepareContext) => Promise<Prepared<D>>;
  /** Tried first. */
  readonly defaults?: NoInfer<P>;
  /** As on the command line. Default: auto. */
  readonly sampler?: string;
  /** As on the command line. Default: none. */
  readonly pruner?: string;
  /**
   * The metric that `trial.report` is called with, and that trials are pruned by. Needed for pruning with several objectives:
   * without it none of their trials is.
   */
  readonly pruneMetric?: string;
  /**
   * How often each trial runs the objective, each time with another seed (`trial.seed`, `trial.repeat`); a count alone takes
   * the mean. The pruner is asked after each repeat. For objectives that are noisy, or that average over folds. Default: once.
   */
  readonly repeats?: number | Partial<Repeats>;
  /** Finished trials in all that a run ends at when nothing else is said. Default: 50. */
  readonly trials?: number;
}

/**
 * Declares a study; a study file exports the result as its default.
 * @throws {TypeError} when the name cannot be typed on a command line, or the objectives are not said once, each with a
 * direction and a name of its own
 * @throws {StudyError} `BAD_OPTION` for repeats that make no sense
 * @throws {SpaceError} when the defaults lie outside the space
 */
export function defineStudy<P, D = null>(declaration: StudyDeclaration<P, D>): StudySpec<P, D> {
  const { direction, metric, directions, metrics, repeats, ...rest } = declaration;
  if (!/^[\w.-]+$/.test(rest.name)) {
    throw new TypeError(`A study's name is made of letters, digits, '-', '_' and '.', got '${rest.name}'.`);
  }
  requireOneOf({ direction, directions });
  requireOneOf({ metric, metrics });
  const spec = {
    ...rest,
    directions: directions ?? [direction ?? 'minimize'],
    metrics: metrics ?? [metric ?? 'value'],
    ...(repeats !== undefined && { repeats: resolveRepeats(repeats) }),
  };
  requireObjectives(spec);
  if (spec.defaults !== undefined) spec.space.encode(spec.defaults);
  return spec;
}

/** One objective's way to say it, and several objectives' way. */
function requireOneOf(given: Readonly<Record<string, unknown>>): void {
  const [one, many] = Object.keys(given);
  if (Object.values(given).includes(undefined)) return;
  throw new TypeError(`Give '${one}' for one objective, or '${many}' for several, not both.`);
}

function requireObjectives({ directions, metrics, pruneMetric }: ObjectiveNames): void {
  if (directions.length === 0) throw new TypeError('A study has at least one objective: directions must not be empty.');
  const wrong = directions.find((direction) => direction !== 'minimize' && direction !== 'maximize');
  if (wrong !== undefined) throw new TypeError(`A direction is 'minimize' or 'maximize', got '${wrong}'.`);
  if (directions.length !== metrics.length) {
    throw new TypeError(`${directions.length} directions but ${metrics.length} metrics: one each per objective.`);
  }
  const twice = metrics.find((name, j) => metrics.indexOf(name) !== j);
  if (twice !== undefined) throw new TypeError(`Two metrics are called '${twice}': give each a name of its own.`);
  if (pruneMetric === undefined || metrics.includes(pruneMetric)) return;
  throw new TypeError(`pruneMetric must be one of the metrics ${metrics.join(', ')}, got '${pruneMetric}'.`);
}

type ObjectiveNames = Pick<StudySpec<never>, 'directions' | 'metrics' | 'pruneMetric'>;
