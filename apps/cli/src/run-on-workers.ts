import { createPool } from '@assay/pool';
import {
  type OptimizeOptions,
  optimize,
  type Prepared,
  type StopReason,
  type Study,
  StudyControls,
} from '@assay/study';
import { type Termination, watchInterrupts } from './interrupts.js';
import { leaveAtOnce } from './leave-at-once.js';
import type { RunScreen } from './run-screen.js';
import { type LoadedStudy, STUDY_IMPORTS } from './study-file.js';

export interface WorkerRun {
  readonly study: Study<unknown>;
  readonly loaded: LoadedStudy;
  readonly prepared: Prepared<unknown>;
  readonly workers: number;
  readonly limits: Omit<OptimizeOptions, 'controls'>;
  /** The last words when somebody leaves at once: how to go on. */
  readonly resume: string;
  /** How SIGTERM is answered. Default: at once. */
  readonly termination?: Termination;
  readonly openScreen: (controls: StudyControls, leave: (code: number) => void) => Promise<RunScreen>;
}

export interface WorkerRunEnd {
  readonly reason: StopReason;
  /** Until the last trial ended: how long somebody looks at the screen afterwards is no part of it. */
  readonly elapsedMs: number;
  /** What the process is to exit with when a signal stopped it; null when none did. */
  readonly interrupted: number | null;
}

/** Runs a study's trials on worker threads, shown on a screen, until its limits or a Ctrl-C end that. */
export async function runOnWorkers(run: WorkerRun): Promise<WorkerRunEnd> {
  const { study, loaded, prepared, workers, limits, resume, termination, openScreen } = run;
  const startedMs = performance.now();
  const pool = await createPool({
    studyUrl: loaded.url,
    imports: STUDY_IMPORTS,
    data: prepared.data,
    workers,
    onLog: (line) => study.desk.events.log('info', line),
  });
  const controls = new StudyControls();
  const leave = leaveAtOnce(study, resume);
  const interrupts = watchInterrupts(controls, leave, termination);
  try {
    const screen = await openScreen(controls, leave);
    const ended = await optimize(study, pool, { ...limits, controls })
      .then((reason) => ({ reason, elapsedMs: performance.now() - startedMs }))
      .then((end) => screen.left().then(() => end))
      .finally(screen.close);
    return { ...ended, interrupted: interrupts.exitCode() };
  } finally {
    interrupts.dispose();
    await pool.close();
  }
}
