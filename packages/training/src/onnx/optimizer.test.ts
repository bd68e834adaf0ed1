import { describe, expect, it } from 'vitest';
import { plainInput } from '../input-description.js';
import { caseState, dense, modelOf, OPTIMIZER_CASES, trainingOf } from '../testing/cases.js';
import type { Optimizer } from '../training-description.js';
import { onnxEngine } from './onnx-engine.js';

/** One weight w, one row x = 1, y = 0, squared error: the gradient is 2w. Starts at w = 1, learning rate 0.1. */
async function walk(optimizer: Optimizer, slots: number, steps: number): Promise<number[]> {
  const model = modelOf([dense(1, { bias: false })], { input: plainInput(1) });
  const state = {
    step: 0,
    weights: Float32Array.of(1),
    statistics: new Float32Array(0),
    slots: Array.from({ length: slots }, () => new Float32Array(1)),
  };
  const training = trainingOf({ optimizer, batchSize: 1, schedule: { kind: 'constant', rate: 0.1 } });
  const trainer = await onnxEngine().createTrainer({ model, training, state });
  const chunk = { rows: 1, x: Float32Array.of(1), y: Float32Array.of(0) };
  const plan = {
    batchSize: 1,
    order: Int32Array.of(0),
    dropoutOffsets: new Int32Array(0),
    dropoutPool: new Float32Array(0),
  };
  const walked: number[] = [];
  for (let i = 0; i < steps; i++) {
    await trainer.train(chunk, plan);
    walked.push((await trainer.state()).weights[0]!);
  }
  await trainer.dispose();
  return walked;
}

const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

describe('optimizer steps computed by hand', () => {
  it.each<{ name: string; optimizer: Optimizer; slots: number; walked: number[] }>([
    {
      name: 'sgd: w (1 - 0.2)',
      optimizer: { kind: 'sgd', momentum: 0, nesterov: false },
      slots: 0,
      walked: [0.8, 0.64, 0.512],
    },
    {
      name: 'momentum: m = -0.2, -0.34, -0.398',
      optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false },
      slots: 1,
      walked: [0.8, 0.46, 0.062],
    },
    {
      name: 'nesterov: m = -0.2, -0.304; w += 0.9 m - 0.1 g',
      optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true },
      slots: 1,
      walked: [0.62, 0.2224],
    },
    {
      // m = 0.36, v = 0.007236, step size 0.1 sqrt(1 - 0.998001) / (1 - 0.81) = 0.0235317
      name: 'adam: the first step is the learning rate',
      optimizer: { kind: 'adam', ...adam },
      slots: 2,
      walked: [0.9, 0.800412],
    },
    {
      name: 'adam with a large epsilon: 0.0316228 · 0.2 / (0.0632456 + 0.1)',
      optimizer: { kind: 'adam', ...adam, epsilon: 0.1 },
      slots: 2,
      walked: [0.9612574],
    },
    {
      name: 'adamw: decays by lr · weightDecay first, with the gradient of the weight before',
      optimizer: { kind: 'adamw', ...adam, weightDecay: 0.5 },
      slots: 2,
      walked: [0.85],
    },
    {
      // v = 0.4, then 0.36 + 0.1 · 1.367544² = 0.5470177
      name: 'rmsprop',
      optimizer: { kind: 'rmsprop', rho: 0.9, epsilon: 1e-7 },
      slots: 1,
      walked: [0.6837722, 0.498871],
    },
    {
      name: 'rmsprop, epsilon inside the root: 0.2 / sqrt(0.5)',
      optimizer: { kind: 'rmsprop', rho: 0.9, epsilon: 0.1 },
      slots: 1,
      walked: [0.7171573],
    },
  ])('$name', async ({ optimizer, slots, walked }) => {
    const got = await walk(optimizer, slots, walked.length);
    got.forEach((w, i) => {
      expect(w).toBeCloseTo(walked[i]!, 5);
    });
  });

  it('adamw decays kernels only', async () => {
    const model = modelOf([dense(1)], { input: plainInput(1) });
    const optimizer: Optimizer = { kind: 'adamw', ...adam, weightDecay: 0.5 };
    const state = {
      step: 0,
      weights: Float32Array.of(1, 1),
      statistics: new Float32Array(0),
      slots: [new Float32Array(2), new Float32Array(2)],
    };
    const training = trainingOf({ optimizer, batchSize: 1, schedule: { kind: 'constant', rate: 0.1 } });
    const trainer = await onnxEngine().createTrainer({ model, training, state });
    const plan = {
      batchSize: 1,
      order: Int32Array.of(0),
      dropoutOffsets: new Int32Array(0),
      dropoutPool: new Float32Array(0),
    };
    await trainer.train({ rows: 1, x: Float32Array.of(1), y: Float32Array.of(0) }, plan);
    const [kernel, bias] = (await trainer.state()).weights;
    await trainer.dispose();
    expect(kernel).toBeCloseTo(0.85, 5);
    expect(bias).toBeCloseTo(0.9, 5);
  });
});

describe('a category that is seen once, and then not for 2000 steps', () => {
  const model = modelOf([dense(1)], {
    input: { width: 1, blocks: [{ kind: 'embedding', column: 0, size: 2, units: 3 }] },
  });
  const SMALLEST_NORMAL = 2 ** -126;

  it.each(OPTIMIZER_CASES)('leaves no denormal number in the slots of $name', async ({ optimizer }) => {
    const training = trainingOf({ optimizer, batchSize: 1, schedule: { kind: 'constant', rate: 0.001 } });
    const trainer = await onnxEngine().createTrainer({ model, training, state: caseState(model, optimizer, 1) });
    const train = async (rows: number, category: number): Promise<void> => {
      const chunk = { rows, x: new Float32Array(rows).fill(category), y: new Float32Array(rows).fill(1) };
      await trainer.train(chunk, {
        batchSize: 1,
        order: Int32Array.from({ length: rows }, (_, row) => row),
        dropoutOffsets: new Int32Array(0),
        dropoutPool: new Float32Array(0),
      });
    };
    await train(1, 0);
    await train(2000, 1);
    const { slots } = await trainer.state();
    await trainer.dispose();
    for (const slot of slots) {
      expect([...slot].filter((value) => value !== 0 && Math.abs(value) < SMALLEST_NORMAL)).toEqual([]);
    }
  });
});
