import { setTimeout as sleep } from 'node:timers/promises';
import { choice, float, fromModel, int, modelRange, repeat, space } from '@assay/space';
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

/** Uniform draws under the names of samplers that `auto` might pick: enough of a search to look at. */
const sampler: NonNullable<StudyOptions<Params>['sampler']> = {
  name: 'auto',
  settings: {},
  suggest({ space: parameters, rng, number, history }) {
    const values: Record<string, string | number | boolean | null> = {};
    for (const { name, distribution, condition } of parameters) {
      const parent = condition === null ? null : (values[condition.parent] ?? null);
      if (condition?.kind === 'equals' && parent !== condition.value) continue;
      if (condition?.kind === 'above' && Number(parent) <= condition.index) continue;
      const { low, high } = modelRange(distribution);
      values[name] = fromModel(distribution, low + rng.next() * (high - low));
    }
    const picked = history.length < 10 ? 'sobol' : 'gp';
    const isNew = number === 0 || number === 12;
    const message = `auto: ${picked} ${picked === 'gp' ? 'fits the trials so far' : 'spreads the first trials'}`;
    return { params: values, note: { auto: picked }, ...(isNew && { message }) };
  },
};

/** A learning curve that ends near a value which the parameters decide; some trials fail, some diverge. */
function trainingObjective(stepMs: number, steps = 20): Objective<Params> {
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
      await sleep(stepMs * (0.5 + ((trial.seed * step) % 97) / 97));
      const value = target + 4 * Math.exp(-step / (4 + (trial.seed % 5))) + Math.sin(step * trial.seed) * 0.03;
      if (trial.number % 29 === 11 && step > 5) return Number.NaN;
      if ((await trial.report(step, value)) === 'stop') return value;
    }
    return { values: [target], attributes: { rows: 50_000, engine: 'demo' } };
  };
}

/** What the demo study shows: one objective, two or three that pull apart under constraints, or one that is repeated. */
export type DemoKind = 'one' | 'two' | 'three' | 'repeats';

/** Larger networks err less, are slower and need more memory than there is. */
function manyObjective(kind: 'two' | 'three', stepMs: number): Objective<Params> {
  return async (trial) => {
    const { lr, units, optimizer, dropout } = trial.params;
    const size = units.reduce((sum, width, layer) => sum + width * (units[layer - 1] ?? 20), 0);
    await sleep(stepMs * (5 + (trial.seed % 10)));
    trial.log(`trained ${size} weights`);
    const error = 0.1 + 3 / Math.log(size) + (Math.log10(lr) + 2.3) ** 2 * 0.1 + dropout * 0.2;
    const speed = 2_000 / (1 + size / 8_000) / (1 + units.length / 3);
    const values = [error, speed, Math.round(size / 100) / 10 + (optimizer.kind === 'adam' ? 4 : 1)];
    return {
      values: values.slice(0, kind === 'two' ? 2 : 3),
      constraints: [size / 1_000 - 60, dropout - 0.45],
      attributes: { weights: size },
    };
  };
}

/** A value that the seed decides nearly as much as the parameters do. */
function noisyObjective(stepMs: number): Objective<Params> {
  return async ({ params, seed }) => {
    await sleep(stepMs * 4);
    return 2 + Math.abs(Math.log10(params.lr) + 2.3) + ((seed % 97) / 97 - 0.5) * 0.4;
  };
}

const OBJECTIVES: Readonly<Record<DemoKind, Pick<StudyOptions<Params>, 'directions' | 'metrics' | 'repeats'>>> = {
  one: { metrics: ['mae'] },
  two: { directions: ['minimize', 'maximize'], metrics: ['error', 'speed'] },
  three: { directions: ['minimize', 'maximize', 'minimize'], metrics: ['error', 'speed', 'memory'] },
  repeats: { metrics: ['mae'], repeats: 3 },
};

export async function openDemoStudy(store: StudyStore = new MemoryStudyStore(), kind: DemoKind = 'one') {
  return await createStudy({ store, name: 'demo', space: demoSpace, ...OBJECTIVES[kind], sampler, seed: 1 });
}

export function demoObjective(kind: DemoKind, stepMs: number): Objective<Params> {
  switch (kind) {
    case 'one':
      return trainingObjective(stepMs);
    case 'two':
    case 'three':
      return manyObjective(kind, stepMs);
    case 'repeats':
      return noisyObjective(stepMs);
  }
}

export async function runDemoStudy(
  study: Study<Params>,
  controls: StudyControls,
  until: number,
  stepMs: number,
  kind: DemoKind = 'one',
) {
  return await study.optimize(demoObjective(kind, stepMs), { until, workers: 3, controls });
}
