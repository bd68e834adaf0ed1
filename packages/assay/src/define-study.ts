import type { Direction } from '@assay/sampler';
import type { Space } from '@assay/space';
import type { Objective, PrepareContext, Prepared, StudySpec } from '@assay/study';

/** What a study file writes. One objective: `direction` and `metric`; several: `directions` and `metrics`. */
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
  readonly directions?: readonly Direction[];
  readonly metrics?: readonly string[];
  /** Runs once before the trials; what it returns reaches every trial as `trial.data`. */
  readonly prepare?: (context: PrepareContext) => Promise<Prepared<D>>;
  /** Tried first. */
  readonly defaults?: NoInfer<P>;
  /** As on the command line. Default: tpe. */
  readonly sampler?: string;
  /** As on the command line. Default: none. */
  readonly pruner?: string;
  /** Finished trials in all that a run ends at when nothing else is said. Default: 50. */
  readonly trials?: number;
}

/**
 * Declares a study; a study file exports the result as its default.
 * @throws {TypeError} when the name cannot be typed on a command line, or metrics and directions differ in number
 * @throws {SpaceError} when the defaults lie outside the space
 */
export function defineStudy<P, D = null>(declaration: StudyDeclaration<P, D>): StudySpec<P, D> {
  const { direction = 'minimize', metric = 'value', directions, metrics, ...rest } = declaration;
  const spec = { ...rest, directions: directions ?? [direction], metrics: metrics ?? [metric] };
  if (!/^[\w.-]+$/.test(spec.name)) {
    throw new TypeError(`A study's name is made of letters, digits, '-', '_' and '.', got '${spec.name}'.`);
  }
  if (spec.directions.length !== spec.metrics.length) {
    throw new TypeError(
      `${spec.directions.length} directions but ${spec.metrics.length} metrics: one each per objective.`,
    );
  }
  if (spec.defaults !== undefined) spec.space.encode(spec.defaults);
  return spec;
}
