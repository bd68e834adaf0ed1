import type { Json, ParamValues, SearchSpace } from '@assay/space';
import type {
  Claim,
  EnqueuedTrial,
  ImportedStudy,
  MarkChange,
  NewStudy,
  Owner,
  PlannedTrial,
  Prior,
  RetryLimits,
  StudyAttributes,
  StudyRecord,
  StudyStore,
  TrialCounts,
  TrialEnding,
  TrialMarks,
  TrialQuery,
  TrialRanking,
  TrialRecord,
} from '@assay/study';
import {
  lateResult,
  mostDeaths,
  requireEnding,
  requireObjective,
  requireStep,
  requireTransition,
  StoreError,
} from '@assay/study';
import { writeJson } from './json-text.js';
import { findLease, leaseLost, requireLease, requireOwned, wasEndedElsewhere } from './lease.js';
import { type ExpiredLease, expiredLeases, renewOwner } from './lease-table.js';
import { orderedValues } from './param-codec.js';
import type { SqlDatabase, SqlSession } from './sql-database.js';
import { toStoredTime } from './stored-time.js';
import { deleteStudy, readStudyAttributes, renameStudy } from './study-archivist.js';
import { StudyReader } from './study-reader.js';
import { addStudy, changeDefinition } from './study-writer.js';
import { countTrials } from './trial-counts.js';
import { importTrials } from './trial-importer.js';
import { markTrial, readMarks, readNumberedMarks } from './trial-marks-table.js';
import { LAST_NUMBER, ONE_TRIAL, TRIALS_BETWEEN } from './trial-queries.js';
import { rankedIds } from './trial-ranking.js';
import { TrialReader } from './trial-reader.js';
import * as sql from './trial-statements.js';
import {
  addLeased,
  addParams,
  addReports,
  addResults,
  addRetry,
  addTrial,
  addWaiting,
  countProcessDeaths,
  markFinished,
  setSystemAttribute,
} from './trial-writer.js';

/** A trial's owner proves that it lives with every report, though not more often than this. */
const RENEW_EVERY_MS = 1_000;

/**
 * Studies in a database with Optuna's schema. Of a trial in a database of this process only the end waits for the disk: a
 * start that a power cut takes back has cost nothing, for the draw goes with it, and reports ride along.
 */
export class SqlStudyStore implements StudyStore {
  readonly url: string;
  readonly readOnly: string | null;
  readonly #database: SqlDatabase;
  readonly #trials = new TrialReader();
  readonly #studies = new StudyReader();
  readonly #renewedMs = new Map<string, number>();

  /**
   * @param database on a prepared schema; closed with the store
   * @param readOnly why nothing can be written to it, with the way out; null where it can
   */
  constructor(database: SqlDatabase, readOnly: string | null = null) {
    this.url = database.url;
    this.readOnly = readOnly;
    this.#database = database;
  }

