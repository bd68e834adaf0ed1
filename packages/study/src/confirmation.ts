import { nonDominationRanks } from '@assay/sampler';
import { isFeasible, lossesOf } from './best-trials.js';
import { isFinished } from './life-cycle.js';
import type { StudyRecord, StudyStore } from './study-store.js';
import type { TrialRecord } from './trial-record.js';

/** The attribute of a confirmation's trial: the number of the trial whose parameters it runs again. */
export const CONFIRMED_TRIAL = 'confirms';

/** The companion study in which a study's best trials are run again. */
export function confirmationName(study: string): string {
  return `${study}-confirm`;
}

/** What running a trial's parameters again, with fresh seeds, came to. */
export interface Confirmation {
  /** The trial that was confirmed, with the value it had. */
  readonly trial: TrialRecord;
  /** How many fresh runs have finished; at least one. */
  readonly repeats: number;
  /** Their means, one per objective; infinite when one of them diverged. */
  readonly values: readonly number[];
  /** The means' standard errors; null after a single run, or when one diverged. */
  readonly standardErrors: readonly (number | null)[];
  /** The worst of the runs. Feasible when none is above 0. */
  readonly constraints: readonly number[];
  /** 1 for the best by these values, equal ones share it; with several objectives the front. Infeasible ones come last. */
  readonly rank: number;
}

/** A study's confirmed trials, best first; none while its companion study has not been made. */
export async function readConfirmations(store: StudyStore, study: StudyRecord): Promise<readonly Confirmation[]> {
  const companion = await store.findStudy(confirmationName(study.name));
  if (companion?.definition?.confirms !== study.name) return [];
  return confirmationsOf(study, await store.readTrials(study.id), await store.readTrials(companion.id));
}

/**
 * The same from what the stores hold.
 * @param trials the study's
 * @param runs the companion study's
 */
export function confirmationsOf(
  { directions }: Pick<StudyRecord, 'directions'>,
  trials: readonly TrialRecord[],
  runs: readonly TrialRecord[],
): readonly Confirmation[] {
  const confirmed = trials.flatMap((trial) => {
    const finished = runsOf(runs, trial.number).filter(({ state }) => isFinished(state));
    return finished.length === 0 ? [] : [summary(trial, finished, directions)];
  });
  return ranked(confirmed, directions);
}

/** The runs of one trial's parameters. */
export function runsOf(runs: readonly TrialRecord[], number: number): readonly TrialRecord[] {
  return runs.filter(({ attributes }) => attributes[CONFIRMED_TRIAL] === number);
}

type Unranked = Omit<Confirmation, 'rank'>;

function summary(
  trial: TrialRecord,
  finished: readonly TrialRecord[],
  directions: StudyRecord['directions'],
): Unranked {
  const columns = directions.map((direction, objective) =>
    finished.map(({ values }) => values[objective] ?? (direction === 'minimize' ? Infinity : -Infinity)),
  );
  return {
    trial,
    repeats: finished.length,
    values: columns.map(mean),
    standardErrors: columns.map(standardError),
    constraints: worstOf(finished.map(({ constraints }) => constraints)),
  };
}

/** Runs that diverged have no constraint values. */
function worstOf(constraints: readonly (readonly number[])[]): readonly number[] {
  const count = Math.max(...constraints.map(({ length }) => length));
  return Array.from({ length: count }, (_, c) => Math.max(...constraints.map((each) => each[c] ?? -Infinity)));
}

function ranked(confirmed: readonly Unranked[], directions: StudyRecord['directions']): readonly Confirmation[] {
  const feasible = confirmed.filter(isFeasible);
  const fronts = nonDominationRanks(feasible.map(({ values }) => lossesOf(values, directions)));
  const last = 2 + Math.max(-1, ...fronts);
  const ranks = new Map(feasible.map((confirmation, i) => [confirmation, fronts[i]! + 1]));
  return confirmed
    .map((confirmation) => ({ ...confirmation, rank: ranks.get(confirmation) ?? last }))
    .sort((a, b) => a.rank - b.rank || a.trial.number - b.trial.number);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** From the values' unbiased variance. */
function standardError(values: readonly number[]): number | null {
  const centre = mean(values);
  if (values.length < 2 || !Number.isFinite(centre)) return null;
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
