import { spawnSync } from 'node:child_process';
import type { ParamValues, SearchSpace } from '@assay/space';
import { onTestFinished } from 'vitest';
import { newOwner } from '../owner.js';
import type { StoreErrorCode } from '../store-error.js';
import { DEFINITION_DEFAULTS } from '../study-definition.js';
import type { NewStudy, Owner, RetryLimits, StudyRecord, StudyStore, TrialEnding } from '../study-store.js';
import type { TrialRecord } from '../trial-record.js';

/** A fresh, empty store. */
export type OpenStore = () => Promise<StudyStore>;

export const SPACE: SearchSpace = [
  { name: 'x', distribution: { kind: 'float', low: 0, high: 1, log: false, step: null }, condition: null },
];

export const LIMITS: RetryLimits = { workerDeaths: 1, processDeaths: 2 };

/** Long enough that no lease of a test that means it to live runs out. */
export const LONG_MS = 600_000;

export function newStudy(changes: Partial<NewStudy> = {}): NewStudy {
  return {
    name: 'digits',
    directions: ['minimize'],
    metrics: ['mae'],
    definition: {
      ...DEFINITION_DEFAULTS,
      space: SPACE,
      sampler: { kind: 'random' },
      pruner: null,
      seed: 7,
      facts: { rows: 50_000 },
    },
    ...changes,
  };
}

/** Opens a store, closes it when the test ends, and makes one study in it. */
export async function openWithStudy(
  open: OpenStore,
  changes: Partial<NewStudy> = {},
): Promise<{ readonly store: StudyStore; readonly study: StudyRecord }> {
  const store = await open();
  onTestFinished(() => store.close());
  return { store, study: await store.createStudy(newStudy(changes)) };
}

export async function claim(store: StudyStore, study: StudyRecord, owner: Owner): Promise<TrialRecord> {
  const claimed = await store.claimTrial(study.id, owner, null);
  if (claimed.kind !== 'claimed') throw new Error(`expected a trial, got ${claimed.kind}`);
  return claimed.trial;
}

/** Claims a trial and writes its parameters. */
export async function start(
  store: StudyStore,
  study: StudyRecord,
  owner: Owner,
  params: ParamValues = { x: 0.5 },
): Promise<TrialRecord> {
  const trial = await claim(store, study, owner);
  await store.writeParams(trial.id, owner, params, SPACE, null);
  return trial;
}

export async function readTrial(store: StudyStore, study: StudyRecord, number: number): Promise<TrialRecord> {
  const [trial] = await store.readTrials(study.id, { from: number, limit: 1 });
  if (trial === undefined) throw new Error(`there is no trial ${number}`);
  return trial;
}

export function complete(...values: readonly number[]): TrialEnding {
  return { state: 'complete', values, end: null, retry: false };
}

export function failed(retry: boolean): TrialEnding {
  return { state: 'failed', values: [], end: { reason: 'worker-died', message: 'the worker died' }, retry };
}

/** An owner on this host whose process has ended. */
export function deadOwner(): Owner {
  const { pid } = spawnSync(process.execPath, ['--version']);
  return { ...newOwner(), pid };
}

/** An owner on a host whose processes nobody here can see. */
export function remoteOwner(): Owner {
  return { ...newOwner(), host: 'another-host.invalid' };
}

/** What `toMatchObject` must find in a refusal. */
export function storeError(code: StoreErrorCode): { readonly name: string; readonly code: StoreErrorCode } {
  return { name: 'StoreError', code };
}
