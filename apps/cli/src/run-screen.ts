import type { Study, StudyControls, StudyListener, StudyStore } from '@assay/study';
import { CliError } from './cli-error.js';
import { EXIT } from './exit-code.js';
import { formatParams } from './format/params.js';
import { plainReporter } from './plain-reporter.js';
import type { RunOptions, RunPlan } from './run-plan.js';
import { hasScreen } from './terminal.js';

/** What shows a run while it goes on. */
export interface RunScreen {
  /** Resolves when the person has left the screen; at once where there is nothing to leave. */
  readonly left: () => Promise<void>;
  /** Puts the terminal back as it was. */
  readonly close: () => Promise<void>;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface RunScreenOptions {
  readonly study: Study<unknown>;
  readonly store: StudyStore;
  readonly controls: StudyControls;
  readonly plan: RunPlan;
  readonly options: RunOptions;
  readonly facts: readonly Fact[];
  /** Ends the process as soon as no native call runs. */
  readonly leave: (code: number) => void;
}

/** The dashboard on a terminal; lines on stderr otherwise; every event as JSON on stdout with `--json ndjson`. */
export async function openRunScreen(screen: RunScreenOptions): Promise<RunScreen> {
  const { study, plan, options, facts } = screen;
  if (options.json === undefined && hasScreen(options.plain)) return openDashboard(screen);
  if (options.json === 'ndjson') return listen(study, (event) => process.stdout.write(`${JSON.stringify(event)}\n`));
  for (const { label, value } of facts) process.stderr.write(`${label}: ${value}\n`);
  const metric = study.record.metrics[0] ?? 'value';
  const write = (line: string): void => void process.stderr.write(`${line}\n`);
  return listen(study, plainReporter({ metric, until: plan.until, write, now: () => performance.now() }));
}

/** @throws {CliError} `BAD_OPTION` */
export function requireJsonFormat(json: RunOptions['json']): void {
  if (json === undefined || json === true || json === 'ndjson') return;
  throw new CliError('BAD_OPTION', `--json takes no value, or ndjson; got '${json}'.`);
}

function listen(study: Study<unknown>, listener: StudyListener): RunScreen {
  const unsubscribe = study.subscribe(listener);
  return {
    left: () => Promise.resolve(),
    close: async () => unsubscribe(),
  };
}

async function openDashboard(screen: RunScreenOptions): Promise<RunScreen> {
  const { study, store, controls, plan, options, facts, leave } = screen;
  const { liveSource, runDashboard } = await import('@assay/dashboard');
  const goal =
    plan.until !== null
      ? ({ kind: 'finished', count: plan.until } as const)
      : plan.trials !== null
        ? ({ kind: 'added', count: plan.trials } as const)
        : null;
  const deadlineMs = plan.timeoutMs === null ? null : Date.now() + plan.timeoutMs;
  const source = liveSource({ facts, goal, deadlineMs, store });
  const unsubscribe = study.subscribe(source.listener);
  const closing = new AbortController();
  const dashboard = runDashboard({
    source,
    controls,
    paramsText: (params) => formatParams(params, 'args').trimEnd(),
    altScreen: options.altScreen,
    signal: closing.signal,
  }).then(({ exit }) => {
    if (exit === 'abort') leave(EXIT.interrupted);
  });
  return {
    left: () => dashboard,
    close: async () => {
      closing.abort();
      await dashboard;
      unsubscribe();
      source.close();
    },
  };
}
