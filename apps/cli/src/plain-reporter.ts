import type { StudyEvent, StudyListener, TrialRecord } from '@assay/study';
import { formatDuration } from './format/duration.js';
import { formatNumber } from './format/number.js';

export interface PlainReporterOptions {
  readonly metric: string;
  /** Finished trials to reach; null when the study has no such end. */
  readonly until: number | null;
  readonly write: (line: string) => void;
  readonly now: () => number;
}

const HEARTBEAT_MS = 60_000;

/** One line for each change of state, and at most one a minute while nothing changes. */
export function plainReporter(options: PlainReporterOptions): StudyListener {
  const { metric, until, write, now } = options;
  let finished = 0;
  let running = 0;
  let best: TrialRecord | null = null;
  let spokenMs = now();
  const say = (line: string): void => {
    spokenMs = now();
    write(line);
  };
  const ofAll = (): string => (until === null ? String(finished) : `${finished}/${until}`);
  return (event: StudyEvent): void => {
    switch (event.type) {
      case 'study-opened':
        finished = event.trials.filter(isFinished).length;
        say(`study ${event.study.name}: ${finished === 0 ? 'new' : `${finished} finished trials so far`}`);
        return;
      case 'trial-started':
        running += 1;
        say(
          `trial ${event.trial.number} started${event.trial.retryOf === null ? '' : ` (again, first ${event.trial.retryOf})`}`,
        );
        return;
      case 'trial-reported':
        if (now() - spokenMs >= HEARTBEAT_MS) say(`${ofAll()} finished, ${running} running${bestText(best, metric)}`);
        return;
      case 'trial-finished':
        running -= 1;
        if (isFinished(event.trial)) finished += 1;
        if (event.best) best = event.trial;
        say(`${plainTrialLine(event.trial, metric)}  [${ofAll()}${bestText(best, metric)}]`);
        return;
      case 'trial-log':
        say(`trial ${event.number}: ${event.line}`);
        return;
      case 'log':
        say(event.level === 'info' ? event.line : `${event.level}: ${event.line}`);
        return;
      case 'paused':
      case 'resumed':
        say(event.type);
        return;
      case 'stopping':
        say(
          event.how === 'finish-running'
            ? 'stopping: running trials finish, no new ones start (Ctrl-C again stops them at their next report)'
            : 'stopping: running trials stop at their next report (Ctrl-C again leaves at once)',
        );
        return;
      case 'study-stopped':
        say(`stopped: ${event.reason}`);
        return;
    }
  };
}

export const isFinished = ({ state }: TrialRecord): boolean => state === 'complete' || state === 'pruned';

function bestText(best: TrialRecord | null, metric: string): string {
  return best === null ? '' : `, best ${metric} ${formatNumber(best.values[0] ?? Number.NaN)} @${best.number}`;
}

/** How a trial ended, in one line. */
export function plainTrialLine(trial: TrialRecord, metric: string): string {
  const took = formatDuration((trial.finishedMs ?? 0) - (trial.startedMs ?? 0));
  const value = trial.values[0] === undefined ? '' : `  ${metric} ${formatNumber(trial.values[0])}`;
  const why =
    trial.state === 'failed' && trial.end !== null ? `  ${trial.end.reason}: ${trial.end.message.split('\n')[0]}` : '';
  return `trial ${trial.number} ${trial.state}${value}${why}  ${took}, ${trial.reports.length} reports`;
}
