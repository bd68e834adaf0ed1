import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError, type StoreErrorCode, type StudyRecord, type StudyStore } from '@assay/study';
import { CliError } from './cli-error.js';
import { openWritableStore } from './open-store.js';
import { requireStudyOrNewest } from './require-study.js';

export interface AwaitedStudy {
  readonly store: StudyStore;
  readonly study: StudyRecord;
}

export interface Waiting {
  /** How long it may take. 0: it must be there. */
  readonly waitMs: number;
  /** Told what is waited for, once for each reason. */
  readonly say: (line: string) => void;
}

/**
 * How long a transaction is tried again while the server cannot be reached: a database that moves to another machine takes
 * minutes, and nobody sits beside a worker.
 */
const PATIENCE_MS = 300_000;

const AGAIN_MS = 500;

/** What time may mend: no database, study or server yet, or a file that is just being copied. */
const PASSING: readonly StoreErrorCode[] = ['STORE_NOT_FOUND', 'STUDY_NOT_FOUND', 'DATABASE_FAILED'];

/**
 * Opens a store that another process makes, and finds the study in it; tries again while either is not there yet.
 * @param name the study's; left out for the newest one
 * @throws {StoreError} and {CliError} `NO_SUCH_STUDY` as the last attempt failed
 */
export function awaitStudy(url: string, name: string | undefined, waiting: Waiting): Promise<AwaitedStudy> {
  return tryAgain(() => openedStudy(url, name), waiting);
}

/** Opens or makes a store; tries again while its server does not answer. @throws as `openWritableStore` does in the end */
export function awaitWritableStore(url: string, waiting: Waiting): Promise<StudyStore> {
  return tryAgain(() => openWritableStore(url), waiting);
}

async function tryAgain<T>(attempt: () => Promise<T>, { waitMs, say }: Waiting): Promise<T> {
  const startedMs = performance.now();
  for (let told = ''; ; await sleep(AGAIN_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error) || performance.now() - startedMs >= waitMs) throw error;
      if (told !== error.message) say(`waiting: ${error.message}`);
      told = error.message;
    }
  }
}

async function openedStudy(url: string, name: string | undefined): Promise<AwaitedStudy> {
  const store = await openWritableStore(url, { mustExist: true, patienceMs: PATIENCE_MS });
  try {
    return { store, study: await requireStudyOrNewest(store, name) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function isPassing(error: unknown): error is StoreError | CliError {
  if (error instanceof CliError) return error.code === 'NO_SUCH_STUDY';
  return error instanceof StoreError && PASSING.includes(error.code);
}
