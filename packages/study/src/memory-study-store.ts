import type { Report } from '@assay/sampler';
import type { Json, ParamValues, SearchSpace } from '@assay/space';
import { distributionsOf, requireDistributions, requireImportable } from './importable-trial.js';
import { LATE_RESULT, lateResult } from './late-result.js';
import { isFinished, requireEnding, requireStep, requireTransition } from './life-cycle.js';
import { isOwnerGone } from './owner.js';
import { countTrials, rankTrials } from './rank-trials.js';
import { StoreError } from './store-error.js';
import type { ImportedStudy, StudyAttributes } from './study-archive.js';
import { newNames, studyInUse } from './study-names.js';
import type {
  Claim,
  EnqueuedTrial,
  NewStudy,
  Owner,
  PlannedTrial,
  Prior,
  RetryLimits,
  StudyRecord,
  StudyStore,
  TrialEnding,
} from './study-store.js';
import { mostDeaths } from './trial-ending.js';
import { changedMarks, hasMarks, type MarkChange, NO_MARKS, type TrialMarks } from './trial-marks.js';
import type { TrialCounts, TrialQuery, TrialRanking } from './trial-query.js';
import type { TrialRecord } from './trial-record.js';

interface Lease {
  readonly owner: Owner;
  readonly renewedMs: number;
}

interface Entry {
  readonly studyId: number;
  trial: TrialRecord;
  /** What is read on demand. */
  details: Required<Pick<TrialRecord, 'distributions' | 'system'>>;
  /** Of a running trial. */
  lease: Lease | null;
  paramsWritten: boolean;
}

/** Studies that live as long as this object: for tests, and for searches whose result is all that is kept. */
export class MemoryStudyStore implements StudyStore {
  readonly url = 'memory:';
  readonly readOnly = null;
  readonly #studies = new Map<number, StudyRecord>();
  /** All studies' trials, by id. */
  readonly #entries = new Map<number, Entry>();
  readonly #byStudy = new Map<number, Entry[]>();
  readonly #priors = new Map<number, Prior>();
  readonly #attributes = new Map<number, StudyAttributes>();
  #lastStudyId = 0;
  #lastTrialId = 0;
  #closed = false;

  async createStudy({ enqueued = [], ...study }: NewStudy): Promise<StudyRecord> {
    const record = await this.importStudy({ ...study, createdMs: Date.now() });
    for (const trial of enqueued) this.#add(record.id, structuredClone(trial));
    return record;
  }

