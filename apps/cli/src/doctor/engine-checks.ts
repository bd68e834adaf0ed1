import type { ProbedEngine } from '@assay/training';
import { type Check, reasonOf } from './check.js';

const ENGINES: readonly { readonly engine: ProbedEngine; readonly name: string; readonly use: string }[] = [
  { engine: 'onnx', name: 'onnx', use: 'trains by default, and predicts' },
  { engine: 'node-gpu', name: 'tfjs node-gpu', use: 'trains on the GPU with --engine tfjs' },
  { engine: 'node', name: 'tfjs node', use: 'trains with --engine tfjs' },
  { engine: 'wasm', name: 'tfjs wasm', use: 'trains with --engine tfjs where there is nothing better' },
  { engine: 'cpu', name: 'tfjs cpu', use: 'the last resort of --engine tfjs' },
];

/** Predicts with every engine. Those whose native library is an option may be missing. */
export async function checkEngines(): Promise<Check[]> {
  try {
    const { probeEngine } = await import('@assay/training');
    return await Promise.all(
      ENGINES.map(async ({ engine, name, use }) => {
        const { failure } = await probeEngine(engine);
        const optional = engine === 'node' || engine === 'node-gpu';
        const required = engine === 'onnx';
        if (failure === null) return { name, state: 'ok', required, detail: use } as const;
        return { name, state: optional ? 'missing' : 'broken', required, detail: failure } as const;
      }),
    );
  } catch (error) {
    return [{ name: 'engines', state: 'broken', required: true, detail: reasonOf(error) }];
  }
}
