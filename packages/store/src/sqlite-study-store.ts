import type { Json, ParamValues, SearchSpace } from '@assay/space';
import type {
  Claim,
  EnqueuedTrial,
  NewStudy,
  Owner,
  Prior,
  RetryLimits,
  StudyRecord,
  StudyStore,
  TrialEnding,
  TrialRecord,
} from '@assay/study';
import { lateResult, requireEnding, requireTransition, StoreError } from '@assay/study';
import { writeJson } from './json-text.js';
import { findLease, leaseLost, requireLease, wasEndedElsewhere } from './lease.js';
import { type ExpiredLease, expiredLeases, renewOwner } from './lease-table.js';
import { orderedValues } from './param-codec.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { toStoredNumber } from './stored-number.js';
import { toStoredTime } from './stored-time.js';
import { StudyReader } from './study-reader.js';
import { addStudy, changeDefinition } from './study-writer.js';
import { ONE_TRIAL, TRIALS_FROM } from './trial-queries.js';
import { TrialReader } from './trial-reader.js';
import * as sql from './trial-statements.js';
import {
  addParams,
  addResults,
  addRetry,
  addTrial,
  addWaiting,
  markFinished,
  retryHistory,
  setSystemAttribute,
} from './trial-writer.js';

/** A trial's owner proves that it lives with every report, though not more often than this. */
const RENEW_EVERY_MS = 1_000;

/**
 * Studies in an SQLite file, in Optuna's schema. At most two transactions of a trial wait for the disk: its parameters and
 * its end. A claim that a power cut takes back has cost nothing, and reports ride along.
 */
export class SqliteStudyStore implements StudyStore {
  readonly url: string;
  readonly #db: SqliteConnection;
  readonly #trials: TrialReader;
  readonly #studies: StudyReader;
  readonly #renewedMs = new Map<string, number>();

  /** @param connection on a prepared schema; closed with the store */
  constructor(connection: SqliteConnection) {
    this.url = connection.url;
    this.#db = connection;
    this.#trials = new TrialReader(connection);
    this.#studies = new StudyReader(connection);
  }

  async createStudy(study: NewStudy): Promise<StudyRecord> {
    return this.#db.write('durable', () => {
      const id = addStudy(this.#db, study);
      for (const trial of study.enqueued ?? []) {
        addWaiting(this.#db, id, trial, orderedValues(study.definition.space));
      }
      return this.#studies.find(study.name)!;
    });
  }

  async findStudy(name: string): Promise<StudyRecord | null> {
    return this.#db.read(() => this.#studies.find(name));
  }

  async listStudies(): Promise<readonly StudyRecord[]> {
    return this.#db.read(() => this.#studies.list());
  }

  async readTrials(studyId: number, from = 0): Promise<readonly TrialRecord[]> {
    return this.#db.read(() => this.#trials.read(TRIALS_FROM, [studyId, from], this.#studies.requireOrdered(studyId)));
  }

