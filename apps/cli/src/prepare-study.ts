import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { PrepareContext, Prepared, StudySpec } from '@assay/study';
import { CliError } from './cli-error.js';
import { progressLine } from './progress-line.js';

/** Where prepared data, generated files and models are kept. */
export const CACHE_DIR = path.resolve('.assay');

const INTERRUPTED = 'Interrupted while preparing the data. The next run prepares it again.';

/** Runs a preparation with a progress bar on stderr; Ctrl-C ends it. @throws {CliError} `INTERRUPTED` */
export async function whilePreparing<T>(
  options: Pick<PrepareContext, 'engine' | 'maxBad' | 'reader'>,
  prepare: (context: PrepareContext) => Promise<T>,
): Promise<T> {
  const line = progressLine(process.stderr);
  const abort = new AbortController();
  const onInterrupt = (): void => abort.abort(new CliError('INTERRUPTED', INTERRUPTED));
  process.once('SIGINT', onInterrupt);
  try {
    await mkdir(CACHE_DIR, { recursive: true });
    const { signal } = abort;
    return await prepare({ ...options, cacheDir: CACHE_DIR, dataDir: dataDir(), signal, onProgress: line.show });
  } finally {
    process.off('SIGINT', onInterrupt);
    line.clear();
  }
}

/** What the trials get; nothing for a study without `prepare`. */
export async function prepareStudy(
  spec: StudySpec<unknown, unknown>,
  options: Pick<PrepareContext, 'engine' | 'maxBad' | 'reader'>,
): Promise<Prepared<unknown>> {
  const { prepare } = spec;
  return prepare === undefined ? { data: null, facts: {} } : await whilePreparing(options, prepare);
}

function dataDir(): string | null {
  const folder = process.env.ASSAY_DATA;
  return folder !== undefined && existsSync(folder) ? path.resolve(folder) : null;
}
