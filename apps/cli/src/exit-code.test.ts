import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AnalysisError } from '@assay/analysis';
import { PoolError } from '@assay/pool';
import { PreprocessingError } from '@assay/preprocessing';
import { PrunerError } from '@assay/pruner';
import { SamplerError } from '@assay/sampler';
import { SpaceError } from '@assay/space';
import { StoreError, StudyError } from '@assay/study';
import { TrainingError } from '@assay/training';
import { FinalTrainingError } from 'assay';
import { describe, expect, it } from 'vitest';
import { CliError } from './cli-error.js';
import { ENDINGS, EXIT, errorCode, exitCodeOf } from './exit-code.js';
import { describeError } from './report-error.js';

/** Names of the classes `... extends Error` in the sources of all packages. */
function errorClasses(): string[] {
  const root = path.resolve(import.meta.dirname, '../../..');
  const packages = ['packages', 'apps', 'studies'].flatMap((parent) =>
    readdirSync(path.join(root, parent)).map((name) => path.join(root, parent, name)),
  );
  return packages
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
    )
    .filter((file) => file.endsWith('.ts') && !/node_modules|\/dist\/|\.test\.|\/testing\/|\/fixtures\//.test(file))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/class (\w+) extends Error\b/g)].map(([, name = '']) => name),
    );
}

describe('exitCodeOf', () => {
  it('knows every error class of the workspace', () => {
    expect(errorClasses().sort()).toEqual(Object.keys(ENDINGS).sort());
  });

  it.each([
    { error: new CliError('BAD_OPTION', ''), code: EXIT.usage },
    { error: new CliError('STUDY_FILE_NOT_FOUND', ''), code: EXIT.conflict },
    { error: new CliError('INTERRUPTED', ''), code: EXIT.interrupted },
    { error: new StudyError('INCOMPATIBLE_STUDY', ''), code: EXIT.conflict },
    { error: new StudyError('RESULT_NOT_STORED', ''), code: EXIT.failed },
    { error: new StoreError('STUDY_NOT_FOUND', ''), code: EXIT.conflict },
    { error: new StoreError('BAD_URL', ''), code: EXIT.usage },
    { error: new StoreError('DATABASE_FAILED', ''), code: EXIT.failed },
    { error: new SpaceError('BAD_BOUNDS', ''), code: EXIT.usage },
    { error: new SamplerError('UNKNOWN_SAMPLER', ''), code: EXIT.usage },
    { error: new PrunerError('UNKNOWN_PRUNER', ''), code: EXIT.usage },
    { error: new AnalysisError('BAD_OPTION', ''), code: EXIT.usage },
    { error: new PoolError('NOT_A_STUDY', ''), code: EXIT.usage },
    { error: new PoolError('WORKER_NOT_STARTED', ''), code: EXIT.failed },
    { error: new PreprocessingError('MISSING_COLUMN', ''), code: EXIT.usage },
    { error: new PreprocessingError('DOWNLOAD_OFFLINE', ''), code: EXIT.failed },
    { error: new TrainingError('ENGINE_UNAVAILABLE', ''), code: EXIT.usage },
    { error: new TrainingError('ENGINE_FAILED', ''), code: EXIT.failed },
    { error: new FinalTrainingError(3), code: EXIT.failed },
    { error: new TypeError('ours'), code: EXIT.failed },
    { error: 'not even an error', code: EXIT.failed },
  ])('$error.name $error.code: $code', ({ error, code }) => {
    expect(exitCodeOf(error)).toBe(code);
  });

  it('takes no other error with a code for one of ours', () => {
    const noEntry = Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' });
    expect([errorCode(noEntry), exitCodeOf(noEntry)]).toEqual([null, EXIT.failed]);
    const namesake = Object.assign(new Error('x'), { code: 'BAD_OPTION' });
    expect(errorCode(namesake)).toBeNull();
    const odd = Object.assign(new Error('x'), { name: 'CliError', code: 'toString' });
    expect(errorCode(odd)).toBeNull();
  });
});

describe('describeError', () => {
  it('is message and hint, without a stack, for an error that was foreseen', () => {
    expect(describeError(new CliError('BAD_OPTION', 'No.', 'Do this.'), false)).toBe('assay: No.\n  Do this.\n');
    const noEntry = Object.assign(new Error('ENOENT: x'), { code: 'ENOENT', syscall: 'open' });
    expect(describeError(noEntry, false)).toBe('assay: ENOENT: x\n');
  });

  it('says a hint once, and adds the command’s own', () => {
    const error = new PreprocessingError('TOO_MANY_BAD_ROWS', 'bad rows', { hint: 'Mend the file' });
    expect(describeError(error, false)).toBe('assay: bad rows. Mend the file\n  --max-bad <fraction>  allows more.\n');
  });

  it('shows the stack of a defect, and everything in debug mode', () => {
    expect(describeError(new TypeError('x is not a function'), false)).toContain('    at ');
    const caused = new CliError('BAD_OPTION', 'No.', null, { cause: new Error('because') });
    expect(describeError(caused, true)).toMatch(/at .*\ncaused by Error: because/s);
  });
});
