import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { initialState } from './initial-state.js';
import { loadModel, saveModel } from './model-file.js';
import { onnxEngine } from './onnx/onnx-engine.js';
import { CASE_WIDTH, caseChunk, LABEL_CASES, MODEL_CASES } from './testing/cases.js';
import { OPTIMIZER_DEFAULTS } from './training-description.js';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assay-model-'));
  const made = dir;
  onTestFinished(() => rm(made, { recursive: true }));
});

const chunk = caseChunk(50, 3);
const params = { units: [100, 50], optimizer: 'adam' };
const metrics = { mae: 1.8 };

describe('saveModel and loadModel', () => {
  it.each([...MODEL_CASES, ...LABEL_CASES])('predict as before: $name', async ({ model }) => {
    const weights = initialState(model, OPTIMIZER_DEFAULTS.sgd, 2);
    await saveModel(dir, { model, weights, params, metrics });
    const loaded = await loadModel(dir);
    const predictor = await onnxEngine().createPredictor({ model, weights });
    const expected = await predictor.predict(chunk.x, chunk.rows);
    const got = await loaded.predictor.predict(chunk.x, chunk.rows);
    got.forEach((value, row) => {
      expect(Math.abs(value - expected[row]!)).toBeLessThan(2e-6 * Math.max(1, Math.abs(value)));
    });
    await predictor.dispose();
    await loaded.predictor.dispose();
    expect(loaded).toMatchObject({ width: CASE_WIDTH, params, metrics });
  });

  it('leave three files and no temporary one, and replace them', async () => {
    const { model } = MODEL_CASES[0]!;
    for (const seed of [1, 2]) {
      await saveModel(dir, {
        model,
        weights: initialState(model, OPTIMIZER_DEFAULTS.sgd, seed),
        params,
        metrics: { seed },
      });
    }
    expect((await readdir(dir)).sort()).toEqual(['metrics.json', 'model.onnx', 'params.json']);
    const loaded = await loadModel(dir);
    await loaded.predictor.dispose();
    expect(loaded.metrics).toEqual({ seed: 2 });
  });

  it('write a model that onnxruntime runs without us', async () => {
    const { model } = MODEL_CASES.at(-1)!;
    await saveModel(dir, { model, weights: initialState(model, OPTIMIZER_DEFAULTS.sgd, 1), params, metrics });
    const session = await InferenceSession.create(await readFile(join(dir, 'model.onnx')));
    expect([session.inputNames, session.outputNames]).toEqual([['features'], ['prediction']]);
    const result = await session.run({ features: new Tensor('float32', chunk.x, [50, CASE_WIDTH]) });
    await session.release();
    expect(result.prediction!.dims).toEqual([50, 1]);
  });
});

describe('loadModel refuses', () => {
  it('an empty folder', async () => {
    await expect(loadModel(dir)).rejects.toMatchObject({ code: 'BAD_STATE' });
  });

  it('a model that is not ONNX', async () => {
    const { model } = MODEL_CASES[0]!;
    await saveModel(dir, { model, weights: initialState(model, OPTIMIZER_DEFAULTS.sgd, 1), params, metrics });
    await writeFile(join(dir, 'model.onnx'), 'not a model');
    await expect(loadModel(dir)).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
  });
});
