import { describe, expect, it } from 'vitest';
import { type Engine, OPEN_GATE } from './engine.js';
import { initialState } from './initial-state.js';
import { type LabelHead, outputCount } from './label-head.js';
import { onnxEngine } from './onnx/onnx-engine.js';
import { CASE_WIDTH, caseChunk, dense, modelOf, trainingOf } from './testing/cases.js';
import { tfjsEngine } from './tfjs/tfjs-engine.js';

const engines: readonly { readonly name: string; readonly open: () => Promise<Engine> }[] = [
  { name: 'onnx', open: () => Promise.resolve(onnxEngine()) },
  { name: 'tfjs wasm', open: () => tfjsEngine(OPEN_GATE, { backends: ['wasm'] }) },
];

/** A network whose outputs are its biases, whatever the row. */
async function predictConstant(engine: Engine, label: LabelHead, outputs: readonly number[]): Promise<number[]> {
  const units = outputCount(label);
  const model = modelOf([dense(units)], { label });
  const numbers = CASE_WIDTH - 2;
  const weights = Float32Array.of(...Array<number>(numbers * units).fill(0), ...outputs);
  const predictor = await engine.createPredictor({ model, weights: { weights, statistics: new Float32Array(0) } });
  const predicted = await predictor.predict(caseChunk(2, 1).x, 2);
  await predictor.dispose();
  return [...predicted];
}

describe.each(engines)('predictions of $name, in the units of the label', ({ open }) => {
  it.each<{ label: LabelHead; outputs: number[]; expected: number[] }>([
    { label: { kind: 'linear', mean: 10, deviation: 2 }, outputs: [3], expected: [16] },
    { label: { kind: 'log', mean: 1, deviation: 2 }, outputs: [0.5], expected: [Math.exp(2)] },
    { label: { kind: 'softplus', deviation: 3 }, outputs: [0], expected: [3 * Math.log(2)] },
    { label: { kind: 'softplus', deviation: 3 }, outputs: [100], expected: [300] },
    { label: { kind: 'binary' }, outputs: [Math.log(3)], expected: [0.75] },
    {
      label: { kind: 'classes', size: 3 },
      outputs: [0, Math.log(2), Math.log(5)],
      expected: [1 / 8, 2 / 8, 5 / 8],
    },
  ])('$label of $outputs', async ({ label, outputs, expected }) => {
    const predicted = await predictConstant(await open(), label, outputs);
    expect(predicted).toHaveLength(2 * expected.length);
    predicted.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i % expected.length]!, 4);
    });
  });

  it.each<{ label: LabelHead; y: number }>([
    { label: { kind: 'log', mean: 0, deviation: 1 }, y: 0 },
    { label: { kind: 'binary' }, y: 2 },
    { label: { kind: 'binary' }, y: Number.NaN },
    { label: { kind: 'classes', size: 3 }, y: 3 },
    { label: { kind: 'classes', size: 3 }, y: 0.5 },
  ])('refuses to train the label $y of $label', async ({ label, y }) => {
    const model = modelOf([dense(outputCount(label))], { label });
    const classes = label.kind === 'log' ? ({ kind: 'mse' } as const) : ({ kind: 'crossEntropy' } as const);
    const training = trainingOf({ loss: classes, batchSize: 1 });
    const trainer = await (await open()).createTrainer({
      model,
      training,
      state: initialState(model, training.optimizer, 1),
    });
    const plan = {
      batchSize: 1,
      order: Int32Array.of(0),
      dropoutOffsets: new Int32Array(0),
      dropoutPool: new Float32Array(0),
    };
    const chunk = { ...caseChunk(1, 1), y: Float32Array.of(y) };
    await expect(trainer.train(chunk, plan)).rejects.toMatchObject({ code: 'BAD_DATA' });
    await trainer.dispose();
  });

  it.each<{ label: LabelHead; loss: 'mse' | 'crossEntropy' }>([
    { label: { kind: 'binary' }, loss: 'mse' },
    { label: { kind: 'softplus', deviation: 1 }, loss: 'crossEntropy' },
  ])('refuses to train $label by $loss', async ({ label, loss }) => {
    const model = modelOf([dense(1)], { label });
    const training = trainingOf({ loss: { kind: loss } });
    const state = initialState(model, training.optimizer, 1);
    await expect((await open()).createTrainer({ model, training, state })).rejects.toMatchObject({
      code: 'BAD_TRAINING',
    });
  });
});
