import type { Scalar } from '@assay/space';
import type { StudyRecord, TrialRecord } from '@assay/study';

/** Something of a trial that has a name: what columns show and filters ask for. */
export interface Field {
  readonly name: string;
  /** Other names a filter may use. */
  readonly aliases: readonly string[];
  readonly kind: 'number' | 'state' | 'value' | 'time' | 'reports' | 'reason' | 'param';
  /** Null where the trial has none. */
  readonly read: (trial: TrialRecord) => Scalar;
}

/**
 * All fields of a study's trials: number, state, a value per objective, time (seconds), reports, reason, parameters.
 * @param importance names of parameters, most important first; the others follow in the order of the space
 */
export function trialFields(
  study: StudyRecord | null,
  trials: readonly TrialRecord[],
  importance: readonly string[],
): readonly Field[] {
  const names = new Set([...importance, ...parameterNames(study, trials)]);
  return [
    { name: '#', aliases: ['number', 'trial'], kind: 'number', read: ({ number }) => number },
    { name: 'state', aliases: [], kind: 'state', read: shownState },
    ...valueFields(study),
    { name: 'time', aliases: ['seconds'], kind: 'time', read: seconds },
    { name: 'reports', aliases: ['steps'], kind: 'reports', read: ({ reports }) => reports.length },
    { name: 'reason', aliases: ['error'], kind: 'reason', read: ({ end }) => end?.reason ?? null },
    ...Array.from(names, paramField),
  ];
}

/** How the table names a trial's end: a diverged trial is not one that the pruner stopped. */
export function shownState({ state, end }: TrialRecord): string {
  return end?.reason === 'diverged' ? 'diverged' : state;
}

function valueFields(study: StudyRecord | null): readonly Field[] {
  return (study?.directions ?? ['minimize']).map((_, objective) => {
    const name = study?.metrics[objective] ?? (objective === 0 ? 'value' : `value ${objective}`);
    const aliases = objective === 0 && name !== 'value' ? ['value'] : [];
    return { name, aliases, kind: 'value', read: ({ values }) => values[objective] ?? null };
  });
}

function paramField(name: string): Field {
  return { name, aliases: [], kind: 'param', read: ({ params }) => params[name] ?? null };
}

function seconds({ startedMs, finishedMs }: TrialRecord): number | null {
  return startedMs === null || finishedMs === null ? null : (finishedMs - startedMs) / 1_000;
}

/** How many trials without a declared space are looked at for the names of their parameters. */
const NAMED_BY = 200;

function parameterNames(study: StudyRecord | null, trials: readonly TrialRecord[]): readonly string[] {
  const declared = study?.definition?.space ?? [];
  if (declared.length > 0) return declared.map(({ name }) => name);
  return trials.slice(-NAMED_BY).flatMap(({ params }) => Object.keys(params));
}
