import path from 'node:path';
import { type Manifest, prepareTable, splitByRows } from '@assay/preprocessing';
import type { PrepareContext } from '@assay/study';
import { loadModel, type Sidecar, saveModel } from '@assay/training';
import { continueTraining, type OldAndNew, prepareRows, type TableStudySpec } from 'assay';
import { CliError } from './cli-error.js';
import type { TrainOptions } from './commands/train.js';
import { formatJson } from './format/json.js';
import { requireModel, requireSameRows, studyFileOf } from './model-folder.js';
import { keepState, readState } from './model-state-file.js';
import { fraction } from './option-values.js';
import { CACHE_DIR, whilePreparing } from './prepare-study.js';
import { scoresText } from './scores-text.js';
import { loadStudyFile } from './study-file.js';
import { tableStudyOf } from './table-study-of.js';
import { whileContinuing } from './while-training.js';

/** What a model's parameters file says of its training. */
interface Origin {
  readonly params: Readonly<Record<string, never>>;
  readonly seed: number;
}

/** Of the newer rows, the share to stop by and the share to score. */
const HELD_OUT = { validation: 0.1, test: 0.1 } as const;

/** `assay train --from <model> --data <file>`: trains on with newer rows, and says what that does to old and new ones. */
export async function continueWith(from: string, trial: string | undefined, options: TrainOptions): Promise<void> {
  const { data } = options;
  if (trial !== undefined)
    throw new CliError('BAD_OPTION', `--from ${from} leaves no room for ${trial}.`, 'Name one of them.');
  if (data === undefined) throw new CliError('BAD_OPTION', '--from needs newer rows.', '--data <file>  names them.');
  requireModel(from);
  const { params: sidecar, studyFile } = await originOf(from, options.studyFile);
  const study = tableStudyOf((await loadStudyFile(studyFile)).spec);
  const origin = sidecar as unknown as Origin;
  const maxBad = options.maxBad === undefined ? undefined : fraction(options.maxBad, '--max-bad');
  const rows = await whilePreparing({ engine: options.engine, maxBad }, (context) =>
    bothRows(study, sidecar, data, context),
  );
  const state = await readState(from);
  const result = await whileContinuing((watched) =>
    continueTraining({
      ...watched,
      table: study.table,
      params: study.space.decode(origin.params),
      seed: origin.seed,
      engine: options.engine,
      state,
      oldDir: rows.oldDir,
      newDir: rows.newDir,
    }),
  );
  const out = path.resolve(options.out ?? `${from.replace(/\/+$/, '')}-continued`);
  const { before, after, bestStep, engine } = result;
  const metrics = { before, after, bestStep, engine };
  const params = {
    ...sidecar,
    continuedFrom: path.resolve(from),
    continuedWith: { file: data, key: rows.manifest.key },
  };
  await saveModel(out, { model: result.model, weights: result.state, params, metrics });
  await keepState(out, result);
  if (options.json) process.stdout.write(formatJson({ model: out, ...metrics }));
  else {
    process.stderr.write(continuationText(before, after, bestStep));
    process.stdout.write(`${out}\n`);
  }
}

async function originOf(folder: string, given: string | undefined) {
  const model = await loadModel(folder);
  await model.predictor.dispose();
  return { params: model.params, studyFile: given ?? studyFileOf(model, folder) };
}

/** The rows that the model was made with, and the newer ones prepared by what was learned from those. */
async function bothRows(
  { table }: TableStudySpec<unknown>,
  params: Sidecar,
  file: string,
  context: PrepareContext,
): Promise<{ readonly oldDir: string; readonly newDir: string; readonly manifest: Manifest }> {
  const old = await prepareRows(table, context);
  requireSameRows(params, old.manifest.key, 'train a model on those that are there now: assay train <study>@best');
  const newer = await prepareTable({
    recipe: { ...table.recipe, split: splitByRows(HELD_OUT) },
    learned: old.manifest.learned,
    train: file,
    outDir: path.join(CACHE_DIR, 'datasets'),
    signal: context.signal,
    ...(context.maxBad !== undefined && { maxBad: context.maxBad }),
    ...(table.shardRows !== undefined && { shardRows: table.shardRows }),
  });
  return { oldDir: old.dir, newDir: newer.dir, manifest: newer.manifest };
}

function continuationText(before: OldAndNew, after: OldAndNew, bestStep: number): string {
  const lines = Object.entries({
    'old rows, before': before.old,
    'old rows, after': after.old,
    'new rows, before': before.new,
    'new rows, after': after.new,
  });
  const scores = scoresText(
    lines.flatMap(([name, found]) => (found === null ? [] : [[name, found] as const])),
    'test rows',
  );
  const end =
    bestStep === 0
      ? 'no step was better on the newer validation rows: the weights are as they were'
      : `best weights at step ${bestStep}`;
  return `${scores}\n${end}\n`;
}
