import { describe, expect, it } from 'vitest';
import { dropoutPool, planBatches } from './batch-plan.js';
import type { Chunk } from './engine.js';
import { type FitOptions, type FitPlan, fitIncremental, type ShardedData } from './fit-incremental.js';
import type { FitCheckpoint, FitReport } from './fit-progress.js';
import { score } from './metrics.js';
import { onnxEngine } from './onnx/onnx-engine.js';
import { type RowShards, scoreRows } from './score-rows.js';
import {
  CASE_WIDTH,
  caseChunk,
  dense,
  LABEL_CASES,
  labelled,
  MODEL_CASES,
  modelOf,
  trainingOf,
} from './testing/cases.js';
import { OPTIMIZER_DEFAULTS } from './training-description.js';
import { visitsOf } from './visit-plan.js';

const SHARDS = 4;
const VALIDATION = caseChunk(60, 99);
const engine = onnxEngine();

/** The rows in shards of at most `rows`. */
function inShards({ x, y }: Chunk, rows: number): RowShards {
  return {
    shardCount: Math.ceil(y.length / rows),
    readShard: (index) => {
      const [start, end] = [index * rows, Math.min((index + 1) * rows, y.length)];
      const part = { x: x.subarray(start * CASE_WIDTH, end * CASE_WIDTH), y: y.subarray(start, end) };
      return Promise.resolve({ rows: end - start, ...part });
    },
  };
}

/** Four shards of 40 rows, the last of 21; remembers which were read. */
function data(read: number[] = []): ShardedData {
  return {
    shardCount: SHARDS,
    readShard: (index) => {
      read.push(index);
      return Promise.resolve(caseChunk(index === SHARDS - 1 ? 21 : 40, 100 + index));
    },
    validation: inShards(VALIDATION, 25),
  };
}

const plan: FitPlan = { seed: 5, passes: 3, epochsPerShard: 1, patience: null, keep: 'best' };

function options(changes: Partial<FitOptions> = {}): FitOptions {
  return {
    engine,
    model: MODEL_CASES.at(-1)!.model,
    training: trainingOf({ optimizer: OPTIMIZER_DEFAULTS.adam, schedule: { kind: 'constant', rate: 0.01 } }),
    data: data(),
    plan,
    ...changes,
  };
}

