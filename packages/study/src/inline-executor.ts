import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ObjectiveSpec, runObjective, type TrialReports } from './run-objective.js';
import type { NativeGate } from './study-spec.js';
import type { TrialExecutor, TrialHooks, TrialOutcome } from './trial-executor.js';

/** No thread is ended here, so native code needs no guard. */
const OPEN_GATE: NativeGate = { run: (call) => call() };

/**
 * Runs objectives in this thread. One that never waits blocks everything else meanwhile, the renewal of leases too; nothing
 * can be killed: time limit and `stopTrial` take effect at the next report, or when the objective returns.
 * @param options.workers how many trials may be in flight at a time: more than one only helps objectives that wait
 * @param options.data what `trial.data` is
 */
export function inlineExecutor<P, D = undefined>(
  spec: ObjectiveSpec<P, D>,
  options: { readonly workers: number; readonly data: D },
): TrialExecutor {
  const running = new Set<Promise<TrialOutcome>>();
  return {
    workers: options.workers,
    async run(task, hooks) {
      await nextTurn(); // signals, timers and keys get their turn between two trials that never wait
      const reports = new InlineReports(hooks);
      const host = { data: options.data, gate: OPEN_GATE, reports, log: hooks.onLog };
      const run = runObjective(spec, task, host).then((outcome) => reports.cut() ?? outcome);
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
      }
    },
    async close() {
      await Promise.all(running);
    },
  };
}

/** The line of a trial whose end nobody can force: killed is what ran too long, or what a person stopped. */
class InlineReports implements TrialReports {
  readonly #hooks: TrialHooks;
  readonly #startedMs = performance.now();
  #stopped = false;

  constructor(hooks: TrialHooks) {
    this.#hooks = hooks;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** How a trial ends that should not run any more; null while it may. */
  cut(): TrialOutcome | null {
    const { signal, timeLimitMs } = this.#hooks;
    if (signal.aborted) return { kind: 'failed', reason: 'stopped', message: 'stopped by a person' };
    if (timeLimitMs === null || performance.now() - this.#startedMs <= timeLimitMs) return null;
    return { kind: 'failed', reason: 'timed-out', message: `it ran longer than ${timeLimitMs} ms` };
  }

  async report(step: number, value: number): Promise<'keep' | 'stop'> {
    return this.#verdict(await this.#hooks.onReport(step, value));
  }

  async checkIn(): Promise<'keep' | 'stop'> {
    return this.#verdict(await this.#hooks.onCheckIn());
  }

  async settled(): Promise<void> {
    // whoever runs the trial handles its reports in order, and waits for them
  }

  #verdict(answer: 'keep' | 'stop'): 'keep' | 'stop' {
    this.#stopped ||= answer === 'stop';
    return this.#stopped || this.cut() !== null ? 'stop' : 'keep';
  }
}
