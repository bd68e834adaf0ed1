import { bestTrials } from './best-trials.js';
import { isFinished } from './life-cycle.js';
import { Pulse } from './pulse.js';
import { reportedObjective } from './reported-objective.js';
import { runTrial, type TrialRun, type TrialRunner } from './run-trial.js';
import { DEFAULT_LIMITS, type RunFacts, requireLimits, type StopLimits, stopReason } from './stop-rules.js';
import type { Study } from './study.js';
import { StudyControls } from './study-controls.js';
import type { StopReason } from './study-event.js';
import type { TrialDesk } from './trial-desk.js';
import type { TrialExecutor } from './trial-executor.js';
import type { EndReason, TrialRecord } from './trial-record.js';

export interface OptimizeOptions extends Partial<StopLimits> {
  /** The longest a trial may run, in milliseconds. Default: null, no limit. */
  readonly trialTimeLimitMs?: number | null;
  readonly controls?: StudyControls;
  /** Called after each trial of this run; `stop` starts no new ones. What it throws ends the run. */
  readonly onTrialFinished?: (trial: TrialRecord) => undefined | 'stop' | Promise<undefined | 'stop'>;
}

/**
 * Runs trials, as many at a time as the executor has workers, until a stop condition is met; resolves with it when the
 * running ones have ended. The caller closes the executor.
 * @throws what the store, the sampler, the executor or a callback threw, when the running trials have ended
 */
export async function optimize<P>(
  study: Study<P>,
  executor: TrialExecutor,
  options: OptimizeOptions = {},
): Promise<StopReason> {
  const { trialTimeLimitMs = null, controls = new StudyControls(), onTrialFinished, ...limits } = options;
  const runner = { desk: study.desk, executor, controls, timeLimitMs: trialTimeLimitMs };
  const run = new OptimizeRun(runner, { ...DEFAULT_LIMITS, ...limits }, onTrialFinished);
  return await run.toEnd();
}

/** How long to wait for other processes' trials before asking again. */
const FULL_MS = 1_000;

/** `setTimeout` takes no more (24.8 days). */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** One call of `optimize`: N slots that each run one trial after the other. */
class OptimizeRun {
  readonly #runner: TrialRunner;
  readonly #desk: TrialDesk;
  readonly #limits: StopLimits;
  readonly #onTrialFinished: OptimizeOptions['onTrialFinished'];
  readonly #startedMs = performance.now();
  readonly #pulse = new Pulse();
  #reason: StopReason | null = null;
  #error: { readonly thrown: unknown } | null = null;
  /** Trials of the budget: started here and not to be retried. */
  #spent = 0;
  /** Slots that ask for or run a trial. */
  #busy = 0;
  #failuresInARow = 0;
  #hasToldOfOthers = false;

  constructor(runner: TrialRunner, limits: StopLimits, onTrialFinished: OptimizeOptions['onTrialFinished']) {
    requireLimits(limits);
    this.#runner = runner;
    this.#desk = runner.desk;
    this.#limits = limits;
    this.#onTrialFinished = onTrialFinished;
  }

