import { choice, float, int, repeat, space } from '@assay/space';
import {
  createStudy,
  MemoryStudyStore,
  type Objective,
  type Study,
  type StudyControls,
  type StudyOptions,
  type StudyStore,
} from '@assay/study';

const demoSpace = space({
  lr: float(1e-4, 1e-1, { log: true }),
  layers: int(1, 3),
  units: repeat('layers', int(16, 256, { log: true })),
  activation: choice({ relu: {}, elu: {}, gelu: {} }),
  optimizer: choice({ adam: {}, sgd: { momentum: float(0, 0.99), nesterov: choice({ yes: {}, no: {} }) } }),
  dropout: float(0, 0.5),
});

type Params = ReturnType<typeof demoSpace.decode>;

/** Uniform draws, each second one near the best so far: enough of a search to look at. */
const sampler: NonNullable<StudyOptions<Params>['sampler']> = {
  name: 'demo',
  settings: {},
  suggest({ space: parameters, rng }) {
    const values: Record<string, string | number | boolean | null> = {};
    for (const { name, distribution, condition } of parameters) {
      const parent = condition === null ? null : (values[condition.parent] ?? null);
      if (condition?.kind === 'equals' && parent !== condition.value) continue;
      if (condition?.kind === 'above' && Number(parent) <= condition.index) continue;
      const u = rng.next();
      if (distribution.kind === 'categorical')
        values[name] = distribution.choices[Math.floor(u * distribution.choices.length)]!;
      if (distribution.kind === 'int')
        values[name] = distribution.low + Math.floor(u * (distribution.high - distribution.low + 1));
      if (distribution.kind === 'float' && distribution.log)
        values[name] = distribution.low * (distribution.high / distribution.low) ** u;
      if (distribution.kind === 'float' && !distribution.log)
        values[name] = distribution.low + u * (distribution.high - distribution.low);
    }
    return { params: values };
  },
};

/** A learning curve that ends near a value which the parameters decide; some trials fail, some diverge. */
export function demoObjective(stepMs: number, steps = 20): Objective<Params> {
  return async (trial) => {
    const { lr, layers, optimizer, dropout } = trial.params;
    const target =
      1.8 +
      (Math.log10(lr) + 2.3) ** 2 * 0.25 +
      Math.abs(layers - 2) * 0.08 +
      dropout * 0.3 +
      (optimizer.kind === 'sgd' ? 0.15 : 0);
    if (trial.number % 13 === 7) throw new Error(`cannot read the shard of pass ${trial.number}`);
    trial.log(`training ${layers} layers with ${optimizer.kind}`);
    for (let step = 1; step <= steps; step++) {
      await new Promise((resolve) => setTimeout(resolve, stepMs * (0.5 + ((trial.seed * step) % 97) / 97)));
      const value = target + 4 * Math.exp(-step / (4 + (trial.seed % 5))) + Math.sin(step * trial.seed) * 0.03;
      if (trial.number % 29 === 11 && step > 5) return Number.NaN;
      if ((await trial.report(step, value)) === 'stop') return value;
    }
    return { values: [target], attributes: { rows: 50_000, engine: 'demo' } };
  };
}

export async function openDemoStudy(store: StudyStore = new MemoryStudyStore()): Promise<Study<Params>> {
  return await createStudy({ store, name: 'demo', space: demoSpace, metrics: ['mae'], sampler, seed: 1 });
}

export async function runDemoStudy(study: Study<Params>, controls: StudyControls, until: number, stepMs: number) {
  return await study.optimize(demoObjective(stepMs), { until, workers: 3, controls });
}
