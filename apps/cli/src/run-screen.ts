import type { Study, StudyControls, StudyListener, StudyStore } from '@assay/study';
import { EXIT } from './exit-code.js';
import { formatJsonLine } from './format/json.js';
import { formatParams } from './format/params.js';
import { plainReporter } from './plain-reporter.js';
import type { Fact } from './run-facts.js';
import type { RunRequest } from './run-request.js';
import { resumeCommand } from './run-summary.js';
import { commandStyle } from './store-command.js';
import { hasScreen } from './terminal.js';

/** What shows a run while it goes on. */
export interface RunScreen {
  /** Resolves when the person has left the screen; at once where there is nothing to leave. */
  readonly left: () => Promise<void>;
  /** Puts the terminal back as it was. */
  readonly close: () => Promise<void>;
}

export interface RunScreenOptions {
  readonly study: Study<unknown>;
  readonly store: StudyStore;
  readonly controls: StudyControls;
  readonly request: RunRequest;
  readonly facts: readonly Fact[];
  /** How many finished trials the study had before this run. */
  readonly finishedBefore: number;
  /** Ends the process as soon as no native call runs. */
  readonly leave: (code: number) => void;
}

/** The dashboard on a terminal; lines on stderr otherwise; every event as JSON on stdout with `--json ndjson`. */
export async function openRunScreen(screen: RunScreenOptions): Promise<RunScreen> {
  const { study, request, facts } = screen;
  const { json } = request.plan;
  if (json === null && hasScreen(request.options.plain)) return openDashboard(screen);
  if (json === 'ndjson') {
    return listen(study, (event) => {
      process.stdout.write(formatJsonLine(event));
      if (event.type === 'result-lost') TO_STDERR.write(`error: ${event.line}`);
    });
  }
  writeFacts(facts);
  return listen(study, linesOf(screen));
}

/** What is known before the first trial, as lines on stderr. */
export function writeFacts(facts: readonly Fact[]): void {
  const width = Math.max(...facts.map(({ label }) => label.length));
  for (const { label, value } of facts) process.stderr.write(`${label.padEnd(width)}  ${value}\n`);
}

function linesOf({ study, request }: RunScreenOptions): StudyListener {
  return plainReporter({
    study: study.record,
    finished: () => study.desk.view.finished,
    until: request.plan.until,
    ...TO_STDERR,
  });
}

/** For lines while a study runs. */
export const TO_STDERR = {
  write: (line: string): void => void process.stderr.write(`${line}\n`),
  now: (): number => performance.now(),
} as const;

/** A screen that needs no operating: what the listener writes. */
export function listen(study: Study<unknown>, listener: StudyListener): RunScreen {
  const unsubscribe = study.subscribe(listener);
  return {
    left: () => Promise.resolve(),
    close: async () => unsubscribe(),
  };
}

async function openDashboard(screen: RunScreenOptions): Promise<RunScreen> {
  const { study, store, controls, request, facts, finishedBefore, leave } = screen;
  const { plan, options } = request;
  const { liveSource, runDashboard } = await import('@assay/dashboard');
  const deadlineMs = plan.timeoutMs === null ? null : Date.now() + plan.timeoutMs;
  const source = liveSource({ facts, goal: goalOf(plan), deadlineMs, store });
  const lost: string[] = [];
  const unsubscribe = study.subscribe((event) => {
    source.listener(event);
    if (event.type === 'result-lost') lost.push(event.line);
  });
  const closing = new AbortController();
  const dashboard = runDashboard({
    source,
    controls,
    command: { ...commandStyle(options.store), resume: resumeCommand(request, finishedBefore) },
    paramsText: (params) => formatParams(params, 'args').trimEnd(),
    altScreen: options.altScreen,
    signal: closing.signal,
  }).then(
    ({ exit }) => {
      if (exit === 'abort') leave(EXIT.interrupted);
    },
    (error: unknown) => {
      process.stderr.write(`The dashboard failed, and the study goes on in lines: ${String(error)}\n`);
      study.subscribe(linesOf(screen));
    },
  );
  return {
    left: () => dashboard,
    close: async () => {
      closing.abort();
      await dashboard;
      unsubscribe();
      source.close();
      for (const line of lost) TO_STDERR.write(`error: ${line}`); // it went with the screen
    },
  };
}

function goalOf({
  until,
  trials,
}: RunRequest['plan']): Parameters<typeof import('@assay/dashboard').liveSource>[0]['goal'] {
  if (until !== null) return { kind: 'finished', count: until };
  return trials === null ? null : { kind: 'added', count: trials };
}
