import type { PruneDecision } from '@assay/pruner';
import type { Report, Suggestion } from '@assay/sampler';
import { type Distribution, type ParamValues, type SearchSpace, SpaceError } from '@assay/space';
import { isAmongBest } from './best-trials.js';
import { EventChannel } from './event-channel.js';
import { judgeTrial } from './judge-trial.js';
import { lateResult } from './late-result.js';
import { GRACE_MS, LeaseKeeper } from './lease-keeper.js';
import { requireStep } from './life-cycle.js';
import { ReportBuffer } from './report-buffer.js';
import { StoreError } from './store-error.js';
import { StudyError } from './study-error.js';
import type { TrialEnding } from './study-store.js';
import { failed, interrupted } from './trial-ending.js';
import {
  configurationOf,
  explainSampler,
  isPlanned,
  plannedTrial,
  planTrial,
  type StudySetup,
  type TrialPlan,
} from './trial-plan.js';
import type { TrialRecord } from './trial-record.js';
import { resourcesOf } from './trial-resources.js';
import { TrialView } from './trial-view.js';

export type Asked =
  | { readonly kind: 'trial'; readonly trial: TrialRecord }
  /** `until` is reached once those that run have finished. */
  | { readonly kind: 'full' }
  | { readonly kind: 'done' }
  /** The sampler has nothing left to try. */
  | { readonly kind: 'exhausted' };

/** Parameters that a trial named while it ran. */
export interface NamedParams {
  readonly params: ParamValues;
  readonly space: SearchSpace;
}

/** How often to look for trials of dead processes. */
const REAP_MS = 30_000;

/** The same while there is nothing to do but to wait for other processes' trials. */
const REAP_WAITING_MS = 5_000;

/** Where a study's trials are handed out and handed in: one per process and study. */
export class TrialDesk {
  readonly setup: StudySetup;
  readonly view: TrialView;
  readonly events = new EventChannel();
  /** What the trials of a study without a declared space have named so far, in this process. */
  readonly named = new Map<string, Distribution>();
  /** Trials that run here. */
  readonly #live = new Set<number>();
  readonly #written = new Set<number>();
  readonly #leases: LeaseKeeper;
  readonly #reports: ReportBuffer;
  readonly #openedMs = performance.now();
  #asking: Promise<unknown> = Promise.resolve();
  /** When other processes' trials were read last. */
  #syncedMs = Number.NEGATIVE_INFINITY;
  #reapedMs = Number.NEGATIVE_INFINITY;
  /** What the sampler said last. */
  #heard: string | null = null;
  /** The last claim found enough trials running. */
  #isFull = false;

