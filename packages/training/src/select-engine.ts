import { type Engine, type NativeGate, OPEN_GATE } from './engine.js';
import { importOnnx } from './onnx/import-onnx.js';
import { onnxEngine } from './onnx/onnx-engine.js';
import { describeRefused } from './tfjs/tfjs-backend.js';
import { tfjsEngine } from './tfjs/tfjs-engine.js';
import { describeAdapter, webgpuAdapter } from './tfjs/webgpu.js';
import { TrainingError } from './training-error.js';

export type EngineChoice = 'auto' | 'onnx' | 'tfjs' | 'webgpu';

export interface SelectedEngine {
  readonly engine: Engine;
  /** Half a sentence for the person who watches, with what was not there. */
  readonly why: string;
}

/**
 * `onnx` and `tfjs` are taken as asked; `webgpu` is tfjs on WebGPU, which tfjs does not take unasked; `auto` is onnx, or tfjs where
 * onnxruntime does not load.
 * @throws {TrainingError} `ENGINE_UNAVAILABLE` with the reason, or every backend's
 */
export async function selectEngine(choice: EngineChoice, gate: NativeGate = OPEN_GATE): Promise<SelectedEngine> {
  switch (choice) {
    case 'onnx':
      await importOnnx(gate);
      return { engine: onnxEngine(gate), why: 'as asked' };
    case 'tfjs':
      return selectTfjs('as asked', gate);
    case 'webgpu':
      return {
        engine: await tfjsEngine(gate, { backends: ['webgpu'] }),
        why: `as asked, on ${describeAdapter(await webgpuAdapter())}`,
      };
    case 'auto':
      try {
        await importOnnx(gate);
        return { engine: onnxEngine(gate), why: 'compiled graph, fastest on CPU' };
      } catch (cause) {
        if (cause instanceof TrainingError) return selectTfjs(cause.message, gate);
        throw cause;
      }
  }
}

async function selectTfjs(because: string, gate: NativeGate): Promise<SelectedEngine> {
  const engine = await tfjsEngine(gate);
  const missing = engine.refused.length === 0 ? '' : `; not there: ${describeRefused(engine.refused)}`;
  return { engine, why: `${because}, best backend${missing}` };
}
