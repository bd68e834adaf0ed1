import {
  type EarlierStudy,
  type Prior,
  type PriorTarget,
  priorFrom,
  StudyError,
  type StudyRecord,
  type StudyStore,
} from '@assay/study';
import { CliError } from './cli-error.js';
import { formatTrials } from './format/number.js';
import { requireStudy } from './require-study.js';

/**
 * The study that a new one is to learn from, read and checked before the new one is made.
 * @throws {StoreError} `STUDY_NOT_FOUND`
 * @throws {CliError} `BAD_OPTION` when it has other objectives, or nothing that the new study could use
 */
export async function earlierStudy(store: StudyStore, name: string, target: PriorTarget): Promise<EarlierStudy> {
  const study = await requireStudy(store, name);
  const earlier = { study, trials: await store.readTrials(study.id) };
  if (requirePrior(earlier, target).length > 0) return earlier;
  const isFinished = earlier.trials.some(({ state }) => state === 'complete' || state === 'pruned');
  const lacks = isFinished ? 'no parameter in common with this study, by name and range' : 'no finished trials';
  throw new CliError('BAD_OPTION', `--warm-start: study '${name}' has ${lacks}.`);
}

/**
 * A warm start is for a new study; the command that made one goes on with it.
 * @throws {CliError} `WARM_START_TOO_LATE`
 */
export function requireWarmStarted(study: StudyRecord, earlier: string): void {
  const stored = study.definition?.warmStart?.study ?? null;
  if (stored === earlier) return;
  const known = stored === null ? 'was not warm started' : `was warm started from '${stored}'`;
  throw new CliError(
    'WARM_START_TOO_LATE',
    `--warm-start is for a new study, and '${study.name}' is there already: it ${known}.`,
    '--name <other name>  starts another study; without --warm-start this one goes on.',
  );
}

/** `31 trials of old; known: lr, units; new: dropout`; null for a study without a warm start. */
export function warmStartText({ definition }: StudyRecord, prior: Prior): string | null {
  if (definition === null || definition.warmStart === null) return null;
  const { study, trials } = definition.warmStart;
  const names = definition.space.map(({ name }) => name);
  const isKnown = (name: string): boolean => prior.some(({ params }) => Object.hasOwn(params, name));
  const listed = (title: string, which: readonly string[]): string =>
    which.length === 0 ? '' : `; ${title}: ${which.join(', ')}`;
  return `${formatTrials(trials)} of ${study}${listed('known', names.filter(isKnown))}${listed(
    'new',
    names.filter((name) => !isKnown(name)),
  )}`;
}

function requirePrior(earlier: EarlierStudy, target: PriorTarget): Prior {
  try {
    return priorFrom(earlier, target);
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    throw new CliError('BAD_OPTION', `--warm-start: ${error.message}.`, null, { cause: error });
  }
}
