import { expect, it } from 'vitest';
import { newStudy } from './testing/contract-fixtures.js';
import { resourcesOf } from './trial-resources.js';

it('tells time, memory, process and engine', () => {
  const { definition } = newStudy();
  const study = { definition: { ...definition, facts: { engine: 'onnx' } } };
  const resources = resourcesOf({ startedMs: Date.now() - 2_500 }, study, { host: 'far', pid: 17 });
  expect(resources).toMatchObject({ worker: 'far:17', engine: 'onnx' });
  expect(resources.seconds).toBeGreaterThanOrEqual(2.5);
  expect(resources.peakBytes).toBeGreaterThanOrEqual(process.memoryUsage().heapUsed);
  expect(resourcesOf({ startedMs: Date.now() + 9_999 }, { definition }, { host: 'h', pid: 1 })).toMatchObject({
    seconds: 0, // a clock that was set back
    engine: null,
  });
});
