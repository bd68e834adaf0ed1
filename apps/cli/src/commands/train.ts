import path from 'node:path';
import { trialSeed } from '@assay/study';
import { saveModel } from '@assay/training';
import { datasetId, prepareRows, removeCheckpoints, trainFinal } from 'assay';
import { CliError } from '../cli-error.js';
import { shellQuoted } from '../command-style.js';
import { continueWith } from '../continue-model.js';
import { formatJson } from '../format/json.js';
import { keepState } from '../model-state-file.js';
import { withExistingStore } from '../open-store.js';
import { fraction } from '../option-values.js';
import { CACHE_DIR, whilePreparing } from '../prepare-study.js';
import { readCandidates } from '../read-candidates.js';
import { requireStudy } from '../require-study.js';
import { requireSameData } from '../same-data.js';
import { storeCommand } from '../store-command.js';
import { loadStoredStudyFile } from '../study-file.js';
import { tableStudyOf } from '../table-study-of.js';
import { trainingText } from '../training-text.js';
import { parseTrialReference, pickTrial, type TrialReference } from '../trial-reference.js';
import { whileTraining } from '../while-training.js';

export interface TrainOptions {
  readonly from?: string;
  readonly data?: string;
  readonly store: string;
  readonly metric?: string;
  readonly engine: 'auto' | 'onnx' | 'tfjs' | 'webgpu';
  readonly refit?: true;
  readonly studyFile?: string;
  readonly out?: string;
  readonly maxBad?: string;
  readonly json?: true;
}

/** `assay train <study>@best`: final training; `assay train --from <model> --data <file>`: its continuation. */
export async function train(text: string | undefined, options: TrainOptions): Promise<void> {
  if (options.from !== undefined) return await continueWith(options.from, text, options);
  if (text === undefined) throw new CliError('BAD_OPTION', 'No trial is named.', 'assay train <study>@best');
  if (options.data !== undefined)
    throw new CliError(
      'BAD_OPTION',
      '--data goes with --from <model>.',
      'A study’s own files are named in its study file.',
    );
  await trainTrial(text, options);
}

/** Model, parameters and metrics side by side. */
async function trainTrial(text: string, options: TrainOptions): Promise<void> {
  const reference = parseTrialReference(text);
  const trial = await readTrial(reference, options);
  const { spec, file } = await loadStoredStudyFile(trial.record, options.studyFile);
  const study = tableStudyOf(spec, storeCommand(options.store, 'best', shellQuoted(text), '--format json'));
  const startedMs = performance.now();
  const maxBad = options.maxBad === undefined ? undefined : fraction(options.maxBad, '--max-bad');
  const { dir, manifest, sources } = await whilePreparing({ engine: options.engine, maxBad }, (context) =>
    prepareRows(study.table, context),
  );
  requireSameData(trial.record, { dataset: datasetId(manifest), data: sources.description });
  const preparing = { name: 'preparing', seconds: (performance.now() - startedMs) / 1000, peakBytes: peakBytes() };
  const out = path.resolve(options.out ?? path.join(CACHE_DIR, 'models', `${reference.study}@${trial.number}`));
  const params = study.space.decode(trial.params);
  const refit = options.refit === true;
  const result = await whileTraining(out, (watched) =>
    trainFinal({ ...watched, table: study.table, dir, params, seed: trial.seed, engine: options.engine, refit }),
  );
  const stages = [preparing, ...result.stages];
  const metrics = {
    validation: result.validation,
    test: result.test,
    bestStep: result.bestStep,
    engine: result.engine,
    stages,
  };
  await saveModel(out, {
    model: result.model,
    weights: result.weights,
    params: {
      study: reference.study,
      studyFile: file,
      trial: trial.number,
      seed: trial.seed,
      refit,
      params: trial.params,
      data: { description: sources.description, key: manifest.key },
      recipe: manifest.recipe,
      label: result.model.label,
      learned: manifest.learned,
    },
    metrics,
  });
  await keepState(out, result);
  await removeCheckpoints(out);
  if (options.json) process.stdout.write(formatJson({ model: out, trial: trial.number, ...metrics }));
  else {
    process.stderr.write(trainingText(result, stages, path.relative('', out)));
    process.stdout.write(`${out}\n`);
  }
}

async function readTrial(reference: TrialReference, options: TrainOptions) {
  return await withExistingStore(options.store, async (open) => {
    const record = await requireStudy(open, reference.study);
    const trials = await readCandidates(open, record, reference);
    const trial = pickTrial(reference, record, trials, options);
    const seed = trialSeed(record.definition?.seed ?? 0, trial);
    return { record, number: trial.number, params: trial.params, seed };
  });
}

function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
