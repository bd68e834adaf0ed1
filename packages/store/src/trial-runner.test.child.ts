/**
 * A process that runs trials in a shared store, for tests that start several and kill some:
 * node trial-runner.test.child.js '<orders as JSON>'
 */
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { float, int, ordered, type SearchSpace, space } from '@assay/space';
import {
  DEFINITION_DEFAULTS,
  newOwner,
  type Owner,
  StoreError,
  type StudyStore,
  type TrialEnding,
  type TrialRecord,
} from '@assay/study';
import { openStore } from './open-store.js';

export interface RunnerOrders {
  /** The store's URL. */
  readonly store: string;
  /** Finished trials at which all runners stop. */
  readonly until: number;
  /** Waiting trials to add before the first claim. */
  readonly enqueue: number;
  /** A pause before each report, so that a kill hits trials in all their stages. */
  readonly pauseMs: number;
  /** Whether some trials fail the first time. */
  readonly failures: boolean;
  /** After this silence of an owner its trials are reaped. Default one minute. */
  readonly graceMs?: number;
}

export const RUNNER_SPACE: SearchSpace = space({
  x: float(0, 1),
  n: int(1, 1000),
  batch: ordered(['s', 'm', 'l']),
}).parameters;

export const RUNNER_REPORTS = 3;

/** What the sampler would make of a draw: the same in every process. */
export function paramsOf(draw: number): { readonly x: number; readonly n: number; readonly batch: string } {
  return { x: 1 / (draw + 2), n: (draw % 1000) + 1, batch: ['s', 'm', 'l'][draw % 3]! };
}

/** Every seventh configuration fails the first time. */
export function failsFirst({ draw, retryOf }: TrialRecord): boolean {
  return draw !== null && draw % 7 === 3 && retryOf === null;
}

async function studyOf(store: StudyStore): Promise<number> {
  const definition = { ...DEFINITION_DEFAULTS, space: RUNNER_SPACE, sampler: null, pruner: null, seed: 1, facts: {} };
  try {
    return (await store.createStudy({ name: 'shared', directions: ['minimize'], metrics: ['loss'], definition })).id;
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'STUDY_EXISTS')) throw error;
    return (await store.findStudy('shared'))!.id;
  }
}

async function runTrial(store: StudyStore, owner: Owner, trial: TrialRecord, orders: RunnerOrders): Promise<void> {
  const params = { ...paramsOf(trial.draw ?? trial.number), ...trial.params };
  try {
    await store.writeParams(trial.id, owner, params, RUNNER_SPACE, null);
    for (let step = 1; step <= RUNNER_REPORTS; step++) {
      await sleep(orders.pauseMs);
      await store.writeReports(trial.id, owner, [{ step, value: step }]);
    }
    await store.finishTrial(trial.id, owner, endingOf(trial, params.x, orders.failures));
    process.stdout.write(`${trial.number}\n`);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'LEASE_LOST')) throw error; // another process took it over
  }
}

function endingOf(trial: TrialRecord, x: number, failures: boolean): TrialEnding {
  if (failures && failsFirst(trial)) {
    return { state: 'failed', values: [], end: { reason: 'worker-died', message: 'on purpose' }, retry: true };
  }
  return { state: 'complete', values: [x], attributes: { host: hostname() }, end: null, retry: false };
}

async function main(orders: RunnerOrders): Promise<void> {
  const store = await openStore(orders.store);
  const studyId = await studyOf(store);
  const owner = newOwner();
  for (let i = 0; i < orders.enqueue; i++) await store.enqueueTrial(studyId, { x: 0.5 });
  for (;;) {
    await store.reapTrials(studyId, owner, { workerDeaths: 1, processDeaths: 1_000 }, orders.graceMs ?? 60_000);
    const claim = await store.claimTrial(studyId, owner, orders.until);
    if (claim.kind === 'done') break;
    if (claim.kind === 'full') await sleep(2);
    else await runTrial(store, owner, claim.trial, orders);
  }
  await store.close();
}

const [, script, given] = process.argv;
if (script?.endsWith('trial-runner.test.child.js') && given !== undefined) await main(JSON.parse(given));
