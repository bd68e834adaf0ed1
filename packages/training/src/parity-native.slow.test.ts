import { beforeAll, describe, it } from 'vitest';
import { type Engine, OPEN_GATE } from './engine.js';
import { CASES, expectParity } from './parity.test.kit.js';
import { probeEngine } from './probe-engine.js';
import { tfjsEngine } from './tfjs/tfjs-engine.js';

const { failure } = await probeEngine('node');
if (failure !== null) console.warn(`Native TensorFlow is not tested: ${failure}`);

describe.skipIf(failure !== null)('tfjs node agrees with onnx over 50 steps', () => {
  let native: Engine;
  beforeAll(async () => {
    native = await tfjsEngine(OPEN_GATE, { backends: ['node'] });
  });

  it.each(CASES)('$name', (tried) => expectParity(native, tried));
});
