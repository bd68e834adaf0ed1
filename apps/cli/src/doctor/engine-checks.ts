import type { ProbedEngine } from '@assay/training';
import { type Check, reasonOf } from './check.js';

/** Those whose native library or driver is somebody's choice. */
const OPTIONAL: readonly ProbedEngine[] = ['node', 'node-gpu', 'webgpu'];

const ENGINES: readonly { readonly engine: ProbedEngine; readonly name: string; readonly use: string }[] = [
  { engine: 'onnx', name: 'onnx', use: 'trains by default, and predicts' },
  { engine: 'node-gpu', name: 'tfjs node-gpu', use: 'trains on the GPU with --engine tfjs' },
  { engine: 'node', name: 'tfjs node', use: 'trains with --engine tfjs' },
  { engine: 'webgpu', name: 'tfjs webgpu', use: 'trains with --engine webgpu' },
  { engine: 'wasm', name: 'tfjs wasm', use: 'trains with --engine tfjs where there is nothing better' },
  { engine: 'cpu', name: 'tfjs cpu', use: 'the last resort of --engine tfjs' },
];

/** Predicts with every engine. */
export async function checkEngines(): Promise<Check[]> {
  try {
    const { describeAdapter, probeEngine, webgpuAdapter } = await import('@assay/training');
    return await Promise.all(
      ENGINES.map(async ({ engine, name, use }) => {
        const { failure } = await probeEngine(engine);
        const required = engine === 'onnx';
        const optional = OPTIONAL.includes(engine);
        if (failure !== null)
          return { name, state: optional ? 'missing' : 'broken', required, detail: failure } as const;
        const on = engine === 'webgpu' ? `${describeAdapter(await webgpuAdapter())}; ` : '';
        return { name, state: 'ok', required, detail: `${on}${use}` } as const;
      }),
    );
  } catch (error) {
    return [{ name: 'engines', state: 'broken', required: true, detail: reasonOf(error) }];
  }
}
