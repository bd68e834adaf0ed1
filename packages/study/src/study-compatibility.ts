import type { Direction } from '@assay/sampler';
import { describeDistribution, type Parameter, type SearchSpace } from '@assay/space';
import { StudyError } from './study-error.js';
import type { StudyRecord } from './study-store.js';

/** What somebody who opens a study expects it to be; undefined means whatever it is. */
export interface StudyExpectation {
  readonly space: SearchSpace | undefined;
  readonly directions: readonly Direction[] | undefined;
  readonly seed: number | undefined;
}

/**
 * Refuses to go on with a study under another space, other directions or another seed: its trials would not be comparable,
 * and no longer the ones that its seed promises. Order and metrics' names do not matter; a study that another tool made
 * has no space or seed to compare.
 * @throws {StudyError} `INCOMPATIBLE_STUDY`, naming each difference
 */
export function requireCompatible(study: StudyRecord, expected: StudyExpectation): void {
  const differences = [
    ...directionDifferences(study, expected.directions),
    ...(study.definition === null ? [] : seedDifferences(study.definition.seed, expected.seed)),
    ...(study.definition === null ? [] : spaceDifferences(study.definition.space, expected.space)),
  ];
  if (differences.length === 0) return;
  throw new StudyError(
    'INCOMPATIBLE_STUDY',
    `the stored study '${study.name}' is not the one asked for: ${differences.join('; ')}. ` +
      'Give the new study another name, or take back the change',
  );
}

function directionDifferences(study: StudyRecord, expected: readonly Direction[] | undefined): string[] {
  const [stored, wanted] = [study.directions.join(', '), (expected ?? study.directions).join(', ')];
  return stored === wanted ? [] : [`its directions are ${stored}, not ${wanted}`];
}

function seedDifferences(stored: number, expected: number | undefined): string[] {
  return expected === undefined || expected === stored ? [] : [`its seed is ${stored}, not ${expected}`];
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
  const [was, is] = [describe(stored), describe(expected)];
  return was === is ? [] : [`its parameter '${expected.name}' is ${was}, not ${is}`];
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