  constructor(setup: StudySetup) {
    this.setup = setup;
    this.view = new TrialView(setup.store, setup.study, this.#live);
    this.#leases = new LeaseKeeper(
      () => setup.store.renewLeases(setup.study.id, setup.owner),
      (error) => this.events.log('warning', `could not renew the leases of running trials: ${error}`),
    );
    this.#reports = new ReportBuffer(
      (trialId, reports) => setup.store.writeReports(trialId, setup.owner, reports),
      (error) => this.events.log('warning', `reports of a running trial were not stored: ${error}`),
      setup.reportDelayMs,
    );
  }

  /** The next trial, running, with its parameters written. One call at a time, so that each sees those before it. */
  ask(until: number | null): Promise<Asked> {
    const asked = this.#asking.then(() => this.#ask(until));
    this.#asking = asked.catch(() => undefined); // whoever asked gets the rejection; the next one starts afresh
    return asked;
  }

  /** Logs how the sampler goes about its trials, also where that is no news to the study: it may be to who looks at this run. */
  announceSampler(): void {
    const line = explainSampler(this.setup, this.view);
    if (line !== null) this.#pass(line);
  }

  /** Ends and re-enqueues the trials of dead processes, where none has been looked for in a while. */
  async reap(everyMs = REAP_MS): Promise<void> {
    const { store, study, owner, retries } = this.setup;
    if (performance.now() - this.#reapedMs < everyMs) return;
    this.#reapedMs = performance.now();
    const openMs = performance.now() - this.#openedMs;
    const numbers = await store.reapTrials(study.id, owner, retries, GRACE_MS, openMs);
    if (numbers.length === 0) return;
    await this.view.sync();
    for (const number of numbers) this.#announceEnd(this.view.trials[number]!);
  }

  /**
   * Takes an intermediate value, and stores it at once or, where they come fast, together with the next ones.
   * @throws {StoreError} `LEASE_LOST`, `INVALID_VALUE`
   * @throws {StudyError} `NOT_RUNNING` when this process is not, or no longer, running the trial
   */
  async report(number: number, report: Report): Promise<void> {
    requireStep(report);
    this.#requireLive(number);
    const { id, reports } = this.trial(number);
    if (reports.some(({ step }) => step === report.step)) return;
    const ascending = [...reports, report].sort((a, b) => a.step - b.step);
    await this.view.patch({ ...this.trial(number), reports: ascending });
    this.events.emit({ type: 'trial-reported', trial: this.trial(number) });
    await this.#reports.add(id, report);
  }

  /** Asks the pruner, and stores the rungs that the trial has climbed. @throws {StoreError} `LEASE_LOST` */
  async judge(number: number): Promise<PruneDecision> {
    const { store, study, owner, pruner } = this.setup;
    await this.#syncReports();
    const decision = judgeTrial(pruner, study, this.trial(number), this.view);
    if (decision.rungs !== undefined) {
      await store.writeRungs(this.trial(number).id, owner, decision.rungs);
      await this.view.patch({ ...this.trial(number), rungs: decision.rungs });
    }
    return decision;
  }

  /**
   * Ends a trial; resolves when that is durable, with the trial as it then is. That is not this ending when another process
   * has ended the trial first (a warning event says so).
   * @throws {StudyError} `NOT_RUNNING` when this process is not, or no longer, running it; `RESULT_NOT_STORED`, its message
   * carrying the result as JSON: the trial then goes on, and may be finished again
   */
  async finish(number: number, ending: TrialEnding, named?: NamedParams): Promise<TrialRecord> {
    this.#requireLive(number);
    const { store, study, owner } = this.setup;
    const { id } = this.trial(number);
    const resources = resourcesOf(this.trial(number), study, owner);
    const reports = await this.#reports.take(id);
    try {
      if (named !== undefined) await this.#writeNamed(number, named);
      await store.finishTrial(id, owner, { ...ending, resources, reports });
    } catch (error) {
      this.#reports.putBack(id, reports);
      return await this.#keepResult(this.trial(number), ending, error);
    }
    const { state, values, end, constraints = [] } = ending;
    const trial = this.trial(number);
    const attributes = { ...trial.attributes, ...ending.attributes };
    const results = { state, values, constraints, attributes, end, resources };
    await this.view.patch({ ...trial, ...results, finishedMs: Date.now() });
    this.#release(trial);
    return this.#announceEnd(this.trial(number));
  }

  /** What is known of a trial here, as of the last sync or change. */
  trial(number: number): TrialRecord {
    const trial = this.view.trials[number];
    if (trial === undefined) throw new StudyError('NOT_RUNNING', `there is no trial ${number}`);
    return trial;
  }

  async #ask(until: number | null): Promise<Asked> {
    const { store, study, owner } = this.setup;
    await this.reap(this.#isFull ? REAP_WAITING_MS : REAP_MS);
    for (;;) {
      await this.view.sync();
      this.#syncedMs = performance.now();
      if (until !== null && this.view.finished >= until) return { kind: 'done' };
      const plan = planTrial(this.setup, this.view);
      if (plan === 'exhausted') return { kind: 'exhausted' };
      const claim = await store.claimTrial(study.id, owner, until, plannedTrial(this.setup, plan));
      this.#isFull = claim.kind === 'full';
      if (claim.kind !== 'claimed') return claim;
      this.#live.add(claim.trial.number);
      this.#leases.hold();
      this.#reports.start(claim.trial.id);
      await this.view.patch(claim.trial);
      const asked = await this.#start(claim.trial, plan);
      if (asked !== 'again') return asked;
    }
  }

  /** Gives a claimed trial its parameters. A trial that cannot have any is ended: none stays behind running. */
  async #start(trial: TrialRecord, plan: TrialPlan | 'none'): Promise<Asked | 'again'> {
    const { store, owner, space } = this.setup;
    if (space !== null) {
      const made = await this.#configure(trial, plan);
      if (typeof made === 'string') return made === 'exhausted' ? { kind: 'exhausted' } : 'again';
      const { params, note = null, message } = made;
      if (!isPlanned(trial, plan)) {
        await store.writeParams(trial.id, owner, params, space, note);
        await this.view.patch({ ...trial, params, note });
      }
      if (message !== undefined) this.#pass(message);
    }
    this.events.emit({ type: 'trial-started', trial: this.trial(trial.number) });
    return { kind: 'trial', trial: this.trial(trial.number) };
  }

  /** Reads what other processes' trials have reported. Marks change by a person's hand, and can wait for the next trial. */
  async #syncReports(): Promise<void> {
    const { pruner, reportDelayMs } = this.setup;
    if (pruner.name === 'none' || performance.now() - this.#syncedMs < reportDelayMs) return;
    this.#syncedMs = performance.now();
    await this.view.sync(false);
  }

  /** Logs what the sampler says, once. */
  #pass(line: string): void {
    if (line !== this.#heard) this.events.log('info', line);
    this.#heard = line;
  }

  async #configure(trial: TrialRecord, plan: TrialPlan | 'none'): Promise<Suggestion | 'exhausted' | 'again'> {
    const { space } = this.setup;
    try {
      const made = configurationOf({ ...this.setup, space: space ?? [] }, this.view, trial, plan);
      if (made !== null) return made;
      await this.finish(
        trial.number,
        failed('stopped', 'another process took the last configuration there was to try'),
      );
      return 'exhausted';
    } catch (error) {
      if (Object.keys(trial.params).length > 0 && error instanceof SpaceError) {
        await this.finish(trial.number, failed('invalid-value', `its fixed parameters do not fit: ${error.message}`));
        return 'again';
      }
      await this.finish(trial.number, interrupted(`the sampler threw: ${error}`));
      throw error;
    }
  }

  async #writeNamed(number: number, { params, space }: NamedParams): Promise<void> {
    if (this.#written.has(number)) return; // by an attempt to finish that failed after this
    await this.setup.store.writeParams(this.trial(number).id, this.setup.owner, params, space, null);
    this.#written.add(number);
    await this.view.patch({ ...this.trial(number), params });
  }

  /** For a result that the store did not take: says so, and where it cannot be kept hands it out as JSON. */
  async #keepResult(trial: TrialRecord, ending: TrialEnding, cause: unknown): Promise<TrialRecord> {
    if (cause instanceof StoreError && cause.code === 'LEASE_LOST') {
      this.events.log('warning', `the result of trial ${trial.number} came too late: ${cause.message}`);
      this.#release(trial);
      await this.view.sync();
      return this.#announceEnd(this.trial(trial.number));
    }
    const { number, params } = trial;
    const kept = { study: this.setup.study.name, trial: number, params, ...ending, ...lateResult(ending) };
    const result = JSON.stringify(kept);
    const message = `the result of trial ${number} could not be stored (${cause}): ${result}`;
    this.events.emit({ type: 'result-lost', number, line: message });
    throw new StudyError('RESULT_NOT_STORED', message, { cause, result });
  }

  #requireLive(number: number): void {
    if (this.#live.has(number)) return;
    throw new StudyError('NOT_RUNNING', `trial ${number} is not running here, or has ended`);
  }

  #release({ id, number }: TrialRecord): void {
    this.#live.delete(number);
    this.#leases.release();
    this.#reports.end(id);
  }

  #announceEnd(trial: TrialRecord): TrialRecord {
    const best = isAmongBest(trial, this.view.trials, this.setup.study.directions);
    this.events.emit({ type: 'trial-finished', trial, best });
    return trial;
  }
}
