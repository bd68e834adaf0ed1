import { beforeAll, describe, it } from 'vitest';
import { type Engine, OPEN_GATE } from './engine.js';
import { CASES, expectParity } from './parity.test.kit.js';
import { tfjsEngine } from './tfjs/tfjs-engine.js';
import { adapterForTests } from './tfjs/webgpu.test.kit.js';

/** Four batches of 8 rows and one of 5: a rasterizer takes up to a quarter of a second of the processor for a step. */
const ROWS = 37;
const TIME_LIMIT_MS = 240_000;

const adapter = await adapterForTests();

/** Every layer, loss, label and clipping with one optimizer, and every optimizer on one layer. */
const CHOSEN = CASES.filter(
  ({ name, training }) =>
    training.optimizer.kind === 'adam' || training.clipNorm !== null || name.startsWith('linear,'),
);

describe.skipIf(adapter === null)(`tfjs webgpu on ${adapter?.name} agrees with onnx over five steps`, () => {
  let webgpu: Engine;
  beforeAll(async () => {
    webgpu = await tfjsEngine(OPEN_GATE, { backends: ['webgpu'] });
  });

  it.each(CHOSEN)('$name', (tried) => expectParity(webgpu, tried, ROWS), TIME_LIMIT_MS);
});
