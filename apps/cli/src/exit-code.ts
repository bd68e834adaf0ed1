import type { AnalysisErrorCode } from '@assay/analysis';
import type { PoolErrorCode } from '@assay/pool';
import type { PreprocessingErrorCode } from '@assay/preprocessing';
import type { PrunerErrorCode } from '@assay/pruner';
import type { SamplerErrorCode } from '@assay/sampler';
import type { SpaceErrorCode } from '@assay/space';
import type { StoreErrorCode, StudyErrorCode } from '@assay/study';
import type { TrainingErrorCode } from '@assay/training';
import type { FinalTrainingError } from 'assay';
import type { CliErrorCode } from './cli-error.js';

/** 0 done, 1 failed, 2 usage or configuration, 3 no such study or conflict, 130 and 143 interrupted. */
export const EXIT = { done: 0, failed: 1, usage: 2, conflict: 3, interrupted: 130, terminated: 143 } as const;

/** How a code ends the command: the key of `EXIT`. */
type Ending = keyof typeof EXIT;

const CLI: Readonly<Record<CliErrorCode, Ending>> = {
  BAD_OPTION: 'usage',
  BAD_REFERENCE: 'usage',
  NOT_A_TABLE_STUDY: 'usage',
  NOT_A_MODEL: 'usage',
  STUDY_FILE_NOT_FOUND: 'conflict',
  OTHER_STUDY_FILE: 'conflict',
  NO_SUCH_STUDY: 'conflict',
  STUDY_EXISTS: 'conflict',
  NO_SUCH_TRIAL: 'conflict',
  NO_FINISHED_TRIAL: 'conflict',
  SEVERAL_BEST: 'usage',
  TOO_FEW_TRIALS: 'conflict',
  DATA_CHANGED: 'conflict',
  WARM_START_TOO_LATE: 'conflict',
  INSTALL_FAILED: 'failed',
  NO_TENSORFLOW: 'usage',
  NO_COMPILER: 'usage',
  INTERRUPTED: 'interrupted',
};

const STUDY: Readonly<Record<StudyErrorCode, Ending>> = {
  STUDY_NOT_FOUND: 'conflict',
  INCOMPATIBLE_STUDY: 'conflict',
  BAD_OPTION: 'usage',
  BAD_PARAMS: 'usage',
  BAD_VALUE: 'usage',
  MULTI_OBJECTIVE: 'usage',
  NO_SUGGEST: 'usage',
  EXHAUSTED: 'failed',
  NOT_RUNNING: 'failed',
  RESULT_NOT_STORED: 'failed',
};

const STORE: Readonly<Record<StoreErrorCode, Ending>> = {
  STUDY_EXISTS: 'conflict',
  STUDY_IN_USE: 'conflict',
  STORE_NOT_FOUND: 'conflict',
  STUDY_NOT_FOUND: 'conflict',
  TRIAL_NOT_FOUND: 'conflict',
  INCOMPATIBLE_SCHEMA: 'conflict',
  BAD_URL: 'usage',
  ILLEGAL_TRANSITION: 'failed',
  LEASE_LOST: 'failed',
  INVALID_VALUE: 'failed',
  DATABASE_FAILED: 'failed',
  STORE_CLOSED: 'failed',
};

const SPACE: Readonly<Record<SpaceErrorCode, Ending>> = {
  BAD_NAME: 'usage',
  BAD_BOUNDS: 'usage',
  BAD_STEP: 'usage',
  BAD_CHOICES: 'usage',
  BAD_REPEAT: 'usage',
  MISSING_VALUE: 'usage',
  UNKNOWN_PARAMETER: 'usage',
  INACTIVE_PARAMETER: 'usage',
  OUT_OF_RANGE: 'usage',
  BAD_JSON: 'failed',
};

const SAMPLER: Readonly<Record<SamplerErrorCode, Ending>> = {
  BAD_SEED: 'usage',
  BAD_SPEC: 'usage',
  UNKNOWN_SAMPLER: 'usage',
  UNKNOWN_OPTION: 'usage',
  BAD_OPTION: 'usage',
  NOT_A_GRID: 'usage',
  ONE_OBJECTIVE_ONLY: 'usage',
  GRID_TOO_LARGE: 'usage',
};