  async changeSampling(studyId: number, changes: Parameters<StudyStore['changeSampling']>[1]): Promise<StudyRecord> {
    return this.#db.write('durable', () => {
      this.#studies.requireOrdered(studyId);
      changeDefinition(this.#db, studyId, changes);
      return this.#studies.get(studyId)!;
    });
  }

  async readPrior(studyId: number): Promise<Prior> {
    return this.#db.read(() => {
      this.#studies.requireOrdered(studyId);
      return this.#studies.prior(studyId);
    });
  }

  async enqueueTrial(
    studyId: number,
    params: ParamValues,
    attributes: EnqueuedTrial['attributes'] = {},
  ): Promise<number> {
    return this.#db.write('durable', () => {
      const ordered = this.#studies.requireOrdered(studyId);
      return addWaiting(this.#db, studyId, { params, attributes }, ordered).number;
    });
  }

  async claimTrial(studyId: number, owner: Owner, until: number | null): Promise<Claim> {
    return this.#db.write('lazy', () => {
      const ordered = this.#studies.requireOrdered(studyId);
      const refusal = until === null ? null : this.#refusal(studyId, until);
      if (refusal !== null) return { kind: refusal };
      const trialId = this.#takeTrial(studyId, this.#renew(owner));
      return { kind: 'claimed', trial: this.#trials.read(ONE_TRIAL, [trialId], ordered)[0]! };
    });
  }

  #refusal(studyId: number, until: number): 'done' | 'full' | null {
    const { finished } = this.#db.get<{ finished: number }>(sql.COUNT_FINISHED, { studyId })!;
    if (finished >= until) return 'done';
    const { leased } = this.#db.get<{ leased: number }>(sql.COUNT_LEASED, [studyId])!;
    return finished + leased >= until ? 'full' : null;
  }

  #takeTrial(studyId: number, ownerId: number): number {
    const waiting = this.#db.get<{ id: number }>(sql.OLDEST_WAITING, [studyId]);
    if (waiting !== undefined) {
      this.#db.run(sql.START_TRIAL, { trialId: waiting.id, start: toStoredTime(Date.now()) });
      this.#db.run(sql.TAKE_LEASE, { trialId: waiting.id, ownerId, draw: null });
      return waiting.id;
    }
    const { id } = addTrial(this.#db, studyId, 'RUNNING');
    const { draw } = this.#db.get<{ draw: number }>(sql.TAKE_DRAW, [studyId])!;
    this.#db.run(sql.TAKE_LEASE, { trialId: id, ownerId, draw });
    return id;
  }

  async writeParams(
    trialId: number,
    owner: Owner,
    params: ParamValues,
    space: SearchSpace,
    note: Json | null,
  ): Promise<void> {
    this.#db.write('durable', () => {
      const { number, hasParams } = requireLease(this.#db, trialId, owner);
      if (hasParams) {
        throw new StoreError('ILLEGAL_TRANSITION', `trial ${number} has its parameters; they never change`);
      }
      addParams(this.#db, trialId, params, space, note);
    });
  }

  async report(trialId: number, owner: Owner, report: TrialRecord['reports'][number]): Promise<void> {
    if (!Number.isSafeInteger(report.step) || report.step < 0) {
      throw new StoreError('INVALID_VALUE', `a report's step must be a non-negative integer, got ${report.step}`);
    }
    const { value, type } = toStoredNumber(report.value);
    this.#db.write('lazy', () => {
      requireLease(this.#db, trialId, owner);
      this.#db.run(sql.ADD_REPORT, [trialId, report.step, value, type]);
      if (Date.now() - (this.#renewedMs.get(owner.token) ?? 0) > RENEW_EVERY_MS) this.#renew(owner);
    });
  }

  async writeRungs(trialId: number, owner: Owner, rungs: readonly number[]): Promise<void> {
    this.#db.write('lazy', () => {
      requireLease(this.#db, trialId, owner);
      this.#db.run(sql.DROP_RUNGS, [trialId]);
      for (const [k, value] of rungs.entries()) setSystemAttribute(this.#db, trialId, `completed_rung_${k}`, value);
    });
  }

  async finishTrial(trialId: number, owner: Owner, ending: TrialEnding): Promise<void> {
    const lost = this.#db.write('durable', () => {
      const lease = findLease(this.#db, trialId);
      if (wasEndedElsewhere(lease)) {
        this.#db.run(sql.NOTE_LATE_RESULT, { trialId, result: writeJson(lateResult(ending), 'a late result') });
        return leaseLost(lease, 'another process has ended it');
      }
      requireTransition(lease, ending.state);
      requireLease(this.#db, trialId, owner);
      this.#finish({ id: trialId, ...lease }, ending);
      return null;
    });
    if (lost !== null) throw lost; // only now: the late result stays
  }

  #finish(
    trial: { readonly id: number; readonly number: number; readonly studyId: number },
    ending: TrialEnding,
  ): void {
    const { objectives } = this.#db.get<{ objectives: number }>(sql.COUNT_OBJECTIVES, [trial.studyId])!;
    requireEnding(ending, objectives);
    if (ending.retry) addRetry(this.#db, trial);
    addResults(this.#db, trial.id, ending);
    markFinished(this.#db, trial.id, ending, objectives);
  }

  async renewLeases(studyId: number, owner: Owner): Promise<void> {
    this.#db.write('lazy', () => {
      this.#studies.requireOrdered(studyId);
      this.#renew(owner);
    });
  }

  #renew(owner: Owner): number {
    this.#renewedMs.set(owner.token, Date.now());
    return renewOwner(this.#db, owner);
  }

  async reapTrials(studyId: number, owner: Owner, limits: RetryLimits, graceMs: number): Promise<readonly number[]> {
    const expired = () => expiredLeases(this.#db, studyId, owner, graceMs);
    const any = this.#db.read(() => {
      this.#studies.requireOrdered(studyId);
      return expired().length > 0;
    });
    if (!any) return []; // the usual case takes no write lock
    return this.#db.write('durable', () => expired().map((lease) => this.#reap(lease, studyId, limits)));
  }

  #reap({ id, number, message }: ExpiredLease, studyId: number, limits: RetryLimits): number {
    const attempts = JSON.stringify(retryHistory(this.#db, id));
    const { deaths } = this.#db.get<{ deaths: number }>(sql.COUNT_PROCESS_DEATHS, { studyId, attempts })!;
    const retry = deaths < limits.processDeaths;
    const end = { reason: 'process-died', message } as const;
    this.#finish({ id, number, studyId }, { state: 'failed', values: [], end, retry });
    return number;
  }

  async close(): Promise<void> {
    this.#db.close();
  }
}
