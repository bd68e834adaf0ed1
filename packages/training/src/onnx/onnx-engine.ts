import { type Engine, type NativeGate, OPEN_GATE } from '../engine.js';
import { checkModel } from '../model-description.js';
import { checkWeights } from '../model-state.js';
import { importOnnx } from './import-onnx.js';

/** The default engine: onnxruntime-node on one CPU thread, a whole chunk of batches per native call. */
export function onnxEngine(gate: NativeGate = OPEN_GATE): Engine {
  return {
    name: 'onnx',
    createTrainer: async (options) => (await importOnnx(gate)).OnnxTrainer.create(options, gate),
    createPredictor: async ({ model, weights }) => {
      checkModel(model);
      checkWeights(model, weights);
      return (await importOnnx(gate)).OnnxPredictor.create({ model, weights }, gate);
    },
  };
}
