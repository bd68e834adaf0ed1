import { type TableSource, transformTable } from '@assay/preprocessing';
import { type LabelHead, loadModel, PLAIN_LABEL } from '@assay/training';
import { recipeOf, requireModel } from '../model-folder.js';
import { print } from '../output.js';
import { predictionHeader, predictionLines } from '../prediction-text.js';

interface PredictOptions {
  readonly input: string;
  readonly json?: true;
}

/** `assay predict <model> --input file.csv`: one output row for each input row, in order, with a reason where there is none. */
export async function predict(folder: string, options: PredictOptions): Promise<void> {
  requireModel(folder);
  const model = await loadModel(folder);
  try {
    const { recipe, learned } = recipeOf(model, folder);
    const label = (model.params.label as LabelHead | undefined) ?? PLAIN_LABEL;
    const json = options.json === true;
    const source: TableSource = options.input === '-' ? { name: 'stdin', stream: process.stdin } : options.input;
    let header = json ? '' : predictionHeader(label); // goes out with the first rows: a refused file leaves stdout empty
    for await (const { x, rows, reasons, lines } of transformTable(recipe, learned, source)) {
      const asked = reasons.map((reason, row) => ({ line: lines[row]!, reason }));
      await print(header + predictionLines(label, asked, await model.predictor.predict(x, rows), json));
      header = '';
    }
  } finally {
    await model.predictor.dispose();
  }
}
