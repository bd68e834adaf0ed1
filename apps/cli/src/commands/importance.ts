import { type ImportanceOptions, importanceOf, type ParameterImportance } from '@assay/analysis';
import { createRng } from '@assay/sampler';
import { isIgnored, type StudyRecord, type TrialRecord } from '@assay/study';
import { CliError } from '../cli-error.js';
import { formatJson } from '../format/json.js';
import { formatTable } from '../format/table.js';
import { type Objective, objectiveNamed, objectivesOf } from '../objectives.js';
import { withExistingStore } from '../open-store.js';
import { requireStudy } from '../require-study.js';

type Evaluator = NonNullable<ImportanceOptions['evaluator']>;

interface ImportanceCommand {
  readonly store: string;
  readonly evaluator: Evaluator;
  readonly metric?: string;
  readonly json?: true;
}

const NAMES: Readonly<Record<Evaluator, string>> = { 'ped-anova': 'PED-ANOVA', fanova: 'fANOVA' };

/** Below this the shares of a few lucky trials are hardly more than noise. */
const FEW_TRIALS = 20;

/** `assay importance <study>`: which parameters matter; shares as bars on stdout, what they are of on stderr. */
export async function importance(name: string, { store, evaluator, metric, json }: ImportanceCommand): Promise<void> {
  const { study, trials } = await withExistingStore(store, async (open) => {
    const study = await requireStudy(open, name);
    const trials = await open.readTrials(study.id, { reports: false });
    return { study, trials: trials.filter((trial) => !isIgnored(trial)) };
  });
  const objective = metric === undefined ? null : objectiveNamed(study, metric);
  const judged = objectivesOf(study).filter((_, at) => objective === null || at === objective);
  const count = requireTrials(study, trials, objective);
  const importances = judge(study, trials, evaluator, objective);
  if (json) {
    const listed = importances.map(({ name: parameter, importance }) => ({ parameter, importance }));
    process.stdout.write(
      formatJson({ study: name, evaluator, objectives: judged, trials: count, importances: listed }),
    );
    return;
  }
  process.stderr.write(`${name}: ${NAMES[evaluator]} of ${count} complete trials, ${judgedText(judged)}\n`);
  if (count < FEW_TRIALS) process.stderr.write('few trials: the shares will change as more come in\n');
  process.stdout.write(bars(importances));
}

/** How many trials there are to judge by. @throws {CliError} `TOO_FEW_TRIALS` */
function requireTrials(
  { name, definition }: StudyRecord,
  trials: readonly TrialRecord[],
  objective: number | null,
): number {
  if ((definition?.space ?? []).length === 0) {
    const message = `Study '${name}' stores no search space, and without one importance cannot be told.`;
    throw new CliError(
      'TOO_FEW_TRIALS',
      message,
      'Another tool made it, or its trials name their parameters as they run.',
    );
  }
  const isJudged = (value: number, at: number): boolean => Number.isFinite(value) || (objective ?? at) !== at;
  const count = trials.filter(({ state, values }) => state === 'complete' && values.every(isJudged)).length;
  if (count >= 2) return count;
  const have = count === 0 ? 'no complete trial' : 'one complete trial';
  throw new CliError(
    'TOO_FEW_TRIALS',
    `Study '${name}' has ${have} with a finite value, and importance takes at least two.`,
    `assay run ${name}  adds some.`,
  );
}

function judge(
  { definition, directions }: StudyRecord,
  trials: readonly TrialRecord[],
  evaluator: Evaluator,
  objective: number | null,
): readonly ParameterImportance[] {
  const { space = [], seed = 0 } = definition ?? {};
  const only = objective === null ? {} : { objective };
  switch (evaluator) {
    case 'ped-anova':
      return importanceOf(space, trials, directions, { evaluator, ...only });
    case 'fanova':
      return importanceOf(space, trials, directions, { evaluator, rng: createRng(seed), ...only });
  }
}

function judgedText(judged: readonly Objective[]): string {
  const goals = judged.map(({ metric, direction }) => `${direction} ${metric}`);
  return goals.length === 1 ? `${goals[0]}` : `all objectives together (${goals.join(', ')})`;
}

const BAR = 40;

function bars(importances: readonly ParameterImportance[]): string {
  const largest = Math.max(...importances.map(({ importance }) => importance));
  return formatTable(
    [{ title: 'parameter' }, { title: 'share', align: 'right' }, { title: '' }],
    importances.map(({ name, importance }) => [
      name,
      percent(importance),
      '█'.repeat(Math.round((BAR * importance) / largest)),
    ]),
  );
}

function percent(share: number): string {
  return share > 0 && share < 0.005 ? '<1%' : `${Math.round(share * 100)}%`;
}