describe('fitIncremental', () => {
  it('visits every shard once a pass, each pass in another order, and reports after each', async () => {
    const read: number[] = [];
    const reports: FitReport[] = [];
    const result = await fitIncremental(
      options({
        data: data(read),
        onReport: (report) => {
          reports.push(report);
          return 'keep';
        },
      }),
    );
    expect(result.kind).toBe('complete');
    const passes = [0, 1, 2].map((pass) => read.slice(pass * SHARDS, (pass + 1) * SHARDS));
    for (const pass of passes) expect([...pass].sort()).toEqual([0, 1, 2, 3]);
    expect(new Set(passes.map(String)).size).toBeGreaterThan(1);
    expect(reports.map((report) => report.step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(result.history).toEqual(reports);
    expect(result.steps).toBe(3 * (5 + 5 + 5 + 3));
  });

  it('validates after every fifth visit and the last, which changes nothing else', async () => {
    const every = await fitIncremental(options());
    const fifth = await fitIncremental(options({ plan: { ...plan, visitsPerReport: 5 } }));
    expect(fifth.history).toEqual(every.history.filter(({ step }) => [5, 10, 12].includes(step)));
    expect(fifth).toMatchObject({ kind: 'complete', steps: every.steps });
  });

  it('trains several epochs on a shard before the next, reading it once, in the same steps', async () => {
    const read: number[] = [];
    const result = await fitIncremental(options({ data: data(read), plan: { ...plan, passes: 1, epochsPerShard: 3 } }));
    expect([...read].sort()).toEqual([0, 1, 2, 3]);
    expect(result.history.map((report) => report.step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('returns the best weights, whose validation error is the best value', async () => {
    const fit = options({ training: trainingOf({ schedule: { kind: 'constant', rate: 0.2 } }) });
    const result = await fitIncremental(fit);
    if (result.kind !== 'complete') throw new Error(`ended as ${result.kind}`);
    const predictor = await engine.createPredictor({ model: fit.model, weights: result.weights });
    expect(await scoreRows(predictor, fit.model.label, fit.data.validation)).toMatchObject({ mae: result.best.value });
    await predictor.dispose();
    expect(result.best.value).toBe(Math.min(...result.history.map((report) => report.value)));
    expect(result.best.step).toBeLessThan(12);
    const last = await fitIncremental({ ...fit, plan: { ...plan, keep: 'last' } });
    if (last.kind !== 'complete') throw new Error(`ended as ${last.kind}`);
    expect(last.best).toEqual(result.best);
    expect(last.weights).not.toEqual(result.weights);
  });

  it('reports, and keeps the weights of, the least root mean squared error where the plan says so', async () => {
    const fit = options({ plan: { ...plan, metric: 'rmse' } });
    const result = await fitIncremental(fit);
    if (result.kind !== 'complete') throw new Error(`ended as ${result.kind}`);
    const { x, y, rows } = VALIDATION;
    const predictor = await engine.createPredictor({ model: fit.model, weights: result.weights });
    const { mae, rmse } = score(await predictor.predict(x, rows), y);
    await predictor.dispose();
    expect(result.best.value).toBe(rmse);
    expect(rmse).toBeGreaterThan(mae);
  });

  it('values are in the units of the label, whatever the loss and the label scaling', async () => {
    const zero = { ...modelOf([dense(1)]), label: { kind: 'linear', mean: 100, deviation: 50 } as const };
    const training = trainingOf({ schedule: { kind: 'constant', rate: 1e-9 }, loss: { kind: 'huber', delta: 0.1 } });
    const far = { ...data(), validation: inShards({ ...VALIDATION, x: new Float32Array(60 * CASE_WIDTH) }, 60) };
    const [first] = (await fitIncremental(options({ model: zero, training, data: far }))).history;
    const mean = VALIDATION.y.reduce((sum, y) => sum + y, 0) / 60;
    expect(first!.value).toBeCloseTo(100 - mean, 3);
  });

  it('stops where the answer is stop, without another visit', async () => {
    const read: number[] = [];
    const onReport = ({ step }: FitReport) => (step === 5 ? 'stop' : 'keep');
    const result = await fitIncremental(options({ data: data(read), onReport }));
    expect(result.kind).toBe('stopped');
    expect(read).toHaveLength(6); // the sixth while the fifth was trained on
    expect(result.history).toHaveLength(5);
  });

  it('ends early when patience reports in a row were no better', async () => {
    const unimproving = trainingOf({ schedule: { kind: 'constant', rate: 1e-20 } });
    const model = modelOf([dense(1)]);
    const result = await fitIncremental(options({ model, training: unimproving, plan: { ...plan, patience: 2 } }));
    expect(result).toMatchObject({ kind: 'complete', early: true, best: { step: 1 } });
    expect(result.history).toHaveLength(3);
  });

  it('tells a training that diverged, with the best before it', async () => {
    const model = modelOf([dense(1)]);
    const result = await fitIncremental(
      options({ model, training: trainingOf({ schedule: { kind: 'step', rate: 0.01, every: 12, factor: 1e20 } }) }),
    );
    expect(result).toMatchObject({ kind: 'diverged', best: { step: 2 } });
    expect(result.history).toHaveLength(2);
    const atOnce = trainingOf({ schedule: { kind: 'constant', rate: 1e30 } });
    expect(await fitIncremental(options({ model, training: atOnce }))).toMatchObject({
      kind: 'diverged',
      best: null,
      history: [],
    });
  });

  it('rejects with the reason of an aborted signal, before the next visit', async () => {
    const controller = new AbortController();
    const onReport = ({ step }: FitReport) => {
      if (step === 2) controller.abort(new Error('interrupted'));
      return 'keep' as const;
    };
    await expect(fitIncremental(options({ signal: controller.signal, onReport }))).rejects.toThrow('interrupted');
  });

  it.each(LABEL_CASES)('trains $name', async ({ model, losses }) => {
    const plain = data();
    const relabelled = (shards: RowShards): RowShards => ({
      ...shards,
      readShard: async (index) => labelled(await shards.readShard(index), model.label),
    });
    const training = trainingOf({
      loss: losses[0]!,
      optimizer: OPTIMIZER_DEFAULTS.adam,
      schedule: { kind: 'constant', rate: 0.01 },
    });
    const { history } = await fitIncremental(
      options({ model, training, data: { ...relabelled(plain), validation: relabelled(plain.validation) } }),
    );
    expect(history).toHaveLength(12);
    expect(history.at(-1)!.value).toBeLessThan(0.97 * history[0]!.value);
  });

  it.each([
    { name: 'logLoss of a number', model: modelOf([dense(1)]), metric: 'logLoss' },
    { name: 'mae of classes', model: modelOf([dense(1)], { label: { kind: 'binary' } }), metric: 'mae' },
  ] as const)('refuses to report the $name', async ({ model, metric }) => {
    const loss = model.label.kind === 'binary' ? ({ kind: 'crossEntropy' } as const) : ({ kind: 'mse' } as const);
    const ones = { readShard: async (index: number) => labelled(await data().readShard(index), model.label) };
    const fit = options({ model, training: trainingOf({ loss }), data: { ...data(), ...ones } });
    await expect(fitIncremental({ ...fit, plan: { ...plan, metric } })).rejects.toMatchObject({ code: 'BAD_TRAINING' });
  });

  it('refuses a plan without passes', async () => {
    await expect(fitIncremental(options({ plan: { ...plan, passes: 0 } }))).rejects.toMatchObject({
      code: 'BAD_TRAINING',
    });
  });
});

it.each([
  { visitsPerReport: 1, mixedShards: 1 },
  { visitsPerReport: 2, mixedShards: 1 },
  { visitsPerReport: 1, mixedShards: 3 },
])(
  'resumed after any report, of $visitsPerReport visits each, $mixedShards shards mixed, a run ends bit for bit as an undisturbed one',
  async (rhythm) => {
    const fit = options({
      plan: { ...plan, patience: 4, ...rhythm },
      training: trainingOf({ optimizer: OPTIMIZER_DEFAULTS.adamw }),
    });
    const checkpoints: FitCheckpoint[] = [];
    const whole = await fitIncremental({
      ...fit,
      onCheckpoint: (checkpoint) => {
        checkpoints.push(structuredClone(checkpoint));
      },
    });
    expect(checkpoints).toHaveLength(whole.history.length);
    for (const checkpoint of checkpoints) {
      expect({ ...(await fitIncremental({ ...fit, checkpoint })), seconds: 0 }).toEqual({ ...whole, seconds: 0 });
    }
  },
);

it('goes on where another training ended: its weights, slots and steps, in the same bits', async () => {
  const fit = options({ plan: { ...plan, passes: 1, keep: 'last' } });
  const first = await fitIncremental(fit);
  if (first.kind !== 'complete') throw new Error(`ended as ${first.kind}`);
  const second = await fitIncremental({ ...fit, checkpoint: { state: first.state, history: [], best: null } });
  if (second.kind !== 'complete') throw new Error(`ended as ${second.kind}`);
  expect(second.steps).toBe(2 * first.steps);

  const trainer = await engine.createTrainer({ ...fit, state: first.state });
  const pool = dropoutPool(fit.model, fit.training.batchSize, plan.seed);
  const [visit] = visitsOf({ ...plan, passes: 1 }, SHARDS);
  const chunk = await fit.data.readShard(visit!.shard);
  await trainer.train(chunk, planBatches({ model: fit.model, rows: chunk.rows, batchSize: 8, pool }, visit!));
  const scores = await scoreRows(trainer, fit.model.label, fit.data.validation);
  await trainer.dispose();
  expect(second.history[0]).toEqual({ step: 1, value: 'mae' in scores ? scores.mae : null });
  expect(second.history[0]!.value).not.toBe(first.history[0]!.value);
});
