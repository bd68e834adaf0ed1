import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Space } from '@assay/space';
import { objectiveOutcome, stoppedOutcome, thrownOutcome } from './objective-outcome.js';
import type { NativeGate, StudySpec, Trial } from './study-spec.js';
import type { TrialExecutor, TrialHooks, TrialOutcome, TrialTask } from './trial-executor.js';

/** What of a study the executor needs. */
export interface InlineSpec<P, D> extends Pick<StudySpec<P, D>, 'objective' | 'metrics'> {
  readonly space: Pick<Space<P>, 'decode'>;
}

/** No thread is ended here, so native code needs no guard. */
const OPEN_GATE: NativeGate = { run: (call) => call() };

/**
 * Runs objectives in this thread. One that never waits blocks everything else meanwhile, the renewal of leases too; nothing
 * can be killed: time limit and `stopTrial` take effect at the next report, or when the objective returns.
 * @param options.workers how many trials may be in flight at a time: more than one only helps objectives that wait
 * @param options.data what `trial.data` is
 */
export function inlineExecutor<P, D = undefined>(
  spec: InlineSpec<P, D>,
  options: { readonly workers: number; readonly data: D },
): TrialExecutor {
  const running = new Set<Promise<TrialOutcome>>();
  return {
    workers: options.workers,
    async run(task, hooks) {
      await nextTurn(); // signals, timers and keys get their turn between two trials that never wait
      const run = runObjective(spec, options.data, task, hooks);
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

/** Never rejects. */
async function runObjective<P, D>(
  { objective, space, metrics }: InlineSpec<P, D>,
  data: D,
  { number, params, seed }: TrialTask,
  hooks: TrialHooks,
): Promise<TrialOutcome> {
  const startedMs = performance.now();
  let stopped = false;
  const cut = (): TrialOutcome | null => {
    if (hooks.signal.aborted) return { kind: 'failed', reason: 'stopped', message: 'stopped by a person' };
    const limitMs = hooks.timeLimitMs;
    if (limitMs === null || performance.now() - startedMs <= limitMs) return null;
    return { kind: 'failed', reason: 'timed-out', message: `it ran longer than ${limitMs} ms` };
  };
  try {
    const trial: Trial<P, D> = {
      number,
      params: space.decode(params),
      values: params,
      seed,
      data,
      gate: OPEN_GATE,
      async report(step, value) {
        const answer = await hooks.onReport(step, value);
        stopped ||= answer === 'stop';
        return stopped || cut() !== null ? 'stop' : 'keep';
      },
      log: (line) => hooks.onLog(line),
    };
    const result = await objective(trial);
    return cut() ?? (stopped ? stoppedOutcome(result) : objectiveOutcome(result, metrics));
  } catch (error) {
    return cut() ?? thrownOutcome(error);
  }
}
