import { crc32 } from 'node:zlib';
import { nopPruner } from '@assay/pruner';
import type { ParamValues, Space } from '@assay/space';
import { isCandidate } from './best-trials.js';
import { CONFIRMED_TRIAL, confirmationName, runsOf } from './confirmation.js';
import { ENQUEUED_ONLY } from './enqueued-only.js';
import { isFinished } from './life-cycle.js';
import { descriptionOf } from './new-study.js';
import { loadStudy } from './open-study.js';
import { StoreError } from './store-error.js';
import type { Study } from './study.js';
import { requireCompatible } from './study-compatibility.js';
import { DEFINITION_DEFAULTS, type StudyDefinition } from './study-definition.js';
import { StudyError } from './study-error.js';
import type { StudyOptions } from './study-options.js';
import type { EnqueuedTrial, StudyRecord } from './study-store.js';
import { topTrials } from './top-trials.js';
import type { TrialRecord } from './trial-record.js';
import { confirmationSeed } from './trial-seed.js';

export interface ConfirmationOptions<P> extends Pick<StudyOptions<P>, 'store' | 'retries' | 'owner'> {
  /** The study whose best trials are to be confirmed. */
  readonly study: StudyRecord;
  /** Left out: the stored one, with flat parameters. */
  readonly space?: Space<P>;
  /** How many of its best trials (`topTrials`; of those with the same parameters the first counts). */
  readonly top: number;
  /** How many fresh runs each of them has in the end; those of earlier calls count. */
  readonly repeats: number;
}

/**
 * Opens a study's companion `<name>-confirm`, in which its best trials are run again with fresh seeds, and enqueues the runs
 * that are missing there. `optimize` then runs those and ends as `exhausted`; killed and resumed, it goes on where it was. The
 * results are read with `readConfirmations`.
 *
 * The companion has the study's space, objectives and repeats, so its values compare with the study's; nothing is pruned in it.
 * @throws {StudyError} `BAD_OPTION`; `INCOMPATIBLE_STUDY` when the space is another than the study's, or the companion's name
 * is taken by a study of another kind
 */
export async function openConfirmation<P = ParamValues>(options: ConfirmationOptions<P>): Promise<Study<P>> {
  const { store, study, space, top, repeats, ...others } = options;
  requireCount('top', top);
  requireCount('repeats', repeats);
  requireCompatible(study, { space: space?.parameters, changes: 'refuse' });
  const chosen = topTrials(distinct(await store.readTrials(study.id)), study.directions, top);
  const name = confirmationName(study.name);
  await createCompanion(options, missingRuns(chosen, [], repeats));
  const companion = await loadStudy<P>({ store, name, ...(space !== undefined && { space }), ...others });
  if (companion.record.definition?.confirms !== study.name) {
    const message = `'${name}' is there, but not to confirm '${study.name}': rename one of them`;
    throw new StudyError('INCOMPATIBLE_STUDY', message);
  }
  await companion.desk.reap(); // what a killed process left running counts as missing, or waits again
  for (const { params, attributes } of missingRuns(chosen, await companion.trials(), repeats)) {
    await store.enqueueTrial(companion.record.id, params, attributes);
  }
  return companion;
}

/** Makes the companion with its first runs, unless it is there. */
async function createCompanion<P>(
  { store, study, space }: ConfirmationOptions<P>,
  enqueued: readonly EnqueuedTrial[],
): Promise<void> {
  const { name, directions, metrics } = study;
  const definition = companionDefinition(study, space);
  try {
    await store.createStudy({ name: confirmationName(name), directions, metrics, definition, enqueued });
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'STUDY_EXISTS')) throw error;
  }
}

function companionDefinition<P>({ name, definition }: StudyRecord, space: Space<P> | undefined): StudyDefinition {
  const parameters = space?.parameters ?? definition?.space ?? [];
  if (parameters.length === 0) {
    throw new StudyError('BAD_OPTION', `'${name}' has no declared space: give the one that its trials come from`);
  }
  if (definition !== null && definition.confirms !== null) {
    throw new StudyError('BAD_OPTION', `'${name}' confirms '${definition.confirms}' itself; confirm that one`);
  }
  return {
    ...DEFINITION_DEFAULTS,
    space: parameters,
    sampler: descriptionOf(ENQUEUED_ONLY),
    pruner: nopPruner().settings,
    seed: confirmationSeed(definition?.seed ?? crc32(name)),
    facts: definition?.facts ?? {},
    repeats: definition?.repeats ?? DEFINITION_DEFAULTS.repeats,
    pruneMetric: definition?.pruneMetric ?? null,
    confirms: name,
  };
}

/** One run of each trial, then another one of each: cut short, it has said something of all. */
function missingRuns(
  chosen: readonly TrialRecord[],
  runs: readonly TrialRecord[],
  repeats: number,
): readonly EnqueuedTrial[] {
  return Array.from({ length: repeats }, (_, repeat) =>
    chosen
      .filter(({ number }) => runsOf(runs, number).filter(isUnderWay).length <= repeat)
      .map(({ number, params }) => ({ params, attributes: { [CONFIRMED_TRIAL]: number } })),
  ).flat();
}

/** A failed run counts for nothing: where it is tried again, that attempt does. */
function isUnderWay({ state }: TrialRecord): boolean {
  return state === 'waiting' || state === 'running' || isFinished(state);
}

/** Complete, feasible trials, of those with the same parameters the first. */
function distinct(trials: readonly TrialRecord[]): readonly TrialRecord[] {
  const first = new Map<string, TrialRecord>();
  for (const trial of trials) {
    const key = JSON.stringify(Object.entries(trial.params).sort(([a], [b]) => (a < b ? -1 : 1)));
    if (isCandidate(trial) && !first.has(key)) first.set(key, trial);
  }
  return [...first.values()];
}

function requireCount(name: string, count: number): void {
  if (Number.isSafeInteger(count) && count >= 1) return;
  throw new StudyError('BAD_OPTION', `${name} must be a whole number of at least 1, got ${count}`);
}
