import { type Confirmation, openConfirmation, readConfirmations, type StudyRecord } from '@assay/study';
import { shellQuoted } from '../command-style.js';
import { type ConfirmPlan, confirmRuns } from '../confirm-runs.js';
import { confirmationTable, describeConfirmation, verdict } from '../confirmation-text.js';
import { parseDuration } from '../format/duration.js';
import { formatJson } from '../format/json.js';
import { requireFront } from '../front.js';
import { objectivesOf } from '../objectives.js';
import { withExistingStore } from '../open-store.js';
import { fraction, positiveInteger } from '../option-values.js';
import { prepareStudy } from '../prepare-study.js';
import { requireStudy } from '../require-study.js';
import { RUN_RETRIES } from '../retries.js';
import { dataFacts, requireSameData } from '../same-data.js';
import { storeCommand } from '../store-command.js';
import { loadStoredStudyFile } from '../study-file.js';

interface ConfirmOptions {
  readonly top: string;
  readonly repeats: string;
  readonly workers?: string;
  readonly studyFile?: string;
  readonly store: string;
  readonly engine: 'auto' | 'onnx' | 'tfjs' | 'webgpu';
  readonly maxFailures: string;
  readonly trialTimeout?: string;
  readonly maxBad?: string;
  readonly json?: true;
}

/** `assay confirm <study>`: runs its best trials again with fresh seeds, before anyone believes them. */
export async function confirm(name: string, options: ConfirmOptions): Promise<void> {
  const plan = readPlan(options);
  const maxBad = options.maxBad === undefined ? undefined : fraction(options.maxBad, '--max-bad');
  process.exitCode = await withExistingStore(options.store, async (store) => {
    const study = await requireStudy(store, name);
    requireFront(study, await store.readTrials(study.id), options.store);
    const loaded = await loadStoredStudyFile(study, options.studyFile);
    const prepared = await prepareStudy(loaded.spec, { engine: options.engine, maxBad });
    requireSameData(study, dataFacts(prepared.facts));
    const { space } = loaded.spec;
    const companion = await openConfirmation({ store, study, space, ...plan, retries: RUN_RETRIES });
    const exitCode = await confirmRuns({ companion, loaded, prepared, plan, resume: resumeHint(name, options) });
    conclude(study, await readConfirmations(store, study), options);
    return exitCode;
  });
}

function readPlan({ top, repeats, workers, maxFailures, trialTimeout }: ConfirmOptions): ConfirmPlan {
  return {
    top: positiveInteger(top, '--top'),
    repeats: positiveInteger(repeats, '--repeats'),
    workers: workers === undefined ? null : positiveInteger(workers, '--workers'),
    maxFailures: positiveInteger(maxFailures, '--max-failures'),
    trialTimeLimitMs: trialTimeout === undefined ? null : parseDuration(trialTimeout, '--trial-timeout'),
  };
}

function resumeHint(
  study: string,
  { store, top, repeats, studyFile, workers, trialTimeout, maxBad, engine }: ConfirmOptions,
): string {
  const given = {
    ...{ top, repeats, workers, 'study-file': studyFile, 'trial-timeout': trialTimeout, 'max-bad': maxBad },
    engine: engine === 'auto' ? undefined : engine,
  };
  const written = Object.entries(given).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`, shellQuoted(value)],
  );
  return `resume: ${storeCommand(store, 'confirm', shellQuoted(study), ...written)}\n`;
}

/** The result on stdout; on stderr what it means for the best trial. */
function conclude(study: StudyRecord, confirmations: readonly Confirmation[], { json }: ConfirmOptions): void {
  if (json) {
    const confirmed = confirmations.map((confirmation) => {
      const { number, values, params } = confirmation.trial;
      return { trial: number, values, params, confirmation: describeConfirmation(confirmation) };
    });
    process.stdout.write(formatJson({ study: study.name, objectives: objectivesOf(study), confirmed }));
    return;
  }
  process.stderr.write(verdict(study, confirmations));
  if (confirmations.length > 0) process.stdout.write(confirmationTable(study, confirmations));
}
