import type { TrialRecord } from '@assay/study';
import { CliError } from './cli-error.js';

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
 * @param best the study's best trial, null when none is complete
 * @throws {CliError} `NO_SUCH_TRIAL`, `NO_FINISHED_TRIAL`
 */
export function pickTrial(
  reference: TrialReference,
  trials: readonly TrialRecord[],
  best: TrialRecord | null,
): TrialRecord {
  const { study, trial } = reference;
  switch (trial.kind) {
    case 'best':
      return best ?? refuse('NO_FINISHED_TRIAL', `Study '${study}' has no complete trial yet.`, study);
    case 'latest':
      return trials.at(-1) ?? refuse('NO_SUCH_TRIAL', `Study '${study}' has no trials yet.`, study);
    case 'number':
      return (
        trials.find(({ number }) => number === trial.number) ??
        refuse('NO_SUCH_TRIAL', `Study '${study}' has no trial ${trial.number}; it has ${trials.length}.`, study)
      );
  }
}

function refuse(code: 'NO_SUCH_TRIAL' | 'NO_FINISHED_TRIAL', message: string, study: string): never {
  throw new CliError(code, message, `assay trials ${study}  lists them; assay run ${study}  adds some.`);
}
