import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NativeGate, OPEN_GATE, type Predictor } from './engine.js';
import { checkModel, type ModelDescription } from './model-description.js';
import { checkWeights, type ModelWeights } from './model-state.js';
import { importOnnx } from './onnx/import-onnx.js';
import { modelFileGraph } from './onnx/inference-graph.js';
import { TrainingError } from './training-error.js';

/** Names inside a model's folder. */
export const MODEL_FILES = Object.freeze({ model: 'model.onnx', params: 'params.json', metrics: 'metrics.json' });

/** JSON that is written beside the model and read back as it is. */
export type Sidecar = Readonly<Record<string, unknown>>;

export interface SavedModel {
  readonly model: ModelDescription;
  readonly weights: ModelWeights;
  /** What made the model: the trial's parameters, the data's hash ... */
  readonly params: Sidecar;
  readonly metrics: Sidecar;
}

export interface LoadedModel {
  readonly predictor: Predictor;
  /** Columns of a raw feature row. */
  readonly width: number;
  readonly params: Sidecar;
  readonly metrics: Sidecar;
}

/**
 * Writes `model.onnx` (raw features in, predictions in the label's units out, any ONNX runtime), `params.json` and
 * `metrics.json` into `dir`, which is made when missing. Each file appears whole or not at all, the model last.
 * @throws {TrainingError} `BAD_MODEL`, `BAD_STATE`
 */
export async function saveModel(dir: string, { model, weights, params, metrics }: SavedModel): Promise<void> {
  checkModel(model);
  checkWeights(model, weights);
  await mkdir(dir, { recursive: true });
  await replaceFile(join(dir, MODEL_FILES.params), `${JSON.stringify(params, null, 2)}\n`);
  await replaceFile(join(dir, MODEL_FILES.metrics), `${JSON.stringify(metrics, null, 2)}\n`);
  await replaceFile(join(dir, MODEL_FILES.model), modelFileGraph(model, weights));
}

/**
 * Opens what `saveModel` wrote; dispose the predictor when done.
 * @throws {TrainingError} `BAD_STATE` when a file is missing or unreadable, `ENGINE_FAILED` when the model is no ONNX model,
 * `ENGINE_UNAVAILABLE` where onnxruntime does not load
 */
export async function loadModel(dir: string, gate: NativeGate = OPEN_GATE): Promise<LoadedModel> {
  const params = await readSidecar(join(dir, MODEL_FILES.params));
  const metrics = await readSidecar(join(dir, MODEL_FILES.metrics));
  const file = await readPart(join(dir, MODEL_FILES.model));
  const { OnnxPredictor } = await importOnnx(gate);
  const predictor = await OnnxPredictor.fromModelFile(file, gate);
  return { predictor, width: predictor.width, params, metrics };
}

async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}

async function readSidecar(path: string): Promise<Sidecar> {
  const text = (await readPart(path)).toString('utf8');
  try {
    return JSON.parse(text) as Sidecar;
  } catch (cause) {
    throw new TrainingError('BAD_STATE', `${path} is not JSON: ${String(cause)}`, { cause });
  }
}

async function readPart(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new TrainingError('BAD_STATE', `cannot read ${path}, a part of a saved model: ${String(cause)}`, { cause });
  }
}