  createStudy(study: NewStudy): Promise<StudyRecord> {
    return this.#database.write('durable', async (db) => {
      const id = await addStudy(db, { ...study, createdMs: Date.now() });
      for (const trial of study.enqueued ?? []) {
        await addWaiting(db, id, trial, orderedValues(study.definition.space));
      }
      return this.#studies.require(db, id);
    });
  }

  findStudy(name: string): Promise<StudyRecord | null> {
    return this.#database.read((db) => this.#studies.find(db, name));
  }

  listStudies(): Promise<readonly StudyRecord[]> {
    return this.#database.read((db) => this.#studies.list(db));
  }

  readTrials(studyId: number, { from = 0, limit, ...parts }: TrialQuery = {}): Promise<readonly TrialRecord[]> {
    const to = limit === undefined ? LAST_NUMBER : from + limit - 1;
    return this.#database.read(async (db) => {
      const ordered = await this.#studies.requireOrdered(db, studyId);
      const trials = await this.#trials.read(db, TRIALS_BETWEEN, { studyId, from, to }, ordered, parts);
      return withMarks(trials, await readMarks(db, studyId));
    });
  }

  countTrials(studyId: number): Promise<TrialCounts> {
    return this.#database.read(async (db) => {
      await this.#studies.requireOrdered(db, studyId);
      return countTrials(db, studyId);
    });
  }

  rankTrials(studyId: number, ranking: TrialRanking): Promise<readonly TrialRecord[]> {
    const { objective = 0 } = ranking;
    return this.#database.read(async (db) => {
      const { directions } = await this.#studies.require(db, studyId);
      requireObjective(objective, directions);
      const ordered = await this.#studies.requireOrdered(db, studyId);
      const ids = await rankedIds(db, studyId, directions[objective]!, ranking);
      return withMarks(await this.#trials.readAmong(db, ids, ordered), await readMarks(db, studyId));
    });
  }

  markTrial(trialId: number, change: MarkChange): Promise<TrialMarks> {
    return this.#database.write('durable', (db) => markTrial(db, trialId, change));
  }

  readMarks(studyId: number): Promise<ReadonlyMap<number, TrialMarks>> {
    return this.#database.read(async (db) => {
      await this.#studies.requireOrdered(db, studyId);
      return readNumberedMarks(db, studyId);
    });
  }

  readStudyAttributes(studyId: number): Promise<StudyAttributes> {
    return this.#database.read(async (db) => {
      await this.#studies.requireOrdered(db, studyId);
      return readStudyAttributes(db, studyId);
    });
  }

  importStudy(study: ImportedStudy): Promise<StudyRecord> {
    return this.#database.write('durable', async (db) => {
      return this.#studies.require(db, await addStudy(db, study));
    });
  }

  importTrials(studyId: number, trials: readonly TrialRecord[]): Promise<void> {
    return this.#database.write('durable', async (db) => {
      await importTrials(db, await this.#studies.require(db, studyId), trials);
    });
  }

  renameStudy(studyId: number, name: string): Promise<StudyRecord> {
    return this.#database.write('durable', async (db) => {
      await renameStudy(db, this.#studies, await this.#studies.require(db, studyId), name);
      return this.#studies.require(db, studyId);
    });
  }

  deleteStudy(studyId: number, { force = false }: { readonly force?: boolean } = {}): Promise<void> {
    return this.#database.write('durable', async (db) => {
      await deleteStudy(db, await this.#studies.require(db, studyId), force);
    });
  }

  changeSampling(studyId: number, changes: Parameters<StudyStore['changeSampling']>[1]): Promise<StudyRecord> {
    return this.#database.write('durable', async (db) => {
      await this.#studies.requireOrdered(db, studyId);
      await changeDefinition(db, studyId, changes);
      return this.#studies.require(db, studyId);
    });
  }

  readPrior(studyId: number): Promise<Prior> {
    return this.#database.read(async (db) => {
      await this.#studies.requireOrdered(db, studyId);
      return this.#studies.prior(db, studyId);
    });
  }

  enqueueTrial(studyId: number, params: ParamValues, attributes: EnqueuedTrial['attributes'] = {}): Promise<number> {
    return this.#database.write('durable', async (db) => {
      await db.lock('study', studyId); // nor is it deleted meanwhile
      const ordered = await this.#studies.requireOrdered(db, studyId);
      return (await addWaiting(db, studyId, { params, attributes }, ordered)).number;
    });
  }

  claimTrial(studyId: number, owner: Owner, until: number | null, planned: PlannedTrial | null = null): Promise<Claim> {
    return this.#database.write('claim', async (db) => {
      await db.lock('study', studyId); // nobody else claims between the counts and the claim
      const ordered = await this.#studies.requireOrdered(db, studyId);
      const refusal = until === null ? null : await refusalOf(db, studyId, until);
      if (refusal !== null) return { kind: refusal };
      const ownerId = await this.#renew(db, owner);
      const waiting = await db.get<{ id: number }>(sql.oldestWaiting(db.dialect), { studyId });
      if (waiting === undefined) return { kind: 'claimed', trial: await startNew(db, studyId, ownerId, planned) };
      await startWaiting(db, waiting.id, ownerId);
      const claimed = await this.#trials.read(db, ONE_TRIAL, { trialId: waiting.id }, ordered);
      return { kind: 'claimed', trial: withMarks(claimed, await readMarks(db, studyId))[0]! };
    });
  }

  writeParams(
    trialId: number,
    owner: Owner,
    params: ParamValues,
    space: SearchSpace,
    note: Json | null,
  ): Promise<void> {
    return this.#database.write('claim', async (db) => {
      const { number, hasParams } = await requireLease(db, trialId, owner);
      if (hasParams) {
        throw new StoreError('ILLEGAL_TRANSITION', `trial ${number} has its parameters; they never change`);
      }
      await addParams(db, trialId, { params, space, note });
    });
  }

  async writeReports(trialId: number, owner: Owner, reports: TrialRecord['reports']): Promise<void> {
    for (const report of reports) requireStep(report);
    await this.#database.write('lazy', async (db) => {
      await requireLease(db, trialId, owner);
      await addReports(db, trialId, reports);
      if (Date.now() - (this.#renewedMs.get(owner.token) ?? 0) > RENEW_EVERY_MS) await this.#renew(db, owner);
    });
  }

  writeRungs(trialId: number, owner: Owner, rungs: readonly number[]): Promise<void> {
    return this.#database.write('lazy', async (db) => {
      await requireLease(db, trialId, owner);
      await db.run(sql.DROP_RUNGS, { trialId });
      for (const [k, value] of rungs.entries()) await setSystemAttribute(db, trialId, `completed_rung_${k}`, value);
    });
  }

  async finishTrial(trialId: number, owner: Owner, ending: TrialEnding): Promise<void> {
    const lost = await this.#database.write('durable', async (db) => {
      const lease = await findLease(db, trialId);
      if (wasEndedElsewhere(lease)) {
        await db.run(sql.NOTE_LATE_RESULT, { trialId, result: writeJson(lateResult(ending), 'a late result') });
        return leaseLost(lease, 'another process has ended it');
      }
      requireTransition(lease, ending.state);
      requireOwned(lease, owner);
      await finish(db, { id: trialId, ...lease }, ending);
      return null;
    });
    if (lost !== null) throw lost; // only now: the late result stays
  }

  renewLeases(studyId: number, owner: Owner): Promise<void> {
    return this.#database.write('lazy', async (db) => {
      await this.#studies.requireOrdered(db, studyId);
      await this.#renew(db, owner);
    });
  }

  #renew(db: SqlSession, owner: Owner): Promise<number> {
    this.#renewedMs.set(owner.token, Date.now());
    return renewOwner(db, owner);
  }

  async reapTrials(
    studyId: number,
    owner: Owner,
    limits: RetryLimits,
    graceMs: number,
    openMs = 0,
  ): Promise<readonly number[]> {
    const any = await this.#database.read(async (db) => {
      await this.#studies.requireOrdered(db, studyId);
      return (await expiredLeases(db, studyId, owner, graceMs, 'look')).length > 0;
    });
    if (!any) return []; // the usual case takes no write lock
    return this.#database.write('durable', async (db) => {
      await db.lock('study', studyId);
      const expired = await expiredLeases(db, studyId, owner, graceMs, 'take');
      for (const lease of expired) await reap(db, lease, studyId, mostDeaths(limits, { ...lease, openMs }));
      return expired.map(({ number }) => number);
    });
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}

