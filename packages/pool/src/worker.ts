// What every worker thread runs: piscina calls `load` and `runTrial`.
import { inspect } from 'node:util';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { runObjective, type StudySpec, type TrialOutcome, thrownOutcome } from '@assay/study';
import { captureOutput } from './captured-output.js';
import { loadStudy } from './load-study.js';
import { ThreadGate } from './native-gate.js';
import { PoolError } from './pool-error.js';
import type { LoadRequest, TrialRequest, WorkerAnswer, WorkerMessage, WorkerSetup } from './protocol.js';
import { ReportLine } from './report-line.js';

type Study = StudySpec<unknown, unknown>;

/** So that an endless loop around `console.log` costs its trial, and not the main thread's memory. */
const MOST_LOG_LINES = 10_000;

const setup = workerData as WorkerSetup;
const gate = new ThreadGate();
let study: Study | null = null;
let port: MessagePort | null = null;
let logged = 0;

process.setSourceMapsEnabled(true);
const flushOutput = captureOutput(log);
process.on('uncaughtException', (error) => void endThread(error));

export function load(request: LoadRequest): Promise<WorkerAnswer<null>> {
  return serve(request, async () => null);
}

export function runTrial(request: TrialRequest): Promise<WorkerAnswer<TrialOutcome>> {
  return serve(request, (loaded) => runTask(loaded, request));
}

/** Answers a request with the study, which this thread loads once. */
async function serve<T>(request: LoadRequest, answer: (study: Study) => Promise<T>): Promise<WorkerAnswer<T>> {
  gate.open(request.gate);
  port = request.port;
  logged = 0;
  try {
    // Importing a native addon is a native call, too.
    study ??= await gate.run(() => loadStudy(setup.studyUrl, setup.imports));
    return { kind: 'done', value: await answer(study) };
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    const stack = error.cause instanceof Error ? (error.cause.stack ?? null) : null;
    return { kind: 'unusable', code: error.code, message: error.message, stack };
  } finally {
    await gate.shut();
    flushOutput();
    port = null;
  }
}

function runTask(loaded: Study, { task, port: toMain }: TrialRequest): Promise<TrialOutcome> {
  const reports = new ReportLine(toMain);
  send(toMain, { type: 'started' });
  return runObjective(loaded, task, { data: setup.data, gate, reports, log: logText });
}

function logText(text: string): void {
  for (const line of String(text).split('\n')) log(line);
}

function log(line: string): void {
  if (port === null) {
    parentPort?.postMessage({ type: 'log', line });
    return;
  }
  logged++;
  if (logged <= MOST_LOG_LINES) send(port, { type: 'log', line });
  if (logged === MOST_LOG_LINES)
    send(port, { type: 'log', line: `(${logged} lines; this trial's others are not kept)` });
}

/** After an error that nobody caught, this thread's state is unknown: it ends, between native calls, and is replaced. */
async function endThread(error: unknown): Promise<void> {
  if (port === null) log(`A worker ended between two trials: ${inspect(error)}`);
  else send(port, { type: 'uncaught', outcome: thrownOutcome(error) });
  // An import that waits for something else holds the gate, but no native code runs below this line of JavaScript.
  if (study !== null) await gate.shut();
  process.exit(1);
}

function send(to: MessagePort, message: WorkerMessage): void {
  to.postMessage(message);
}
