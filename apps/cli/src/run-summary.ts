import type { StudyRecord, TrialRecord } from '@assay/study';
import { formatDuration } from './format/duration.js';
import { formatNumber } from './format/number.js';
import { formatParams } from './format/params.js';
import { bestTrialOf } from './study-view.js';

export interface RunEnd {
  readonly study: StudyRecord;
  readonly trials: readonly TrialRecord[];
  readonly reason: string;
  readonly elapsedMs: number;
  /** The study as the command line names it, for the commands that come next. */
  readonly typed: string;
}

/** What stays on the terminal after a run: the outcome, the best parameters, and what to type next. */
export function runSummary({ study, trials, reason, elapsedMs, typed }: RunEnd): string {
  const count = (state: TrialRecord['state']): number => trials.filter((trial) => trial.state === state).length;
  const states = (['complete', 'pruned', 'failed'] as const).map((state) => `${count(state)} ${state}`).join(', ');
  const head = `${study.name}: ${states} (${reason}, ${formatDuration(elapsedMs)})\n`;
  const best = bestTrialOf(study, trials);
  if (best === null) return `${head}no complete trial yet\n`;
  const value = `${study.metrics[0] ?? 'value'} ${formatNumber(best.values[0] ?? Number.NaN)}`;
  const next = `next: assay train ${study.name}@best    go on: assay run ${typed} --trials 20\n`;
  return `${head}best: ${study.name}@${best.number}  ${value}${versusDefault(study, trials, best)}\n${formatParams(best.params, 'table')}${next}`;
}

/** The same as data, for `--json`. */
export function runResult({ study, trials, reason, elapsedMs }: RunEnd): unknown {
  const best = bestTrialOf(study, trials);
  return {
    study: study.name,
    reason,
    elapsedMs: Math.round(elapsedMs),
    finished: trials.filter(({ state }) => state === 'complete' || state === 'pruned').length,
    failed: trials.filter(({ state }) => state === 'failed').length,
    best: best === null ? null : { trial: best.number, value: best.values[0], params: best.params },
  };
}

/** Trial 0 is the default configuration where the study file names one: it was enqueued, so no sampler drew it. */
function versusDefault(study: StudyRecord, trials: readonly TrialRecord[], best: TrialRecord): string {
  const first = trials[0];
  if (first === undefined || first.draw !== null || first.state !== 'complete' || first === best) return '';
  const gain = Math.abs((first.values[0] ?? Number.NaN) - (best.values[0] ?? Number.NaN));
  return `, ${formatNumber(gain)} better than ${study.name}@0`;
}
