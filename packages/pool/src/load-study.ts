import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import type { StudySpec } from '@assay/study';
import { createJiti } from 'jiti';
import { PoolError } from './pool-error.js';

/**
 * Imports a study module and checks its default export. TypeScript goes through jiti, JavaScript through `import`.
 * @param url a `file:` URL
 * @param imports where a TypeScript study finds packages that it does not have itself: package name -> file
 * @throws {PoolError} `STUDY_NOT_LOADED` when there is no such file or its import throws (`cause` is what it threw),
 *   `NOT_A_STUDY` when its default export is not what `defineStudy` returns
 */
export async function loadStudy(
  url: string,
  imports: Readonly<Record<string, string>> = {},
): Promise<StudySpec<unknown, unknown>> {
  const file = fileURLToPath(url);
  if (!existsSync(file)) throw new PoolError('STUDY_NOT_LOADED', `${file} could not be loaded: there is no such file.`);
  const study = await importDefault(url, file, imports).catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : inspect(cause);
    throw new PoolError('STUDY_NOT_LOADED', `${file} could not be loaded: ${message}`, { cause });
  });
  const problems = studyProblems(study);
  if (problems.length === 0) return study as StudySpec<unknown, unknown>;
  throw new PoolError('NOT_A_STUDY', `${file} must default-export defineStudy({ ... }): ${problems.join('; ')}.`);
}

async function importDefault(url: string, file: string, imports: Readonly<Record<string, string>>): Promise<unknown> {
  if (/\.[cm]?tsx?$/.test(file)) {
    const jiti = createJiti(url, { interopDefault: false, alias: { ...imports } });
    return (await jiti.import<{ default?: unknown }>(file)).default;
  }
  return ((await import(url)) as { default?: unknown }).default;
}

function studyProblems(study: unknown): string[] {
  if (study === undefined) return ['it has no default export'];
  if (typeof study !== 'object' || study === null) return [`its default export is ${inspect(study)}`];
  const { name, space, directions, metrics, objective } = study as Readonly<Record<string, unknown>>;
  const problems: string[] = [];
  const expect = (holds: boolean, part: string, expected: string, got: unknown): void => {
    if (!holds) problems.push(`${part} must be ${expected}, got ${inspect(got, { depth: 0 })}`);
  };
  expect(typeof name === 'string' && name !== '', 'name', 'a string', name);
  expect(isSpace(space), 'space', 'made by space({ ... })', space);
  expect(isListOf(directions, isDirection), 'directions', "a list of 'minimize' and 'maximize'", directions);
  expect(isListOf(metrics, isText) && sameLength(metrics, directions), 'metrics', 'a name per direction', metrics);
  expect(typeof objective === 'function', 'objective', 'a function', objective);
  return problems;
}

function isSpace(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'decode' in value && typeof value.decode === 'function';
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isItem);
}

function sameLength(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length;
}

function isDirection(value: unknown): boolean {
  return value === 'minimize' || value === 'maximize';
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
