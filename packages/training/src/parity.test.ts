import { beforeAll, describe, expect, it } from 'vitest';
import { type BatchPlan, dropoutWidths } from './batch-plan.js';
import { type Engine, OPEN_GATE } from './engine.js';
import type { ModelDescription } from './model-description.js';
import { onnxEngine } from './onnx/onnx-engine.js';
import {
  CASES,
  deviation,
  EVERYTHING,
  expectParity,
  LOSS_BOUND,
  planOf,
  RATE,
  SMALL,
  type Trained,
  train,
  training,
} from './parity.test.kit.js';
import { activation, dense, dropout, modelOf, planPart } from './testing/cases.js';
import { tfjsEngine } from './tfjs/tfjs-engine.js';
import { OPTIMIZER_DEFAULTS } from './training-description.js';

describe('tfjs wasm agrees with onnx over 50 steps', () => {
  let wasm: Engine;
  beforeAll(async () => {
    wasm = await tfjsEngine(OPEN_GATE, { backends: ['wasm'] });
  });

  it.each(CASES)('$name', (tried) => expectParity(wasm, tried));

  it('and a training may go on with the other engine', async () => {
    const both = {
      model: EVERYTHING,
      training: training({ optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true } }),
    };
    const plan = planOf(both);
    const layers = dropoutWidths(both.model).length;
    const whole = await train(onnxEngine(), both);
    const first = await train(onnxEngine(), both, { plan: planPart(plan, layers, 0, 25) });
    const second = await train(wasm, both, { plan: planPart(plan, layers, 25, 50), state: first.state });
    expect(deviation(whole.losses.subarray(25), second.losses, 0)).toBeLessThan(LOSS_BOUND);
    expect(second.state.step).toBe(50);
  });

  // What the bounds above catch: each differs from the onnx run in one detail.
  const adam = { model: SMALL, training: training({ optimizer: OPTIMIZER_DEFAULTS.adam }) };
  const dropping = { model: modelOf([dense(5), dropout(0.5), dense(1)]), training: training({}) };
  const momentum = (nesterov: boolean) => ({
    model: SMALL,
    training: training({ optimizer: { kind: 'sgd', momentum: 0.9, nesterov } }),
  });
  it.each([
    {
      name: 'a rate that is 0.5% larger',
      right: adam,
      wrong: { ...adam, training: { ...adam.training, schedule: { kind: 'constant', rate: 1.005 * RATE } as const } },
    },
    {
      name: 'an epsilon of 1e-4 instead of 1e-7',
      right: adam,
      wrong: { ...adam, training: training({ optimizer: { ...OPTIMIZER_DEFAULTS.adam, epsilon: 1e-4 } }) },
    },
    { name: 'momentum that is not nesterov', right: momentum(true), wrong: momentum(false) },
    {
      name: 'an L2 penalty of 0.0005',
      right: adam,
      wrong: { ...adam, model: modelOf([dense(5), activation('tanh'), dense(1, { l2: 0.0005 })]) },
    },
    {
      name: 'one dropout window that starts one draw later',
      right: dropping,
      wrong: dropping,
      move: (plan: BatchPlan) => ({
        ...plan,
        dropoutOffsets: plan.dropoutOffsets.map((at, b) => at + (b === 9 ? 1 : 0)),
      }),
    },
    {
      name: 'a batch norm momentum of 0.9 instead of 0.901',
      right: { ...adam, model: normalized(0.9) },
      wrong: { ...adam, model: normalized(0.901) },
      of: (trained: Trained) => trained.state.statistics,
    },
  ])('$name is beyond the bound', async ({ right, wrong, move, of = ({ losses }: Trained) => losses }) => {
    const plan = planOf(right);
    const onnx = await train(onnxEngine(), right);
    const tfjs = await train(wasm, wrong, { plan: move?.(plan) ?? plan });
    expect(deviation(of(onnx), of(tfjs), 0)).toBeGreaterThan(LOSS_BOUND);
  });
});

function normalized(momentum: number): ModelDescription {
  return modelOf([dense(4, { bias: false }), { kind: 'batchNorm', momentum, epsilon: 1e-3 }, dense(1)]);
}

describe('tfjs cpu agrees with onnx over 50 steps', () => {
  it.each(CASES.filter(({ model }) => model === EVERYTHING))('$name', async (tried) =>
    expectParity(await tfjsEngine(OPEN_GATE, { backends: ['cpu'] }), tried),
  );
});
