import type { TrialRecord } from '@assay/study';
import { CliError } from './cli-error.js';
import { type AskedBest, bestOf, type Searched } from './front.js';
import { moreTrialsHint } from './go-on-command.js';

export type TrialChoice =
  | { readonly kind: 'best' }
  | { readonly kind: 'latest' }
  | { readonly kind: 'number'; readonly number: number };

export interface TrialReference {
  readonly study: string;
  readonly trial: TrialChoice;
}

/**
 * Reads `study@17`, `study@best` and `study@latest`; a bare study means its best trial.
 * @throws {CliError} `BAD_REFERENCE`
 */
export function parseTrialReference(text: string): TrialReference {
  const at = text.lastIndexOf('@');
  const study = at < 0 ? text : text.slice(0, at);
  const trial = at < 0 ? 'best' : text.slice(at + 1);
  if (study !== '') {
    if (trial === 'best' || trial === 'latest') return { study, trial: { kind: trial } };
    if (/^\d+$/.test(trial)) return { study, trial: { kind: 'number', number: Number(trial) } };
  }
  throw new CliError('BAD_REFERENCE', `'${text}' names no trial.`, 'Write study@17, study@best or study@latest.');
}

/**
 * @throws {CliError} `NO_SUCH_TRIAL`; `NO_FINISHED_TRIAL`, `SEVERAL_BEST`, `BAD_OPTION` for the best
 */
export function pickTrial(
  { study: name, trial }: TrialReference,
  study: Searched,
  trials: readonly TrialRecord[],
  asked: AskedBest,
): TrialRecord {
  if (trial.kind === 'best') return bestOf(study, trials, asked);
  if (asked.metric !== undefined) throw needlessMetric(name, trial);
  const found = trial.kind === 'latest' ? trials.at(-1) : trials.find(({ number }) => number === trial.number);
  if (found !== undefined) return found;
  const missing =
    trial.kind === 'latest' ? 'has no trials yet' : `has no trial ${trial.number}; it has ${trials.length}`;
  throw new CliError('NO_SUCH_TRIAL', `Study '${name}' ${missing}.`, moreTrialsHint(study, asked.store));
}

function needlessMetric(study: string, trial: Exclude<TrialChoice, { readonly kind: 'best' }>): CliError {
  const named = `${study}@${trial.kind === 'latest' ? 'latest' : trial.number}`;
  return new CliError('BAD_OPTION', `--metric says which trial is best, and ${named} is one trial already.`);
}