function withMarks(trials: readonly TrialRecord[], marks: ReadonlyMap<number, TrialMarks>): readonly TrialRecord[] {
  if (marks.size === 0) return trials;
  return trials.map((trial) => (marks.has(trial.id) ? { ...trial, marks: marks.get(trial.id)! } : trial));
}

/** Running trials first: one that ends between the counts is counted twice rather than never, and the caller asks again. */
async function refusalOf(db: SqlSession, studyId: number, until: number): Promise<'done' | 'full' | null> {
  const { leased } = (await db.get<{ leased: number }>(sql.COUNT_LEASED, { studyId }))!;
  const { complete, pruned } = await countTrials(db, studyId);
  const finished = complete + pruned;
  if (finished >= until) return 'done';
  return finished + leased >= until ? 'full' : null;
}

async function startWaiting(db: SqlSession, trialId: number, ownerId: number): Promise<void> {
  await db.run(sql.START_TRIAL, { trialId, start: toStoredTime(Date.now()) });
  await db.run(sql.TAKE_LEASE, { trialId, ownerId });
}

/** The trial as it would be read: but for what was planned it is known to be empty. */
async function startNew(
  db: SqlSession,
  studyId: number,
  ownerId: number,
  planned: PlannedTrial | null,
): Promise<TrialRecord> {
  const startedMs = Date.now();
  const { id, number } = await addTrial(db, studyId, 'RUNNING', toStoredTime(startedMs));
  const { draw } = (await db.get<{ draw: number }>(sql.TAKE_DRAW, { studyId }))!;
  const suggested = planned?.number === number && planned.draw === draw ? planned : null;
  await addLeased(db, { trialId: id, ownerId, draw }, suggested);
  const { params, note } = suggested ?? { params: {}, note: null };
  return {
    ...{ id, number, state: 'running', params, values: [], constraints: [], reports: [], rungs: [], startedMs },
    ...{ finishedMs: null, draw, retryOf: null, note, end: null, attributes: {} },
  };
}

interface RunningTrial {
  readonly id: number;
  readonly number: number;
  readonly studyId: number;
}

async function finish(db: SqlSession, trial: RunningTrial, ending: TrialEnding): Promise<void> {
  const { objectives } = (await db.get<{ objectives: number }>(sql.COUNT_OBJECTIVES, { studyId: trial.studyId }))!;
  requireEnding(ending, objectives);
  if (ending.retry) await addRetry(db, trial);
  await addResults(db, trial.id, ending);
  await markFinished(db, trial.id, ending, objectives);
}

async function reap(
  db: SqlSession,
  { id, number, message }: ExpiredLease,
  studyId: number,
  most: number,
): Promise<void> {
  const retry = (await countProcessDeaths(db, id, studyId)) < most;
  const end = { reason: 'process-died', message } as const;
  await finish(db, { id, number, studyId }, { state: 'failed', values: [], end, retry });
}
