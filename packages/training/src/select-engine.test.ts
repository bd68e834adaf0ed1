import { describe, expect, it } from 'vitest';
import { selectEngine } from './select-engine.js';
import { runProgram } from './testing/child-program.js';

describe('selectEngine', () => {
  it('auto takes onnx', async () => {
    const { engine, why } = await selectEngine('auto');
    expect([engine.name, why]).toEqual(['onnx', 'compiled graph, fastest on CPU']);
  });

  it('onnx is onnx', async () => {
    expect((await selectEngine('onnx')).engine.name).toBe('onnx');
  });

  it('tfjs takes the best backend, and accounts for each better one', async () => {
    const { engine, why } = await selectEngine('tfjs');
    const order = ['node-gpu', 'node', 'wasm', 'cpu'];
    const taken = order.indexOf(engine.name.replace('tfjs ', ''));
    expect(taken).toBeGreaterThanOrEqual(0);
    for (const [i, backend] of order.entries()) expect(why.includes(`${backend}: `)).toBe(i < taken);
  });
});

describe('where onnxruntime-node does not load', () => {
  const hook = `export const resolve = (name, context, next) => {
    if (name === 'onnxruntime-node') throw new Error('no binary for this platform');
    return next(name, context);
  };`;
  const register = `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hook))});`;
  const withoutOnnx = (choice: string): Promise<{ stdout: string }> =>
    runProgram(
      `import { selectEngine } from '@assay/training';
       const told = await selectEngine('${choice}').then(
         ({ engine, why }) => [engine.name.split(' ')[0], why], (error) => [error.code, error.message]);
       console.log(JSON.stringify(told));`,
      ['--import', dataUrl(register)],
    );

  it('auto takes tfjs and says why', async () => {
    const [name, why] = JSON.parse((await withoutOnnx('auto')).stdout) as [string, string];
    expect(name).toBe('tfjs');
    expect(why).toContain('onnxruntime-node does not load');
    expect(why).toContain('no binary for this platform');
  });

  it('onnx is refused', async () => {
    const [code, message] = JSON.parse((await withoutOnnx('onnx')).stdout) as [string, string];
    expect(code).toBe('ENGINE_UNAVAILABLE');
    expect(message).toContain('no binary for this platform');
  });
});

function dataUrl(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}
