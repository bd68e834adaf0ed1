import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createAutoReader, type SplitName } from '@assay/preprocessing';
import { type LabelHead, type LoadedModel, loadModel, PLAIN_LABEL } from '@assay/training';
import { evaluateModel, prepareRows, type TableWorkload } from 'assay';
import { evaluationText } from '../evaluation-text.js';
import { formatJson } from '../format/json.js';
import { recipeOf, requireModel, requireSameRows, studyFileOf } from '../model-folder.js';
import { whilePreparing } from '../prepare-study.js';
import { loadStudyFile } from '../study-file.js';
import { tableStudyOf } from '../table-study-of.js';

interface EvaluateOptions {
  readonly by?: string;
  readonly on: SplitName;
  readonly data?: string;
  readonly studyFile?: string;
  readonly json?: true;
}

/** `assay evaluate <model> --by column,…`: errors over all rows and slice by slice, as a table and in the model's folder, one file for each kind of rows. */
export async function evaluate(folder: string, options: EvaluateOptions): Promise<void> {
  requireModel(folder);
  const model = await loadModel(folder);
  try {
    const { table } = tableStudyOf((await loadStudyFile(options.studyFile ?? studyFileOf(model, folder))).spec);
    const rows = await rowsToScore(table, model, options);
    const evaluation = await evaluateModel({
      predictor: model.predictor,
      label: (model.params.label as LabelHead | undefined) ?? PLAIN_LABEL,
      ...recipeOf(model, folder),
      sources: rows.sources,
      split: rows.split,
      by: columnsOf(options.by),
      reader: createAutoReader(),
    });
    const stored = { rows: rows.description, ...evaluation };
    const file = path.join(folder, evaluationFile(options));
    await writeFile(file, formatJson(stored));
    if (options.json) process.stdout.write(formatJson(stored));
    else process.stdout.write(`${evaluationText(stored)}\nkept in ${file}\n`);
  } finally {
    await model.predictor.dispose();
  }
}

/** Of the test rows `evaluation.json`, of others one with their name, so that neither takes the other's place. */
function evaluationFile({ data, on }: EvaluateOptions): string {
  if (data === undefined && on === 'test') return 'evaluation.json';
  const rows = data === undefined ? on : path.basename(data).replace(/[^\w.-]/g, '_'); // a pattern has stars
  return `evaluation-${rows}.json`;
}

function columnsOf(by: string | undefined): readonly string[] {
  const columns = (by ?? '').split(',').map((name) => name.trim());
  return [...new Set(columns.filter((name) => name !== ''))];
}

/** All rows of a file of one's own, or a split of the rows that the model was made with. */
async function rowsToScore(table: TableWorkload<unknown>, { params }: LoadedModel, { data, on }: EvaluateOptions) {
  if (data !== undefined)
    return { sources: [{ role: 'test', path: data } as const], split: 'test' as const, description: data };
  const { manifest, sources } = await whilePreparing({ engine: 'auto', maxBad: undefined }, (context) =>
    prepareRows(table, context),
  );
  requireSameRows(params, manifest.key, 'name rows that it has not seen: --data <file>');
  return {
    sources: [
      ...sources.train.map((file) => ({ role: 'train', path: file }) as const),
      ...sources.validation.map((file) => ({ role: 'validation', path: file }) as const),
      ...(sources.test ?? []).map((file) => ({ role: 'test', path: file }) as const),
    ],
    split: on,
    description: `${on} rows of ${sources.description}`,
  };
}
