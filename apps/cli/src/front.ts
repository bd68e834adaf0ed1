import { bestTrials, isFeasible, type StudyRecord, type TrialRecord } from '@assay/study';
import { CliError } from './cli-error.js';
import { shellQuoted } from './command-style.js';
import { moreTrialsHint } from './go-on-command.js';
import { metricsOf, objectiveNamed } from './objectives.js';
import { storeCommand } from './store-command.js';

/** How the best was asked for. */
export interface AskedBest {
  /** Which of several objectives says what is best. */
  readonly metric?: string;
  /** The store as it was given. */
  readonly store: string;
}

/** What a study's best is read from. */
export type Searched = Pick<StudyRecord, 'name' | 'directions' | 'metrics' | 'definition'>;

/**
 * A study's best: the one trial, or with several objectives the Pareto front, the best by the first of them first.
 * Infeasible trials are never among them. Runs that confirm another study's trials have no best: they are means in the making.
 */
export function frontOf(study: Searched, trials: readonly TrialRecord[]): readonly TrialRecord[] {
  if (confirmedBy(study) !== null) return [];
  return bestTrials(trials, study.directions).toSorted(betterBy(study, 0));
}

/**
 * The one trial that is best, where there is only one; with several objectives the metric decides which of the front it is.
 * @throws {CliError} `NO_FINISHED_TRIAL`; `SEVERAL_BEST` without a metric; `BAD_OPTION` for a metric that the study lacks
 */
export function bestOf(study: Searched, trials: readonly TrialRecord[], { metric, store }: AskedBest): TrialRecord {
  const order = metric === undefined ? null : betterBy(study, objectiveNamed(study, metric));
  const front = requireFront(study, trials, store);
  if (order === null && front.length > 1) throw severalBest(study, front);
  return order === null ? front[0]! : front.toSorted(order)[0]!;
}

/** The same, never empty. @throws {CliError} `NO_FINISHED_TRIAL` */
export function requireFront(study: Searched, trials: readonly TrialRecord[], store: string): readonly TrialRecord[] {
  const front = frontOf(study, trials);
  if (front.length > 0) return front;
  const confirmed = confirmedBy(study);
  if (confirmed !== null) throw noBestOfItsOwn(study, confirmed, store);
  throw new CliError(
    'NO_FINISHED_TRIAL',
    `Study '${study.name}' has ${noneBest(trials)}.`,
    moreTrialsHint(study, store),
  );
}

/** The study whose best trials this one runs again; null for any other. */
export function confirmedBy({ definition }: Pick<StudyRecord, 'definition'>): string | null {
  return definition?.confirms ?? null;
}

function noBestOfItsOwn({ name }: Searched, confirmed: string, store: string): CliError {
  const message = `Study '${name}' holds fresh runs of ${confirmed}'s best trials, and has no best of its own.`;
  const best = storeCommand(store, 'best', shellQuoted(confirmed));
  return new CliError('NO_FINISHED_TRIAL', message, `${best}  shows what they came to.`);
}

/** Why no trial is best. */
export function noneBest(trials: readonly TrialRecord[]): string {
  const complete = trials.filter(({ state }) => state === 'complete').length;
  if (complete === 0) return 'no complete trial yet';
  return `no feasible trial yet: ${complete === 1 ? 'the one that is complete violates' : `all ${complete} complete ones violate`} a constraint`;
}

/** `5 of 12 complete trials on the front, 3 infeasible`. */
export function frontSize(front: readonly TrialRecord[], trials: readonly TrialRecord[]): string {
  const complete = trials.filter(({ state }) => state === 'complete');
  const infeasible = complete.filter((trial) => !isFeasible(trial)).length;
  const left = infeasible === 0 ? '' : `, ${infeasible} infeasible`;
  return `${front.length} of ${complete.length} complete trials on the front${left}`;
}

/** How many trials such a refusal names. */
const NAMED = 10;

/** For where one trial is needed. */
export function severalBest({ name, ...study }: Searched, front: readonly TrialRecord[]): CliError {
  const named = front.map(({ number }) => number).sort((a, b) => a - b);
  const more = front.length > NAMED ? ` and ${front.length - NAMED} more` : '';
  const [metric = ''] = metricsOf(study);
  return new CliError(
    'SEVERAL_BEST',
    `Study '${name}' has ${study.directions.length} objectives, and no single best trial: its front is trials ${named.slice(0, NAMED).join(', ')}${more}.`,
    `Name one of them, as ${name}@${named[0]}, or the metric that decides: --metric ${shellQuoted(metric)}`,
  );
}

function betterBy({ directions }: Searched, objective: number): (a: TrialRecord, b: TrialRecord) => number {
  const sign = directions[objective] === 'maximize' ? -1 : 1;
  return (a, b) => sign * (a.values[objective]! - b.values[objective]!) || a.number - b.number;
}
