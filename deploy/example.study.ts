import { setTimeout as sleep } from 'node:timers/promises';
import { choice, defineStudy, float, int, space } from 'assay';

/** Stands for your own: half a second a trial, so that one can watch workers share it. */
export default defineStudy({
  name: 'example',
  space: space({
    x: float(-5, 5),
    layers: int(1, 4),
    optimizer: choice({ adam: {}, sgd: { momentum: float(0, 0.99) } }),
  }),
  metric: 'loss',
  pruner: 'median',
  objective: async (trial) => {
    const { x, layers, optimizer } = trial.params;
    const momentum = optimizer.kind === 'sgd' ? optimizer.momentum : 0.9;
    const loss = (x - 1) ** 2 + (momentum - 0.5) ** 2 + 0.1 * layers;
    for (let step = 1; step <= 5; step++) {
      await sleep(100);
      if ((await trial.report(step, loss + 1 / step)) === 'stop') return loss;
    }
    return loss;
  },
});
