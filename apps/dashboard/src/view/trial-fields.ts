import type { Scalar } from '@assay/space';
import { isFeasible, isIgnored, type StudyRecord, type TrialRecord } from '@assay/study';
import { objectivesOf } from '../data/objectives.js';

/** Something of a trial that has a name: what columns show and filters ask for. */
export interface Field {
  readonly name: string;
  /** Other names a filter may use. */
  readonly aliases: readonly string[];
  readonly kind: 'number' | 'state' | 'value' | 'time' | 'reports' | 'reason' | 'param';
  /** How many cells its longest value takes, where that is not known from the kind. */
  readonly width?: number;
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
    { name: 'state', aliases: [], kind: 'state', read: shownState, ...(isConstrained(trials) && { width: 10 }) },
    ...valueFields(study),
    { name: 'time', aliases: ['seconds'], kind: 'time', read: seconds },
    { name: 'reports', aliases: ['steps'], kind: 'reports', read: ({ reports }) => reports.length },
    { name: 'reason', aliases: ['error'], kind: 'reason', read: ({ end }) => end?.reason ?? null },
    ...Array.from(names, paramField),
  ];
}

/** How the table names a trial's end: a diverged trial is not one that the pruner stopped, an infeasible one cannot be best. */
export function shownState(trial: TrialRecord): string {
  const { state, end, constraints } = trial;
  if (isIgnored(trial)) return 'ignored';
  if (end?.reason === 'diverged') return 'diverged';
  return state === 'complete' && !isFeasible({ constraints }) ? 'infeasible' : state;
}

function isConstrained(trials: readonly TrialRecord[]): boolean {
  return (trials.find(({ state }) => state === 'complete')?.constraints.length ?? 0) > 0;
}

function valueFields(study: StudyRecord | null): readonly Field[] {
  return objectivesOf(study).map(({ index, name }) => {
    const aliases = index === 0 && name !== 'value' ? ['value'] : [];
    return { name, aliases, kind: 'value', read: ({ values }) => values[index] ?? null };
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
