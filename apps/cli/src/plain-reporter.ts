import {
  isFeasible,
  isFinished,
  type StudyEvent,
  type StudyListener,
  type StudyRecord,
  type TrialRecord,
} from '@assay/study';
import { formatDuration } from './format/duration.js';
import { formatValues } from './format/values.js';
import { frontOf } from './front.js';
import { metricsOf } from './objectives.js';
import { STOP_REASONS } from './run-summary.js';

export interface PlainReporterOptions {
  readonly study: StudyRecord;
  /** Finished trials of the study so far, other processes' included. */
  readonly finished: () => number;
  /** Finished trials to reach; null when the study has no such end. */
  readonly until: number | null;
  /** How lines call a trial. Default: `trial 17`. */
  readonly nameOf?: (trial: TrialRecord) => string;
  /** Whether lines say what is best so far. Default: true. */
  readonly showsBest?: boolean;
  readonly write: (line: string) => void;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

const HEARTBEAT_MS = 60_000;

/** One line for each change of state, and at most one a minute while nothing changes. */
export function plainReporter(options: PlainReporterOptions): StudyListener {
  const { study, finished, until, write, now, nameOf = trialName, showsBest = true } = options;
  const running = new Set<number>();
  let front: readonly TrialRecord[] = [];
  let spokenMs = now();
  const standing = (): string => {
    const ofAll = until === null ? `${finished()} finished` : `${finished()}/${until}`;
    return `${ofAll}${showsBest ? bestText(study, front) : ''}`;
  };
  const lineOf = (event: StudyEvent): string | null => {
    switch (event.type) {
      case 'study-opened':
        front = frontOf(study, event.trials);
        return `study ${study.name}: ${finished() === 0 ? 'new' : `resumed, ${standing()}`}`;
      case 'trial-started':
        running.add(event.trial.number);
        return `${nameOf(event.trial)} started${againText(event.trial, nameOf)}`;
      case 'trial-reported':
        return now() - spokenMs < HEARTBEAT_MS ? null : `${running.size} running  [${standing()}]`;
      case 'trial-finished':
        running.delete(event.trial.number);
        if (event.best)
          front = frontOf(
            study,
            [...front, event.trial].sort((a, b) => a.number - b.number),
          );
        return `${plainTrialLine(event.trial, study, nameOf)}  [${standing()}]`;
      case 'trial-log':
        return `trial ${event.number}: ${event.line}`;
      case 'result-lost':
        return `error: ${event.line}`;
      case 'log':
        return event.level === 'info' ? event.line : `${event.level}: ${event.line}`;
      case 'paused':
      case 'resumed':
        return event.type;
      case 'stopping':
        return STOPPING[event.how];
      case 'study-stopped':
        return `stopped: ${STOP_REASONS[event.reason]}`;
    }
  };
  return (event) => {
    const line = lineOf(event);
    if (line === null) return;
    spokenMs = now();
    write(line);
  };
}

const STOPPING = {
  'finish-running': 'stopping: running trials finish, no new ones start (Ctrl-C again stops them at their next report)',
  'at-next-report':
    'stopping: running trials stop at their next report, to be tried again (Ctrl-C again leaves at once)',
} as const;

const trialName = ({ number }: TrialRecord): string => `trial ${number}`;

/** The lines of a study that is only watched: how each trial ended, and where the study then stood. */
export function watchedLines(study: StudyRecord): (trial: TrialRecord) => string {
  let front: readonly TrialRecord[] = [];
  let finished = 0;
  return (trial) => {
    if (isFinished(trial.state)) finished += 1;
    front = frontOf(
      study,
      [...front, trial].sort((a, b) => a.number - b.number),
    );
    return `${plainTrialLine(trial, study)}  [${finished} finished${bestText(study, front)}]`;
  };
}

/** How a trial ended, in one line. */
function plainTrialLine(trial: TrialRecord, study: StudyRecord, nameOf = trialName): string {
  const took = formatDuration((trial.finishedMs ?? 0) - (trial.startedMs ?? 0));
  const value = trial.values[0] === undefined ? '' : `  ${formatValues(metricsOf(study), trial.values)}`;
  const mark = isFeasible(trial) ? '' : '  infeasible';
  const why =
    trial.state === 'failed' && trial.end !== null ? `  ${trial.end.reason}: ${trial.end.message.split('\n')[0]}` : '';
  const reports = trial.reports.length === 1 ? '1 report' : `${trial.reports.length} reports`;
  return `${nameOf(trial)} ${trial.state}${value}${mark}${why}  ${took}, ${reports}`;
}

/** The best value, or with several objectives how many trials are on the front. */
function bestText(study: StudyRecord, front: readonly TrialRecord[]): string {
  const [best, ...others] = front;
  if (best === undefined) return '';
  if (study.directions.length > 1) return `, front: ${others.length === 0 ? '1 trial' : `${front.length} trials`}`;
  return `, best: ${formatValues(metricsOf(study), best.values)} @${best.number}`;
}

function againText({ retryOf }: TrialRecord, nameOf: typeof trialName): string {
  if (retryOf === null) return '';
  return nameOf === trialName ? ` (trial ${retryOf} again)` : ' again';
}
