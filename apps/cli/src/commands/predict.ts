import { type TableSource, type TransformedRows, transformTable } from '@assay/preprocessing';
import { loadModel, type Predictor } from '@assay/training';
import { formatJsonLine } from '../format/json.js';
import { recipeOf, requireModel } from '../model-folder.js';
import { print } from '../output.js';

interface PredictOptions {
  readonly input: string;
  readonly json?: true;
}

/** `assay predict <model> --input file.csv`: `prediction,reason`, one output row for each input row, in order. */
export async function predict(folder: string, options: PredictOptions): Promise<void> {
  requireModel(folder);
  const model = await loadModel(folder);
  try {
    const { recipe, learned } = recipeOf(model, folder);
    const source: TableSource = options.input === '-' ? { name: 'stdin', stream: process.stdin } : options.input;
    let header = options.json ? '' : 'prediction,reason\n'; // goes out with the first rows: a refused file leaves stdout empty
    for await (const rows of transformTable(recipe, learned, source)) {
      await print(header + outputLines(rows, await predictRows(model.predictor, rows), options.json === true));
      header = '';
    }
  } finally {
    await model.predictor.dispose();
  }
}

async function predictRows(predictor: Predictor, { x, rows }: TransformedRows): Promise<Float32Array> {
  return await predictor.predict(x, rows);
}

function outputLines({ reasons, lines }: TransformedRows, predictions: Float32Array, json: boolean): string {
  return reasons
    .map((reason, row) => {
      const prediction = reason === null ? Number((predictions[row] ?? Number.NaN).toPrecision(7)) : null;
      return json
        ? formatJsonLine({ line: lines[row], prediction, reason })
        : `${prediction ?? ''},${reason === null ? '' : csvField(reason)}\n`;
    })
    .join('');
}

/** RFC 4180: quoted where it must be. */
function csvField(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