  async toEnd(): Promise<StopReason> {
    const { setup, view, events } = this.#desk;
    await this.#desk.reap();
    await view.sync();
    events.emit({ type: 'study-opened', study: setup.study, trials: [...view.trials] });
    for (const { kind, text } of setup.changed) events.log(kind === 'range' ? 'info' : 'warning', text);
    this.#desk.announceSampler();
    this.#warnOfIdlePruner();
    const unwatch = this.#watchControls();
    const deadline =
      this.#limits.timeoutMs === null
        ? undefined
        : setTimeout(() => this.#pulse.beat(), Math.min(this.#limits.timeoutMs + 1, LONGEST_TIMEOUT_MS));
    try {
      await Promise.all(Array.from({ length: this.#runner.executor.workers }, () => this.#runSlot()));
    } finally {
      unwatch();
      clearTimeout(deadline);
    }
    if (this.#error !== null) throw this.#error.thrown;
    const reason = this.#reason ?? 'interrupted';
    events.emit({ type: 'study-stopped', reason });
    return reason;
  }

  /** Nobody has said which metric the reports are of; nothing would ever be pruned, and nobody would know why. */
  #warnOfIdlePruner(): void {
    const { setup, events } = this.#desk;
    if (setup.pruner.name === 'none' || reportedObjective(setup.study) !== null) return;
    const line = `the pruner '${setup.pruner.name}' stops nothing: several objectives, and no pruneMetric to go by`;
    events.log('warning', line);
  }

  /** Never rejects: the first error is kept, and no new trial starts after it. */
  async #runSlot(): Promise<void> {
    while (!this.#isOver()) {
      const mustWait = this.#runner.controls.paused || this.#isBudgetSpent();
      const waitMs = mustWait ? null : await this.#runNext();
      if (waitMs !== 0) await this.#pulse.wait(waitMs);
    }
  }

  /** Asks for a trial and runs it. Returns for how long there is nothing to do: null until something changes here. */
  async #runNext(): Promise<number | null> {
    this.#busy += 1;
    this.#spent += 1;
    let unserved: 'full' | 'done' | 'exhausted' | null = null;
    try {
      const asked = await this.#desk.ask(this.#limits.until);
      if (asked.kind === 'trial') await this.#account(await runTrial(this.#runner, asked.trial));
      else unserved = asked.kind;
    } catch (error) {
      this.#error ??= { thrown: error };
    }
    this.#busy -= 1;
    if (unserved !== null) return this.#unserved(unserved);
    this.#pulse.beat();
    return 0;
  }

  /** No beat for a slot that waits like the others: they would wake each other in turn. */
  #unserved(kind: 'full' | 'done' | 'exhausted'): number | null {
    this.#spent -= 1;
    if (kind === 'full') {
      this.#tellOfOthers();
      return FULL_MS;
    }
    if (kind === 'exhausted' && this.#busy > 0) return null; // a running trial may have to be tried again
    this.#stop(kind === 'done' ? 'until' : 'exhausted');
    return 0;
  }

  /** Once, when nothing runs here any more: a person would think that it hangs. */
  #tellOfOthers(): void {
    if (this.#busy > 0 || this.#hasToldOfOthers) return;
    this.#hasToldOfOthers = true;
    const running = this.#desk.view.trials.filter(({ state }) => state === 'running').length;
    const trials = running === 1 ? '1 trial runs' : `${running} trials run`;
    this.#desk.events.log(
      'info',
      `waiting: ${trials} elsewhere; should one fail, or its process die, it is tried again here`,
    );
  }

  async #account({ trial, retried }: TrialRun): Promise<void> {
    if (retried) this.#spent -= 1;
    if (isFinished(trial.state)) this.#failuresInARow = 0;
    else if (trial.end !== null && OWN_FAILURES.includes(trial.end.reason)) this.#failuresInARow += 1;
    if ((await this.#onTrialFinished?.(trial)) === 'stop') this.#stop('callback');
  }

  #stop(reason: StopReason): void {
    this.#reason ??= reason;
    this.#pulse.beat();
  }

  #isOver(): boolean {
    this.#reason ??= stopReason(this.#limits, this.#facts());
    if (this.#isBudgetSpent() && this.#busy === 0) this.#reason ??= 'trials';
    return this.#reason !== null || this.#error !== null;
  }

  #isBudgetSpent(): boolean {
    return this.#limits.trials !== null && this.#spent >= this.#limits.trials;
  }

  #facts(): RunFacts {
    return {
      interrupted: this.#runner.controls.stopping !== 'no',
      failuresInARow: this.#failuresInARow,
      elapsedMs: performance.now() - this.#startedMs,
      finished: this.#desk.view.finished,
      finishedSinceBest: this.#limits.noImprovement === null ? 0 : this.#finishedSinceBest(),
    };
  }

  #finishedSinceBest(): number {
    const { trials } = this.#desk.view;
    const best = bestTrials(trials, this.#desk.setup.study.directions).at(-1)?.number ?? -1;
    return trials.filter(({ number, state }) => number > best && isFinished(state)).length;
  }

  #watchControls(): () => void {
    const { controls } = this.#runner;
    const { events } = this.#desk;
    let { paused, stopping } = controls;
    return controls.watch(() => {
      if (controls.paused !== paused) events.emit({ type: controls.paused ? 'paused' : 'resumed' });
      if (controls.stopping !== stopping && controls.stopping !== 'no') {
        events.emit({ type: 'stopping', how: controls.stopping });
      }
      ({ paused, stopping } = controls);
      this.#pulse.beat();
    });
  }
}

/** What an objective does to itself: these count towards `maxFailures`. */
const OWN_FAILURES: readonly EndReason[] = ['threw', 'invalid-value', 'timed-out', 'out-of-memory', 'worker-died'];
