import { isFeasible, type StopReason, type TrialRecord } from '@assay/study';
import { shellQuoted } from './command-style.js';
import { formatDuration } from './format/duration.js';
import { formatNumber } from './format/number.js';
import { formatParams } from './format/params.js';
import { formatValues } from './format/values.js';
import { frontTable } from './front-table.js';
import { goOnCommand } from './go-on-command.js';
import { goalText, metricsOf } from './objectives.js';
import { finishedIn, type RunEnd } from './run-end.js';
import { goingOn, type RunRequest } from './run-request.js';
import { storeCommand } from './store-command.js';

/** Why a run ended, for a person. */
export const STOP_REASONS: Readonly<Record<StopReason, string>> = {
  trials: 'all trials done',
  until: 'all trials done',
  timeout: 'time is up',
  'no-improvement': 'no improvement any more',
  'max-failures': 'too many failures in a row',
  exhausted: 'nothing left to try',
  interrupted: 'interrupted',
  callback: 'stopped by the study',
};

/** What stays on the terminal after a run: the outcome, the best parameters, and what to type next. */
export function runSummary(end: RunEnd, request: RunRequest, resume: string): string {
  const { study, standing, reason, elapsedMs, elsewhere } = end;
  const states = (['complete', 'pruned', 'failed'] as const)
    .map((state) => `${standing.counts[state]} ${state}`)
    .join(', ');
  const others = elsewhere > 0 ? `; ${elsewhere} finished elsewhere meanwhile` : '';
  const head = `${study.name}: ${states}${others} (${STOP_REASONS[reason]}, ${formatDuration(elapsedMs)})\n`;
  return `${head}${bestText(end, request)}${reason === 'interrupted' ? resume : nextText(end, request)}`;
}

/** For a study that has already all the trials that were asked for. */
export function nothingToDo(end: RunEnd, request: RunRequest): string {
  const finished = finishedIn(end.standing.counts);
  const head = `${end.study.name} has ${finished} finished trials already, and ${request.plan.until} were asked for: nothing to do.\n`;
  return `${head}${bestText(end, request)}${nextText(end, request)}`;
}

/** The last words of a run that was stopped. */
export function resumeHint(request: RunRequest, finishedBefore: number): string {
  return `resume: ${resumeCommand(request, finishedBefore)}\n`;
}

/** The command that goes on where this run stops, towards the same goal. */
export function resumeCommand({ typed, options, plan }: RunRequest, finishedBefore: number): string {
  const { trials, trialTimeout, timeout, name, sampler, pruner, workers, engine, reader, maxBad, maxFailures } =
    options;
  const until = plan.trials === null ? options.until : String(finishedBefore + plan.trials);
  const flags = { until, timeout: trials === undefined ? timeout : undefined, name, sampler, pruner, workers };
  const more = {
    engine: engine === 'auto' ? undefined : engine,
    reader: reader === 'auto' ? undefined : reader,
    'trial-timeout': trialTimeout,
    'max-bad': maxBad,
    'max-retries': options.maxRetries,
    'max-failures': maxFailures === '10' ? undefined : maxFailures,
  };
  const written = Object.entries({ ...flags, ...more }).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`, shellQuoted(value)],
  );
  return storeCommand(options.store, 'run', shellQuoted(typed), ...written);
}

/** How much of a front is shown. */
const SHOWN = 10;

function bestText({ study, standing }: RunEnd, { loaded }: RunRequest): string {
  const { front, says, first } = standing;
  const [best] = front;
  if (best === undefined) return `${says}\n`;
  if (study.directions.length > 1) {
    const left = front.length > SHOWN ? `... and ${front.length - SHOWN} more\n` : '';
    return `${says}\n${goalText(study)}\n${frontTable(study, front.slice(0, SHOWN))}${left}`;
  }
  const value = formatValues(metricsOf(study), best.values);
  const hasDefault = study.definition !== null && loaded.spec.defaults !== undefined;
  return `best: ${study.name}@${best.number}  ${value}${hasDefault ? versusDefault(first, best) : ''}\n${formatParams(best.params, 'table')}`;
}

/** A study on a table can train its final model; any other one hands its parameters to the caller's own code. */
function nextText({ study, standing, reason }: RunEnd, request: RunRequest): string {
  const { options, loaded } = request;
  const assay = (...words: string[]): string => storeCommand(options.store, ...words);
  const more = reason === 'exhausted' ? '' : `more: ${goOnCommand(goingOn(request), '--trials 20')}\n`;
  if (standing.front.length === 0) {
    const hasComplete = standing.counts.complete > 0;
    return `why:  ${assay('trials', study.name, ...(hasComplete ? [] : ['--state failed']))}\n${more}`;
  }
  const which = study.directions.length > 1 ? [`--metric ${shellQuoted(metricsOf(study)[0] ?? '')}`] : [];
  const use =
    'table' in loaded.spec
      ? assay('train', `${study.name}@best`, ...which)
      : assay('best', study.name, '--format json');
  return `next: ${use}\n${more}`;
}

/** Trial 0 is the default configuration where the study file names one: it was enqueued, so no sampler drew it. */
function versusDefault(first: TrialRecord | null, best: TrialRecord): string {
  if (first?.state !== 'complete' || first.draw !== null || first.number === best.number) return '';
  if (!isFeasible(first)) return ', where the default configuration (@0) is infeasible';
  const gain = Math.abs((first.values[0] ?? Number.NaN) - (best.values[0] ?? Number.NaN));
  return `, ${formatNumber(gain)} better than the default configuration (@0)`;
}
