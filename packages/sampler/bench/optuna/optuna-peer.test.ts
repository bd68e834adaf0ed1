import { choice, float, int, ordered, repeat, space, validateValues } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { simulate } from '../simulation/simulate.js';
import { openOptunaPeer, optunaSearch } from './optuna-peer.js';

const python = process.env.ASSAY_PYTHON;
if (python === undefined) console.warn('Optuna as a searcher is not tested: ASSAY_PYTHON names no Python with Optuna.');

const SPACE = space({
  size: ordered([16, 64, 256]),
  m: choice({
    net: { layers: int(1, 3), units: repeat('layers', int(4, 512, { log: true })) },
    tree: { depth: int(2, 30) },
  }),
  rate: float(0, 0.9, { step: 0.1 }),
}).parameters;

describe.skipIf(python === undefined)('Optuna as a searcher', () => {
  it.each(['tpe', 'random', 'nsga-ii'] as const)(
    '%s stays inside a conditional space, with trials in flight and constraints',
    async (name) => {
      const peer = openOptunaPeer(python!);
      const task = { space: SPACE, objectives: 1, evaluate: () => ({ values: [1], constraints: [-1, 2] }) };
      const finished = await simulate(optunaSearch(peer, name), task, { trials: 15, seed: 1, workers: 3 });
      peer.close();
      expect(finished).toHaveLength(15);
      for (const { params } of finished) validateValues(SPACE, params);
    },
  );

  it('starts each study from nothing, and repeats it', async () => {
    const peer = openOptunaPeer(python!);
    const task = { space: SPACE, objectives: 2, evaluate: () => ({ values: [1, 2], constraints: [] }) };
    const run = { trials: 12, seed: 4, workers: 2 };
    const first = await simulate(optunaSearch(peer, 'tpe'), task, run);
    const again = await simulate(optunaSearch(peer, 'tpe'), task, run);
    peer.close();
    expect(again).toEqual(first);
  });
});
