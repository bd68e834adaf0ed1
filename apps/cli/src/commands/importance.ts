import {
  type ImportanceOptions,
  type Interactions,
  importanceOf,
  interactionsOf,
  observedSpace,
  type ParameterImportance,
} from '@assay/analysis';
import { createRng } from '@assay/sampler';
import type { SearchSpace } from '@assay/space';
import { isIgnored, type StudyRecord, type TrialRecord } from '@assay/study';
import { CliError } from '../cli-error.js';
import { shellQuoted } from '../command-style.js';
import { formatJson } from '../format/json.js';
import { confirmedBy } from '../front.js';
import { moreTrialsHint } from '../go-on-command.js';
import { importanceTable, interactionsTable } from '../importance-table.js';
import { type Objective, objectiveNamed, objectivesOf } from '../objectives.js';
import { withExistingStore } from '../open-store.js';
import { requireStudy } from '../require-study.js';
import { storeCommand } from '../store-command.js';

type Evaluator = NonNullable<ImportanceOptions['evaluator']>;

interface ImportanceCommand {
  readonly store: string;
  readonly evaluator: Evaluator;
  readonly pairs?: true;
  readonly metric?: string;
  readonly json?: true;
}

const NAMES: Readonly<Record<Evaluator, string>> = { 'ped-anova': 'PED-ANOVA', fanova: 'fANOVA' };

/** Below this the shares of a few lucky trials are hardly more than noise. */
const FEW_TRIALS = 20;

/** What is weighed, and for what. */
interface Weighed {
  readonly study: StudyRecord;
  readonly trials: readonly TrialRecord[];
  readonly space: SearchSpace;
  /** Null: all objectives together. */
  readonly objective: number | null;
}

/** `assay importance <study>`: which parameters matter; shares as bars on stdout, what they are of on stderr. */
export async function importance(name: string, options: ImportanceCommand): Promise<void> {
  const { evaluator, pairs, metric, json } = options;
  requirePairs(options);
  const { study, trials } = await withExistingStore(options.store, async (open) => {
    const study = await requireStudy(open, name);
    const trials = await open.readTrials(study.id, { reports: false });
    return { study, trials: trials.filter((trial) => !isIgnored(trial)) };
  });
  const objective = metric === undefined ? null : objectiveNamed(study, metric);
  const count = requireTrials(study, trials, objective, options.store);
  const { space, origin } = spaceOf(study, trials);
  const weighed = { study, trials, space, objective };
  const found = pairs ? interactions(weighed) : { alone: importances(weighed, evaluator) };
  const judged = objectivesOf(study).filter((_, at) => objective === null || at === objective);
  if (json) {
    const head = { study: name, evaluator, objectives: judged, trials: count, space: origin };
    process.stdout.write(formatJson({ ...head, ...listed(found) }));
    return;
  }
  process.stderr.write(`${name}: ${NAMES[evaluator]} of ${count} complete trials, ${judgedText(judged)}\n`);
  const confirmed = confirmedBy(study);
  if (confirmed !== null) process.stderr.write(`${confirmationText(confirmed, options.store)}\n`);
  if (origin === 'observed') process.stderr.write(`${OBSERVED}\n`);
  if (count < FEW_TRIALS) process.stderr.write('few trials: the shares will change as more come in\n');
  process.stdout.write('pairs' in found ? interactionsTable(found) : importanceTable(found.alone));
}

/** @throws {CliError} `BAD_OPTION` */
function requirePairs({ evaluator, pairs }: ImportanceCommand): void {
  if (!pairs || evaluator === 'fanova') return;
  const message = `--pairs takes --evaluator fanova: ${NAMES[evaluator]} looks at each parameter by itself.`;
  throw new CliError('BAD_OPTION', message, 'Write --evaluator fanova --pairs.');
}

/** How many trials there are to judge by. @throws {CliError} `TOO_FEW_TRIALS` */
function requireTrials(
  study: StudyRecord,
  trials: readonly TrialRecord[],
  objective: number | null,
  store: string,
): number {
  const isJudged = (value: number, at: number): boolean => Number.isFinite(value) || (objective ?? at) !== at;
  const count = trials.filter(({ state, values }) => state === 'complete' && values.every(isJudged)).length;
  if (count >= 2) return count;
  const have = count === 0 ? 'no complete trial' : 'one complete trial';
  throw new CliError(
    'TOO_FEW_TRIALS',
    `Study '${study.name}' has ${have} with a finite value, and importance takes at least two.`,
    moreTrialsHint(study, store),
  );
}

/** Its trials are few configurations, chosen because they are good, and each several times. */
const confirmationText = (confirmed: string, store: string): string =>
  `fresh runs of a few of ${confirmed}'s best trials: they say little of its parameters; ${storeCommand(store, 'importance', shellQuoted(confirmed))}  does`;

const OBSERVED =
  'no stored search space: each range is taken from the trials’ smallest to their largest value, none as logarithmic';

/** The stored space, or what the trials show of it. @throws {CliError} `TOO_FEW_TRIALS` where no trial has any parameter */
function spaceOf(
  { name, definition }: StudyRecord,
  trials: readonly TrialRecord[],
): { readonly space: SearchSpace; readonly origin: 'declared' | 'observed' } {
  const declared = definition?.space ?? [];
  if (declared.length > 0) return { space: declared, origin: 'declared' };
  const space = observedSpace(trials);
  if (space.length > 0) return { space, origin: 'observed' };
  throw new CliError('TOO_FEW_TRIALS', `The trials of study '${name}' have no parameters to judge.`);
}

function importances(weighed: Weighed, evaluator: Evaluator): readonly ParameterImportance[] {
  const { study, trials, space } = weighed;
  switch (evaluator) {
    case 'ped-anova':
      return importanceOf(space, trials, study.directions, { evaluator, ...objectiveOption(weighed) });
    case 'fanova':
      return importanceOf(space, trials, study.directions, { evaluator, ...forestOptions(weighed) });
  }
}

function interactions(weighed: Weighed): Interactions {
  const { study, trials, space } = weighed;
  return interactionsOf(space, trials, study.directions, forestOptions(weighed));
}

function forestOptions(weighed: Weighed) {
  return { rng: createRng(weighed.study.definition?.seed ?? 0), ...objectiveOption(weighed) };
}

function objectiveOption({ objective }: Weighed): { readonly objective?: number } {
  return objective === null ? {} : { objective };
}

/** With pairs all shares are of the whole variance; without, those of the parameters sum to 1. */
function listed(found: { readonly alone: Interactions['alone'] } | Interactions) {
  const importances = found.alone.map(({ name: parameter, importance }) => ({ parameter, importance }));
  if (!('pairs' in found)) return { importances };
  const pairs = found.pairs.map(({ names: parameters, importance }) => ({ parameters, importance }));
  return { importances, pairs, others: found.others };
}

function judgedText(judged: readonly Objective[]): string {
  const goals = judged.map(({ metric, direction }) => `${direction} ${metric}`);
  return goals.length === 1 ? `${goals[0]}` : `all objectives together (${goals.join(', ')})`;
}