  async importStudy({ prior = [], attributes = NO_ATTRIBUTES, ...study }: ImportedStudy): Promise<StudyRecord> {
    this.#requireOpen();
    this.#requireNewName(study.name);
    this.#lastStudyId += 1;
    const record = { ...structuredClone(study), id: this.#lastStudyId };
    this.#studies.set(record.id, record);
    this.#byStudy.set(record.id, []);
    this.#priors.set(record.id, structuredClone(prior));
    this.#attributes.set(record.id, structuredClone(attributes));
    return record;
  }

  async findStudy(name: string): Promise<StudyRecord | null> {
    return (await this.listStudies()).find((study) => study.name === name) ?? null;
  }

  async listStudies(): Promise<readonly StudyRecord[]> {
    this.#requireOpen();
    return [...this.#studies.values()];
  }

  async readTrials(studyId: number, query: TrialQuery = {}): Promise<readonly TrialRecord[]> {
    const { from = 0, limit = Infinity } = query;
    return this.#entriesOf(studyId)
      .slice(from, from + limit)
      .map((entry) => asAsked(entry, query));
  }

  async countTrials(studyId: number): Promise<TrialCounts> {
    return countTrials(this.#entriesOf(studyId).map(({ trial }) => trial));
  }

  async rankTrials(studyId: number, ranking: TrialRanking): Promise<readonly TrialRecord[]> {
    const trials = this.#entriesOf(studyId).map(({ trial }) => trial);
    return rankTrials(trials, this.#studies.get(studyId)!.directions, ranking);
  }

  async readMarks(studyId: number): Promise<ReadonlyMap<number, TrialMarks>> {
    const trials = this.#entriesOf(studyId).map(({ trial }) => trial);
    return new Map(trials.flatMap(({ number, marks }) => (marks === undefined ? [] : [[number, marks]])));
  }

  async markTrial(trialId: number, change: MarkChange): Promise<TrialMarks> {
    const entry = this.#entry(trialId);
    const { marks: before = NO_MARKS, ...trial } = entry.trial;
    const marks = changedMarks(before, change);
    entry.trial = hasMarks(marks) ? { ...trial, marks } : trial;
    return marks;
  }

  async changeSampling(studyId: number, changes: Parameters<StudyStore['changeSampling']>[1]): Promise<StudyRecord> {
    const study = this.#study(studyId);
    if (study.definition === null) return study;
    const changed = { ...study, definition: { ...study.definition, ...structuredClone(changes) } };
    this.#studies.set(studyId, changed);
    return changed;
  }

  async readPrior(studyId: number): Promise<Prior> {
    this.#entriesOf(studyId);
    return this.#priors.get(studyId) ?? [];
  }

  async readStudyAttributes(studyId: number): Promise<StudyAttributes> {
    this.#entriesOf(studyId);
    return this.#attributes.get(studyId) ?? NO_ATTRIBUTES;
  }

  async importTrials(studyId: number, trials: readonly TrialRecord[]): Promise<void> {
    const { directions, definition } = this.#study(studyId);
    const known = this.#entriesOf(studyId).length;
    const imported = trials.map((trial, at) => {
      requireImportable(trial, known + at, directions.length);
      return { trial, distributions: requireDistributions(trial, definition?.space ?? []) };
    });
    for (const { trial, distributions } of imported) {
      const { distributions: _, system = {}, ...given } = structuredClone(trial);
      this.#add(studyId, given).details = { distributions, system };
    }
  }

  async renameStudy(studyId: number, name: string): Promise<StudyRecord> {
    const study = this.#study(studyId);
    const names = newNames(study, name, await this.listStudies());
    for (const { was, is } of names) if (was.name !== is.name) this.#requireNewName(is.name);
    for (const { is } of names) this.#studies.set(is.id, is);
    return this.#study(studyId);
  }

  async deleteStudy(studyId: number, { force = false }: { readonly force?: boolean } = {}): Promise<void> {
    const entries = this.#entriesOf(studyId);
    const running = entries.filter(({ lease }) => lease !== null).length;
    if (running > 0 && !force) throw studyInUse(this.#study(studyId), running);
    for (const { trial } of entries) this.#entries.delete(trial.id);
    for (const map of [this.#studies, this.#byStudy, this.#priors, this.#attributes]) map.delete(studyId);
  }

  async enqueueTrial(
    studyId: number,
    params: ParamValues,
    attributes: EnqueuedTrial['attributes'] = {},
  ): Promise<number> {
    return this.#add(studyId, structuredClone({ params, attributes })).trial.number;
  }

  async claimTrial(
    studyId: number,
    owner: Owner,
    until: number | null,
    planned: PlannedTrial | null = null,
  ): Promise<Claim> {
    const entries = this.#entriesOf(studyId);
    const finished = entries.filter(({ trial }) => isFinished(trial.state)).length;
    const live = entries.filter(({ trial, lease }) => trial.state === 'running' && lease !== null).length;
    if (until !== null && finished >= until) return { kind: 'done' };
    if (until !== null && finished + live >= until) return { kind: 'full' };
    const entry = oldestWaiting(entries) ?? this.#makePlanned(studyId, nextDraw(entries), planned);
    entry.lease = { owner, renewedMs: Date.now() };
    change(entry, { state: 'running', startedMs: Date.now() });
    return { kind: 'claimed', trial: entry.trial };
  }

  async writeParams(
    trialId: number,
    owner: Owner,
    params: ParamValues,
    space: SearchSpace,
    note: Json | null,
  ): Promise<void> {
    const entry = this.#leased(trialId, owner);
    if (entry.paramsWritten) {
      throw new StoreError('ILLEGAL_TRANSITION', `trial ${entry.trial.number} has its parameters; they never change`);
    }
    setParams(entry, distributionsOf(space, params), params, note);
  }

  async writeReports(trialId: number, owner: Owner, reports: readonly Report[]): Promise<void> {
    const entry = this.#leased(trialId, owner);
    for (const report of reports) requireStep(report);
    addReports(entry, reports);
  }

  async writeRungs(trialId: number, owner: Owner, rungs: readonly number[]): Promise<void> {
    change(this.#leased(trialId, owner), { rungs: [...rungs] });
  }

  async finishTrial(trialId: number, owner: Owner, ending: TrialEnding): Promise<void> {
    const entry = this.#entry(trialId);
    if (entry.trial.end?.reason === 'process-died') {
      change(entry, { attributes: { ...entry.trial.attributes, [LATE_RESULT]: lateResult(ending) } });
      throw leaseLost(entry.trial, 'another process has ended it');
    }
    requireTransition(entry.trial, ending.state);
    this.#leased(trialId, owner);
    requireEnding(ending, this.#study(entry.studyId).directions.length);
    this.#finish(entry, ending);
  }

  async renewLeases(studyId: number, owner: Owner): Promise<void> {
    for (const entry of this.#entriesOf(studyId)) {
      if (entry.lease?.owner.token === owner.token) entry.lease = { owner, renewedMs: Date.now() };
    }
  }

  async reapTrials(
    studyId: number,
    owner: Owner,
    limits: RetryLimits,
    graceMs: number,
    openMs = 0,
  ): Promise<readonly number[]> {
    const entries = this.#entriesOf(studyId);
    const dead = entries.filter(({ lease }) => lease !== null && isDead(lease, owner, graceMs));
    for (const entry of dead) {
      const { owner: dead, renewedMs } = entry.lease!;
      const death = { isHere: dead.host === owner.host, silentMs: Date.now() - renewedMs, openMs };
      const retry = deathsOf(entries, entry.trial) < mostDeaths(limits, death);
      this.#finish(entry, {
        state: 'failed',
        values: [],
        end: { reason: 'process-died', message: `the process that ran it (${dead.pid} on ${dead.host}) is gone` },
        retry,
      });
    }
    return dead.map(({ trial }) => trial.number);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #finish(entry: Entry, ending: TrialEnding): void {
    const { state, values, constraints = [], end, resources } = structuredClone(ending);
    const { params, draw, note, retryOf, number, attributes } = entry.trial;
    const results = { ...attributes, ...structuredClone(ending.attributes) };
    const used = resources === undefined ? {} : { resources };
    addReports(entry, ending.reports ?? []);
    change(entry, { state, values, constraints, attributes: results, end, ...used, finishedMs: Date.now() });
    entry.lease = null;
    if (!ending.retry) return;
    const retry = this.#add(entry.studyId, { params, draw, note, attributes, retryOf: retryOf ?? number });
    retry.details = entry.details;
  }

  #makePlanned(studyId: number, draw: number, planned: PlannedTrial | null): Entry {
    const number = this.#entriesOf(studyId).length;
    if (planned === null || planned.number !== number || planned.draw !== draw) return this.#add(studyId, { draw });
    const distributions = distributionsOf(planned.space, planned.params);
    const entry = this.#add(studyId, { draw });
    setParams(entry, distributions, planned.params, planned.note);
    return entry;
  }

  #add(studyId: number, given: Partial<TrialRecord>): Entry {
    const siblings = this.#entriesOf(studyId);
    this.#lastTrialId += 1;
    const trial: TrialRecord = { ...BLANK, ...given, id: this.#lastTrialId, number: siblings.length };
    const details = { distributions: {}, system: {} };
    const entry: Entry = { studyId, trial, details, lease: null, paramsWritten: false };
    this.#entries.set(trial.id, entry);
    siblings.push(entry);
    return entry;
  }

  #requireNewName(name: string): void {
    if (![...this.#studies.values()].some((study) => study.name === name)) return;
    throw new StoreError('STUDY_EXISTS', `there is a study named ${JSON.stringify(name)} already; open that one`);
  }

  #study(studyId: number): StudyRecord {
    this.#entriesOf(studyId);
    return this.#studies.get(studyId)!;
  }

  #requireOpen(): void {
    if (this.#closed) throw new StoreError('STORE_CLOSED', 'this store has been closed; open another one');
  }

  #entriesOf(studyId: number): Entry[] {
    this.#requireOpen();
    const entries = this.#byStudy.get(studyId);
    if (entries === undefined) throw new StoreError('STUDY_NOT_FOUND', `there is no study with id ${studyId}`);
    return entries;
  }

  #entry(trialId: number): Entry {
    this.#requireOpen();
    const entry = this.#entries.get(trialId);
    if (entry === undefined) throw new StoreError('TRIAL_NOT_FOUND', `there is no trial with id ${trialId}`);
    return entry;
  }

  #leased(trialId: number, owner: Owner): Entry {
    const entry = this.#entry(trialId);
    if (entry.lease?.owner.token === owner.token) return entry;
    throw leaseLost(entry.trial, entry.lease === null ? `it is ${entry.trial.state}` : 'another process runs it');
  }
}

const NO_ATTRIBUTES: StudyAttributes = { user: {}, system: {} };

const BLANK: Omit<TrialRecord, 'id' | 'number'> = {
  state: 'waiting',
  params: {},
  values: [],
  constraints: [],
  reports: [],
  rungs: [],
  startedMs: null,
  finishedMs: null,
  draw: null,
  retryOf: null,
  note: null,
  end: null,
  attributes: {},
};

function asAsked({ trial, details }: Entry, { reports = true, details: withDetails = false }: TrialQuery): TrialRecord {
  if (reports && !withDetails) return trial;
  return { ...trial, ...(!reports && { reports: [] }), ...(withDetails && details) };
}

function change(entry: Entry, changes: Partial<TrialRecord>): void {
  entry.trial = { ...entry.trial, ...changes };
}

function setParams(
  entry: Entry,
  distributions: Entry['details']['distributions'],
  params: ParamValues,
  note: Json | null,
): void {
  entry.paramsWritten = true;
  entry.details = { ...entry.details, distributions };
  change(entry, { params: { ...params }, note: structuredClone(note) });
}

/** The first report of a step counts. */
function addReports(entry: Entry, reports: readonly Report[]): void {
  const bySteps = new Map(entry.trial.reports.map((report) => [report.step, report]));
  for (const report of reports) if (!bySteps.has(report.step)) bySteps.set(report.step, { ...report });
  change(entry, { reports: [...bySteps.values()].sort((a, b) => a.step - b.step) });
}

function oldestWaiting(entries: readonly Entry[]): Entry | undefined {
  const age = ({ trial }: Entry): number => trial.retryOf ?? trial.number;
  return entries.filter(({ trial }) => trial.state === 'waiting').sort((a, b) => age(a) - age(b))[0];
}

function nextDraw(entries: readonly Entry[]): number {
  return entries.reduce((next, { trial }) => Math.max(next, (trial.draw ?? -1) + 1), 0);
}

function isDead(lease: Lease, reaper: Owner, graceMs: number): boolean {
  if (lease.owner.token === reaper.token) return false;
  return isOwnerGone(lease.owner) || Date.now() - lease.renewedMs > graceMs;
}

/** How many earlier attempts at this configuration ended because their process died. */
function deathsOf(entries: readonly Entry[], { retryOf, number }: TrialRecord): number {
  const first = retryOf ?? number;
  const attempts = entries.filter(({ trial }) => (trial.retryOf ?? trial.number) === first);
  return attempts.filter(({ trial }) => trial.end?.reason === 'process-died').length;
}

function leaseLost(trial: TrialRecord, why: string): StoreError {
  return new StoreError('LEASE_LOST', `trial ${trial.number} no longer belongs to this process: ${why}`);
}
