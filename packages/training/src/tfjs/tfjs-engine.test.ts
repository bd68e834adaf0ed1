import tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { type BatchPlan, dropoutPool, planBatches } from '../batch-plan.js';
import { type NativeGate, OPEN_GATE, type Trainer } from '../engine.js';
import { initialState } from '../initial-state.js';
import { CASE_WIDTH, caseChunk, MODEL_CASES, trainingOf } from '../testing/cases.js';
import { runProgram } from '../testing/child-program.js';
import { CountingGate } from '../testing/counting-gate.js';
import { OPTIMIZER_DEFAULTS } from '../training-description.js';
import type { TfjsBackend } from './tfjs-backend.js';
import { tfjsEngine } from './tfjs-engine.js';

const model = MODEL_CASES.at(-1)!.model;
const training = trainingOf({ optimizer: OPTIMIZER_DEFAULTS.adamw, clipNorm: 1 });
const state = initialState(model, training.optimizer, 1);
const chunk = caseChunk(83, 2);
const pool = dropoutPool(model, training.batchSize, 1);
const plan = (pass: number): BatchPlan =>
  planBatches({ model, rows: 83, batchSize: training.batchSize, pool }, { seed: 1, pass, shard: 0, epoch: 0 });
const engineOn = (backend: TfjsBackend, gate: NativeGate = OPEN_GATE) => tfjsEngine(gate, { backends: [backend] });

async function withTrainer(backend: TfjsBackend, work: (trainer: Trainer) => Promise<void>): Promise<void> {
  const trainer = await (await engineOn(backend)).createTrainer({ model, training, state });
  await work(trainer);
  await trainer.dispose();
}

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  it('keeps no tensor of a chunk, and none at all once disposed', async () => {
    const before = tf.memory().numTensors;
    await withTrainer(backend, async (trainer) => {
      const counts: number[] = [];
      for (const pass of [0, 1, 2]) {
        await trainer.train(chunk, plan(pass));
        await trainer.predict(chunk.x, chunk.rows);
        await trainer.state();
        counts.push(tf.memory().numTensors);
      }
      // Weights, two slots, the decay, and mean and variance of three batch norms.
      expect(counts.map((count) => count - before)).toEqual([10, 10, 10]);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('hands out states that later training does not change', () =>
    withTrainer(backend, async (trainer) => {
      await trainer.train(chunk, plan(0));
      const snapshot = await trainer.state();
      const copy = structuredClone(snapshot);
      await trainer.train(chunk, plan(1));
      expect(snapshot).toEqual(copy);
      expect((await trainer.state()).weights).not.toEqual(copy.weights);
    }));

  it('gives the same bits again, also from shared memory', async () => {
    const shared = (data: Float32Array): Float32Array => {
      const copy = new Float32Array(new SharedArrayBuffer(data.byteLength));
      copy.set(data);
      return copy;
    };
    await withTrainer(backend, async (first) => {
      await withTrainer(backend, async (second) => {
        const sharedChunk = { ...chunk, x: shared(chunk.x), y: shared(chunk.y) };
        expect(await second.train(sharedChunk, plan(0))).toEqual(await first.train(chunk, plan(0)));
        expect(await second.state()).toEqual(await first.state());
        expect(await second.predict(sharedChunk.x, 83)).toEqual(await first.predict(chunk.x, 83));
      });
    });
  });
});

it('predicts many rows in several passes as it does one by one', async () => {
  const many = caseChunk(20_000, 1);
  const predictor = await (await engineOn('wasm')).createPredictor({ model, weights: state });
  const all = await predictor.predict(many.x, many.rows);
  for (const row of [0, 8191, 8192, 19_999]) {
    const [one] = await predictor.predict(many.x.subarray(row * CASE_WIDTH, (row + 1) * CASE_WIDTH), 1);
    expect(all[row]).toBeCloseTo(one!, 5);
  }
  await predictor.dispose();
});

it('passes every use of the backend through the gate, one at a time', async () => {
  const gate = new CountingGate();
  const trainer = await (await engineOn('wasm', gate)).createTrainer({ model, training, state });
  const created = gate.calls;
  await trainer.train(chunk, plan(0));
  expect(gate.calls - created).toBe(11 + 4); // 11 batches; the chunk, its losses' stack, their numbers, the end
  await trainer.dispose();
});

describe('refusals', () => {
  it('of a state with other lengths', async () => {
    const short = { ...state, weights: state.weights.subarray(1) };
    await expect((await engineOn('cpu')).createTrainer({ model, training, state: short })).rejects.toMatchObject({
      code: 'BAD_STATE',
    });
  });

  it('of data of another width', () =>
    withTrainer('cpu', async (trainer) => {
      await expect(trainer.predict(chunk.x, 82)).rejects.toMatchObject({ code: 'BAD_DATA' });
      await expect(trainer.train({ ...chunk, rows: 82 }, plan(0))).rejects.toMatchObject({ code: 'BAD_DATA' });
    }));

  it('of no backend at all', async () => {
    await expect(tfjsEngine(OPEN_GATE, { backends: [] })).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
  });
});

describe('a process of its own', () => {
  it('imports neither TensorFlow.js nor onnxruntime with this package', async () => {
    const loaded = `
      import { createRequire } from 'node:module';
      import '@assay/training';
      const { cache } = createRequire(process.cwd() + '/');
      console.log(Object.keys(cache).filter((file) => /tfjs|onnxruntime/.test(file)).length);`;
    expect((await runProgram(loaded)).stdout).toBe('0\n');
    const used = loaded.replace(`import '@assay/training'`, `import tfjs from '@tensorflow/tfjs'; tfjs.version;`);
    expect((await runProgram(used)).stdout).not.toBe('0\n');
  });

  it.each(['wasm', 'cpu'] as const)(
    'is left as it was by %s: nothing printed, no handler installed',
    async (backend) => {
      const { stdout, stderr } = await runProgram(`
      import { describeNetwork, initialState, OPEN_GATE, OPTIMIZER_DEFAULTS, plainInput, tfjsEngine } from '@assay/training';
      const engine = await tfjsEngine(OPEN_GATE, { backends: ['${backend}'] });
      const model = describeNetwork({ input: plainInput(2), inputNorm: false, hidden: [], activation: null, batchNorm: 'none' });
      const weights = initialState(model, OPTIMIZER_DEFAULTS.sgd, 1);
      const predictor = await engine.createPredictor({ model, weights });
      await predictor.predict(Float32Array.of(1, 2), 1);
      console.log(process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection'));`);
      expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
    },
  );
});
