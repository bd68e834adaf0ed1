import { describe, expect, it } from 'vitest';
import { selectEngine } from '../select-engine.js';
import { runProgram } from '../testing/child-program.js';
import { adapterForTests } from './webgpu.test.kit.js';

const TIME_LIMIT_MS = 240_000;

const adapter = await adapterForTests();

/** Defines `makePredictor(gate)` on WebGPU. */
const PREDICTOR = `
  import { describeNetwork, initialState, OPEN_GATE, OPTIMIZER_DEFAULTS, plainInput, tfjsEngine } from '@assay/training';
  const makePredictor = async (gate) => {
    const engine = await tfjsEngine(gate, { backends: ['webgpu'] });
    const model = describeNetwork({ input: plainInput(2), inputNorm: false, hidden: [], activation: null, batchNorm: 'none' });
    const weights = { ...initialState(model, OPTIMIZER_DEFAULTS.sgd, 1), weights: Float32Array.of(2, 3, 4) };
    return engine.createPredictor({ model, weights });
  };
  const predict = (predictor) => predictor.predict(Float32Array.of(5, 6), 1);`;

/** Predicts until its flag is up; then parks at its gate, as a worker of the pool does, and says so. */
const WORKER = `
  import { parentPort, workerData } from 'node:worker_threads';
  ${PREDICTOR}
  const park = () => { parentPort.postMessage('parked'); return new Promise(() => setInterval(() => {}, 1000)); };
  const gate = { run: (call) => (Atomics.load(workerData, 0) === 1 ? park() : call()) };
  const predictor = await makePredictor(gate);
  for (let calls = 0; ; calls++) {
    const [predicted] = await predict(predictor);
    if (predicted !== 32) throw new Error('predicted ' + predicted);
    if (calls === 3) parentPort.postMessage('predicting');
  }`;

describe.skipIf(adapter === null)(`WebGPU on ${adapter?.name}`, () => {
  it('is what the engine choice webgpu takes, and tfjs never by itself', async () => {
    const asked = await selectEngine('webgpu');
    expect([asked.engine.name, asked.why]).toEqual(['tfjs webgpu', expect.stringContaining(adapter!.name)]);
    expect((await selectEngine('tfjs')).engine.name).not.toBe('tfjs webgpu');
  });

  it('lets a process end by itself, and prints nothing', { timeout: TIME_LIMIT_MS }, async () => {
    const { stdout, stderr } = await runProgram(`
      ${PREDICTOR}
      console.log((await predict(await makePredictor(OPEN_GATE)))[0]);`);
    expect({ stdout, stderr }).toEqual({ stdout: '32\n', stderr: '' });
  });

  it('lets threads be ended between its calls, beside others that go on', { timeout: TIME_LIMIT_MS }, async () => {
    const { stdout, stderr } = await runProgram(`
      import { once } from 'node:events';
      import { Worker } from 'node:worker_threads';
      const worker = ${JSON.stringify(WORKER)};
      const play = async () => {
        const flag = new Int32Array(new SharedArrayBuffer(4));
        const thread = new Worker(worker, { eval: true, workerData: flag, execArgv: ['--input-type=module'] });
        await once(thread, 'message');
        Atomics.store(flag, 0, 1);
        await once(thread, 'message');
        await thread.terminate();
      };
      const inTurn = async () => { for (let round = 0; round < 4; round++) await play(); };
      await Promise.all([inTurn(), inTurn()]);
      console.log('ended');`);
    expect({ stdout, stderr }).toEqual({ stdout: 'ended\n', stderr: '' });
  });
});