const PRUNER: Readonly<Record<PrunerErrorCode, Ending>> = {
  UNKNOWN_PRUNER: 'usage',
  UNKNOWN_OPTION: 'usage',
  BAD_OPTION: 'usage',
  BAD_SYNTAX: 'usage',
};

const ANALYSIS: Readonly<Record<AnalysisErrorCode, Ending>> = { BAD_OPTION: 'usage' };

const POOL: Readonly<Record<PoolErrorCode, Ending>> = {
  BAD_OPTION: 'usage',
  STUDY_NOT_LOADED: 'usage',
  NOT_A_STUDY: 'usage',
  WORKER_NOT_STARTED: 'failed',
  POOL_CLOSED: 'failed',
};

/** What is wrong with the files that were named is configuration; what the disk or the network did is failure. */
const PREPROCESSING: Readonly<Record<PreprocessingErrorCode, Ending>> = {
  BAD_OPTION: 'usage',
  FILE_NOT_FOUND: 'usage',
  NOT_A_FILE: 'usage',
  FILE_UNREADABLE: 'usage',
  EMPTY_FILE: 'usage',
  NO_ROWS: 'usage',
  BINARY_FILE: 'usage',
  BAD_GZIP: 'usage',
  BAD_ZSTD: 'usage',
  BAD_PARQUET: 'usage',
  WRONG_TYPE: 'usage',
  READER_UNAVAILABLE: 'usage',
  BAD_HEADER: 'usage',
  MISSING_COLUMN: 'usage',
  UNKNOWN_COLUMN: 'usage',
  CONSTANT_LABEL: 'usage',
  TOO_MANY_BAD_ROWS: 'usage',
  NO_ROWS_LEFT: 'usage',
  INPUT_CHANGED: 'failed',
  WRITE_FAILED: 'failed',
  DATASET_NOT_FOUND: 'failed',
  DATASET_DAMAGED: 'failed',
  DOWNLOAD_OFFLINE: 'failed',
  DOWNLOAD_NOT_FOUND: 'failed',
  DOWNLOAD_FAILED: 'failed',
};

const TRAINING: Readonly<Record<TrainingErrorCode, Ending>> = {
  BAD_MODEL: 'usage',
  BAD_TRAINING: 'usage',
  BAD_DATA: 'usage',
  BAD_STATE: 'usage',
  ENGINE_UNAVAILABLE: 'usage',
  ENGINE_FAILED: 'failed',
};

const FINAL_TRAINING: Readonly<Record<FinalTrainingError['code'], Ending>> = { DIVERGED: 'failed' };

/** Every error class of the workspace by name. The compiler keeps the codes complete, a test the classes. */
export const ENDINGS: Readonly<Record<string, Readonly<Record<string, Ending>>>> = {
  CliError: CLI,
  StudyError: STUDY,
  StoreError: STORE,
  SpaceError: SPACE,
  SamplerError: SAMPLER,
  PrunerError: PRUNER,
  AnalysisError: ANALYSIS,
  PoolError: POOL,
  PreprocessingError: PREPROCESSING,
  TrainingError: TRAINING,
  FinalTrainingError: FINAL_TRAINING,
};

/** An error without an ending is a defect, of ours or of a study file: a failure. */
export function exitCodeOf(error: unknown): number {
  return EXIT[endingOf(error) ?? 'failed'];
}

/** The closed code of an error of ours; null for any other, Node's own (`ENOENT`) included. */
export function errorCode(error: unknown): string | null {
  return endingOf(error) === null ? null : (error as { readonly code: string }).code;
}

function endingOf(error: unknown): Ending | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const [name, code] = [error.name, String(error.code)];
  const codes = Object.hasOwn(ENDINGS, name) ? ENDINGS[name] : undefined;
  return codes !== undefined && Object.hasOwn(codes, code) ? (codes[code] ?? null) : null;
}
