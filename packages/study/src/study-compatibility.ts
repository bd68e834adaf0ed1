import { isDeepStrictEqual } from 'node:util';
import type { Direction } from '@assay/sampler';
import { describeDistribution, type Parameter, type SearchSpace } from '@assay/space';
import type { Repeats } from './repeats.js';
import type { StudyDefinition } from './study-definition.js';
import { StudyError } from './study-error.js';
import type { StudyRecord } from './study-store.js';

/** What somebody who opens a study expects it to be; left out means whatever it is. */
export interface StudyExpectation {
  readonly space?: SearchSpace | undefined;
  readonly directions?: readonly Direction[] | undefined;
  readonly seed?: number | undefined;
  readonly repeats?: Repeats | undefined;
  readonly pruneMetric?: string | undefined;
  /** Whether ranges and choices may differ. Default: accept. */
  readonly changes?: 'accept' | 'refuse' | undefined;
}

/**
 * Refuses to go on with a study under another space, other directions, another seed, other repeats or with reports of another
 * metric: its trials would not be comparable, and no longer the ones that its seed promises. Order and metrics' names do not
 * matter, nor do the ranges of numbers and the choices there are (`spaceChanges`); a study that another tool made has nothing
 * of this to compare but its directions and what its trials show of their parameters.
 * @param observed the parameters of a study without a definition (`observedSpace`). Default: as expected
 * @throws {StudyError} `INCOMPATIBLE_STUDY`, naming each difference
 */
export function requireCompatible(
  study: StudyRecord,
  expected: StudyExpectation,
  observed: SearchSpace = expected.space ?? [],
): void {
  const differences = [
    ...directionDifferences(study, expected.directions),
    ...(study.definition === null
      ? spaceDifferences(observed, expected.space)
      : definitionDifferences(study.definition, expected)),
  ];
  if (differences.length === 0) return;
  throw new StudyError(
    'INCOMPATIBLE_STUDY',
    `the stored study '${study.name}' is not the one asked for: ${differences.join('; ')}. ` +
      'Give the new study another name, or take back the change',
  );
}

function definitionDifferences(stored: StudyDefinition, expected: StudyExpectation): string[] {
  return [
    ...seedDifferences(stored.seed, expected.seed),
    ...repeatDifferences(stored.repeats, expected.repeats),
    ...pruneMetricDifferences(stored.pruneMetric, expected.pruneMetric),
    ...spaceDifferences(stored.space, expected.space),
    ...(expected.changes === 'refuse' ? spaceChanges(stored.space, expected.space ?? []) : []).map(({ text }) => text),
  ];
}

function directionDifferences(study: StudyRecord, expected: readonly Direction[] | undefined): string[] {
  const [stored, wanted] = [study.directions.join(', '), (expected ?? study.directions).join(', ')];
  return stored === wanted ? [] : [`its directions are ${stored}, not ${wanted}`];
}

function seedDifferences(stored: number, expected: number | undefined): string[] {
  return expected === undefined || expected === stored ? [] : [`its seed is ${stored}, not ${expected}`];
}

function repeatDifferences(stored: Repeats, expected: Repeats | undefined): string[] {
  const [was, is] = [describeRepeats(stored), describeRepeats(expected ?? stored)];
  return was === is ? [] : [`its trials run ${was}, not ${is}`];
}

function describeRepeats({ count, aggregate }: Repeats): string {
  return count === 1 ? 'once' : `${count} times (${aggregate})`;
}

/** Reports that nobody has named yet may be any metric's. */
function pruneMetricDifferences(stored: string | null, expected: string | undefined): string[] {
  if (stored === null || expected === undefined || stored === expected) return [];
  return [`it prunes by '${stored}', not '${expected}'`];
}

function spaceDifferences(stored: SearchSpace, expected: SearchSpace | undefined): string[] {
  if (expected === undefined) return [];
  const gone = stored.filter(({ name }) => !find(expected, name));
  return [
    ...gone.map(({ name }) => `its parameter '${name}' is missing`),
    ...expected.flatMap((parameter) => parameterDifferences(find(stored, parameter.name), parameter)),
  ];
}

function parameterDifferences(stored: Parameter | undefined, expected: Parameter): string[] {
  if (stored === undefined) return [`it has no parameter '${expected.name}'`];
  if (isDeepStrictEqual(natureOf(stored), natureOf(expected))) return [];
  return [`its parameter '${expected.name}' is ${describe(stored)}, not ${describe(expected)}`];
}

/** What of a parameter must stay. An ordered list is stored by position, so its values belong to it. */
function natureOf({ distribution, condition }: Parameter): unknown {
  switch (distribution.kind) {
    case 'float':
    case 'int':
      return { kind: distribution.kind, log: distribution.log, condition };
    case 'categorical':
      return { kind: distribution.kind, condition };
    case 'ordered':
      return { distribution, condition };
  }
}

/** A parameter that keeps its name, kind and scale but can take other values than before. */
export interface SpaceChange {
  readonly kind: 'range' | 'choices';
  /** One line: what was, what is, and what follows. */
  readonly text: string;
}

/**
 * What is new in a space that `requireCompatible` accepts. Trials that lie outside of it stay as they are, and samplers take
 * them for trials in which that value is missing; choices are matched by label.
 */
export function spaceChanges(stored: SearchSpace, expected: SearchSpace): readonly SpaceChange[] {
  return expected.flatMap((parameter): SpaceChange[] => {
    const was = find(stored, parameter.name)?.distribution;
    const is = parameter.distribution;
    if (was === undefined || isDeepStrictEqual(was, is)) return [];
    const text = `'${parameter.name}' takes ${describeDistribution(is)}; so far it was ${describeDistribution(was)}`;
    if (is.kind !== 'categorical') return [{ kind: 'range', text }];
    const consequence = 'earlier trials keep their labels, and Optuna can no longer continue this study';
    return [{ kind: 'choices', text: `${text}: ${consequence}` }];
  });
}

function describe({ distribution, condition }: Parameter): string {
  const log = 'log' in distribution && distribution.log ? ' on a log scale' : '';
  return `${distribution.kind}: ${describeDistribution(distribution)}${log}${condition === null ? '' : ` if ${describeCondition(condition)}`}`;
}

function describeCondition(condition: NonNullable<Parameter['condition']>): string {
  switch (condition.kind) {
    case 'equals':
      return `'${condition.parent}' is ${JSON.stringify(condition.value)}`;
    case 'above':
      return `'${condition.parent}' is above ${condition.index}`;
  }
}

function find(space: SearchSpace, name: string): Parameter | undefined {
  return space.find((parameter) => parameter.name === name);
}
