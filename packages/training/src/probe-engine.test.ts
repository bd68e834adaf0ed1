import { expect, it, onTestFinished, vi } from 'vitest';
import { probeEngine } from './probe-engine.js';
import { findNativePackage } from './tfjs/native-package.js';

it.each(['onnx', 'wasm', 'cpu'] as const)('%s predicts', async (engine) => {
  expect(await probeEngine(engine)).toEqual({ engine, failure: null });
});

it('tells whether the native library is there, and if not, how to get it', async () => {
  const { failure } = await probeEngine('node');
  if (failure !== null) expect(failure).toMatch(/node: (not installed|.*assay engine install tensorflow)/);
});

it('finds the optional packages that the package manager has put there', () => {
  const found = findNativePackage('tensorflow');
  if (found !== null)
    expect(found).toMatchObject({
      name: '@tensorflow/tfjs-node',
      backend: 'node',
      installScript: expect.stringContaining('install'),
    });
});

it('survives an engine whose process is killed', async () => {
  const killed = 'data:text/javascript,process.kill(process.pid,9)';
  vi.stubEnv('NODE_OPTIONS', `--import=${killed}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await probeEngine('onnx')).toEqual({ engine: 'onnx', failure: 'its process ended with SIGKILL' });
});
